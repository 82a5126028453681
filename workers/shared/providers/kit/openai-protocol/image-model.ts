// A model that makes pictures behind OpenAI's /images/generations and /images/edits, given a way to post.
import { z } from 'zod'
import type { ImageTraits } from '#shared/contracts/model'
import type { Usage } from '#shared/lib/money'
import type {
  DirectImageModel,
  ImageCallOptions,
  ImageRequest,
  ImageResult,
  MadePicture,
} from '../../spec/image-model.ts'
import { decodePicture, requireCount } from '../decode-picture.ts'
import { fetchPictures } from '../fetch-pictures.ts'
import { fitImageRequest, leftOut } from '../fit-image-request.ts'
import { pictureProblem } from '../picture-problems.ts'
import type { PostForm } from '../post-form.ts'
import { readLargeJson } from '../read-large-json.ts'
import { nonsenseProblem } from '../upstream-problem.ts'
import type { ImageQuirks } from './image-quirks.ts'
import { toImageCall } from './image-request.ts'
import { readImageStream } from './image-stream.ts'
import { imageUsageFromOpenAI } from './image-usage.ts'

const Picture = z.object({
  b64_json: z.string().nullish(),
  url: z.string().nullish(),
  revised_prompt: z.string().nullish().catch(null),
  seed: z.number().int().nullish().catch(null),
})
type Picture = z.infer<typeof Picture>

const Answer = z.object({ data: z.array(Picture).nullish(), usage: z.unknown().optional() })

export interface ImageModelInput {
  modelId: string
  traits: ImageTraits
  post: PostForm
  quirks: ImageQuirks
  secret?: string
  fetch?: typeof fetch
  /** The platform runs on somebody's machine, whose own servers may be asked too. */
  local?: boolean
}

/** A link lives for an hour, or less: what is behind it is fetched at once. */
async function toMade(picture: Picture, input: ImageModelInput, signal: AbortSignal): Promise<MadePicture> {
  const { quirks, fetch, local } = input
  const vendor = quirks.label
  const { b64_json: base64, url, revised_prompt: revisedPrompt, seed } = picture
  const facts = { ...(revisedPrompt && { revisedPrompt }), ...(typeof seed === 'number' && { seed }) }
  if (typeof base64 === 'string') return { bytes: decodePicture(base64, vendor), ...facts }
  if (typeof url !== 'string') throw pictureProblem('provider_no_image', vendor)
  const [bytes] = await fetchPictures({ vendor, addresses: [url], signal, fetch, local })
  return { bytes: bytes!, ...facts }
}

interface Answered {
  pictures: Picture[]
  usage: Usage | null
}

async function readDocument(response: Response, input: ImageModelInput, signal: AbortSignal): Promise<Answered> {
  const vendor = input.quirks.label
  const parsed = Answer.safeParse(await readLargeJson({ response, signal, vendor, secret: input.secret }))
  if (!parsed.success) throw nonsenseProblem(vendor, 'an answer without pictures')
  return { pictures: parsed.data.data ?? [], usage: imageUsageFromOpenAI(parsed.data.usage) }
}

async function readAnswer(response: Response, input: ImageModelInput, options: ImageCallOptions): Promise<Answered> {
  const type = response.headers.get('content-type') ?? ''
  if (!type.includes('event-stream')) return readDocument(response, input, options.signal)
  const { completed, usage } = await readImageStream({
    response,
    vendor: input.quirks.label,
    secret: input.secret,
    signal: options.signal,
    onPartial: options.onPartial,
  })
  return { pictures: completed.map((b64_json) => ({ b64_json })), usage }
}

/** Of several pictures nobody can tell which one a part belongs to. */
const canStream = ({ quirks }: ImageModelInput, request: ImageRequest, { onPartial }: ImageCallOptions): boolean =>
  quirks.streams && onPartial !== undefined && request.count === 1 && (request.partialImages ?? 0) > 0

export const createImageModel = (input: ImageModelInput): DirectImageModel => ({
  delivery: 'direct',
  async generate(asked, options): Promise<ImageResult> {
    const { modelId, traits, post, quirks } = input
    const { signal } = options
    signal.throwIfAborted()
    const { request, warnings } = fitImageRequest(asked, traits)
    const stream = canStream(input, request, options)
    const call = toImageCall({ model: modelId, request, quirks, stream })
    const response = await post(call.path, call.body, { signal })
    const { pictures, usage } = await readAnswer(response, input, options)
    requireCount(pictures, { count: request.count, vendor: quirks.label })
    const images = await Promise.all(pictures.map((picture) => toMade(picture, input, signal)))
    const unshown = !stream && (request.partialImages ?? 0) > 0 ? [leftOut('partial_images')] : []
    return { images, usage, warnings: [...warnings, ...call.warnings, ...unshown] }
  },
})
