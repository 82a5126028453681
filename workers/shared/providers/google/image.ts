// Gemini's pictures: `generateContent` with a picture in its answer, asked once for each. (Imagen's own `predict` ends, and
// takes no key of the Gemini API by now.)
import { geminiSizeOf } from '#shared/catalog/gemini-image-sizes'
import type { ImageTraits } from '#shared/contracts/model'
import { unsupportedParameter } from '#shared/http/problems'
import { toBase64 } from '#shared/lib/bytes'
import type { Usage } from '#shared/lib/money'
import type { DirectImageModel, ImageRequest, ImageResult, MadePicture } from '../spec/image-model.ts'
import type { Warning } from '../spec/language-model.ts'
import type { VendorOptions } from '../spec/vendor.ts'
import { requireCount } from '../kit/decode-picture.ts'
import { fitImageRequest, leftOut } from '../kit/fit-image-request.ts'
import { createPostForm, type PostForm } from '../kit/post-form.ts'
import { readLargeJson } from '../kit/read-large-json.ts'
import { toNetworkProblem, toProblem, vendor } from './image-errors.ts'
import { readAnswer } from './image-answer.ts'

const NATIVE = 'https://generativelanguage.googleapis.com/v1beta'

/** The setting names the address of Google's look-alike of OpenAI; its own protocol is one step above. */
export const nativeBaseURL = (baseURL: string | undefined): string =>
  (baseURL || NATIVE).replace(/\/+$/, '').replace(/\/openai$/, '')

const VARY = 'Make another version of this picture: the same subject, mood and style, with different details.'

type Part = { text: string } | { inlineData: { mimeType: string; data: string } }

function toParts({ prompt, images = [] }: ImageRequest): Part[] {
  const pictures = images.map(({ bytes, mediaType }) => ({
    inlineData: { mimeType: mediaType, data: toBase64(bytes) },
  }))
  return [...pictures, { text: prompt || VARY }]
}

function imageConfigOf({ size }: ImageRequest): Record<string, string> | undefined {
  if (!size) return undefined
  const known = geminiSizeOf(size)
  if (!known) throw unsupportedParameter('size', `This model makes no pictures of ${size.width}x${size.height}.`)
  return { ...known }
}

function toBody(request: ImageRequest, at: number): Record<string, unknown> {
  const imageConfig = imageConfigOf(request)
  return {
    contents: [{ role: 'user', parts: toParts(request) }],
    generationConfig: {
      responseModalities: ['IMAGE'],
      ...(imageConfig && { imageConfig }),
      // The same seed would make the same picture each time.
      ...(request.seed !== undefined && { seed: (request.seed + at) % 2_147_483_648 }),
    },
  }
}

/** It chooses format and compression itself, which are made of what it gives; of the others it has no word. */
function unheard({ background, endUser }: ImageRequest): Warning[] {
  return [
    ...(background === 'opaque' ? [leftOut('background', vendor)] : []),
    ...(endUser === undefined ? [] : [leftOut('user', vendor)]),
  ]
}

function addUp(all: readonly (Usage | null)[]): Usage | null {
  const total: Usage = {}
  for (const usage of all) {
    if (!usage) return null
    for (const [unit, count] of Object.entries(usage) as [keyof Usage, number][])
      total[unit] = (total[unit] ?? 0) + count
  }
  return total
}

interface Context {
  modelId: string
  traits: ImageTraits
  post: PostForm
  secret: string
}

async function makeOne(
  request: ImageRequest,
  { at, signal, context }: { at: number; signal: AbortSignal; context: Context },
): Promise<{ picture: MadePicture; usage: Usage | null }> {
  const { modelId, post, secret } = context
  const response = await post(`/models/${encodeURIComponent(modelId)}:generateContent`, toBody(request, at), {
    signal,
  })
  const { pictures, usage } = readAnswer(await readLargeJson({ response, signal, vendor, secret }))
  requireCount(pictures, { count: 1, vendor })
  return { picture: { bytes: pictures[0]! }, usage }
}

const createModel = (context: Context): DirectImageModel => ({
  delivery: 'direct',
  async generate(asked, { signal }): Promise<ImageResult> {
    signal.throwIfAborted()
    const { request, warnings } = fitImageRequest(asked, context.traits)
    // Where one fails the others are not waited for.
    const stop = new AbortController()
    const both = AbortSignal.any([signal, stop.signal])
    const asks = Array.from({ length: request.count }, (_, at) => makeOne(request, { at, signal: both, context }))
    try {
      const made = await Promise.all(asks)
      return {
        images: made.map(({ picture }) => picture),
        usage: addUp(made.map(({ usage }) => usage)),
        warnings: [...warnings, ...unheard(request)],
      }
    } finally {
      stop.abort(new Error('another picture of this call has failed'))
      await Promise.allSettled(asks)
    }
  },
})

export function createGoogleImages({ apiKey, baseURL, fetch }: VendorOptions): {
  image(modelId: string, traits: ImageTraits): DirectImageModel
} {
  const post = createPostForm({
    baseURL: nativeBaseURL(baseURL),
    headers: { 'x-goog-api-key': apiKey },
    fetch,
    onFailure: (error) => toNetworkProblem(error, apiKey),
    onRefusal: (refusal) => toProblem(refusal, apiKey),
  })
  return { image: (modelId, traits) => createModel({ modelId, traits, post, secret: apiKey }) }
}
