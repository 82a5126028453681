// The three calls of OpenAI's client, as what is asked for.
import {
  ImageEditRequest,
  ImageGenerationRequest,
  ImageVariationRequest,
  type ImageFormat,
} from '#shared/contracts/images'
import type { LibraryQuestions } from '#shared/contracts/library'
import { invalidRequest, unsupportedParameter } from '#shared/http/problems'
import { parseWith, readJson } from '#shared/http/validate'
import { toHex } from '#shared/lib/bytes'
import { apiNames } from '../check-traits.ts'
import type { GivenPicture, ImageAsk } from '../prepare-picture.ts'
import { receiveMask, receivePicture } from '../receive-picture.ts'
import { MAX_FORM_BYTES, readForm, type ImageForm } from './read-form.ts'
import { readJsonImages } from './read-json-images.ts'

export type ApiCall = 'generations' | 'edits' | 'variations'

export interface ApiAsk {
  ask: Omit<ImageAsk, 'images' | 'mask'>
  files: Pick<ImageForm, 'images' | 'mask'>
  /** What says that two requests are the same. */
  body: unknown
  stream: boolean
  /** Null: what is usual for the model. */
  responseFormat: 'url' | 'b64_json' | null
  warnings: string[]
}

type Common = ImageVariationRequest & { prompt?: string; input_fidelity?: 'low' | 'high' | null; stream?: unknown }

/** What OpenAI's newest models take and none of the others: it changes what comes, so it is not passed over in silence. */
const beyond = ['svg', 'frame_count', 'frame_duration_ms', 'complexity', 'markup']

/** What is known of OpenAI's and changes nothing here. */
const without = ['moderation', 'style']

function notices(fields: Record<string, unknown>): string[] {
  for (const name of beyond)
    if (fields[name] !== undefined && fields[name] !== null)
      throw unsupportedParameter(name, `${name} is not known here.`)
  return without
    .filter((name) => fields[name] !== undefined && fields[name] !== null)
    .map((name) => `${name}: is not known here and was left out`)
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const sizeOf = (size: string | null | undefined): string | null => (!size || size === 'auto' ? null : size)

function toAsk(call: ApiCall, body: Common): ApiAsk['ask'] {
  const format: ImageFormat = body.output_format ?? 'png'
  return {
    operation: call === 'generations' ? 'generate' : call === 'edits' ? 'edit' : 'variation',
    model: body.model || null,
    prompt: body.prompt ?? '',
    originalPrompt: null,
    negativePrompt: body.negative_prompt || null,
    count: body.n ?? 1,
    size: sizeOf(body.size),
    quality: body.quality || null,
    style: body.style_preset || null,
    background: body.background ?? null,
    format,
    compression: body.output_compression ?? null,
    seed: body.seed ?? null,
    extend: null,
    scale: null,
    inputFidelity: body.input_fidelity ?? null,
    partialImages: body.stream === true ? (body.partial_images ?? 0) : 0,
    endUser: textOf(body.user) ?? textOf(body['safety_identifier']),
    translate: true,
    collectionId: null,
    temporary: body.store === false,
    wantsUrls: false,
    via: 'api',
    names: apiNames,
  }
}

const schemas = { edits: ImageEditRequest, variations: ImageVariationRequest }

const hashed = async (bytes: Uint8Array): Promise<string> =>
  toHex(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))

async function readWithFiles(request: Request): Promise<ImageForm> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\b/i.test(type)) return readForm(request)
  return readJsonImages(await readJson(request, { maxBytes: MAX_FORM_BYTES }))
}

const MAX_JSON_BYTES = 1_048_576

export async function readApiAsk(request: Request, call: ApiCall): Promise<ApiAsk> {
  if (call === 'generations') {
    const fields = await readJson(request, { maxBytes: MAX_JSON_BYTES })
    const body = parseWith(ImageGenerationRequest, fields)
    return {
      ask: toAsk(call, body as Common),
      files: { images: [], mask: null },
      body: fields,
      stream: body.stream === true,
      responseFormat: body.response_format ?? null,
      warnings: notices(body),
    }
  }
  const { fields, images, mask } = await readWithFiles(request)
  const body = parseWith(schemas[call], fields) as Common
  if (images.length === 0) throw invalidRequest('image: a picture is needed', 'image')
  return {
    ask: toAsk(call, body),
    files: { images, mask },
    body: { fields, images: await Promise.all(images.map(hashed)), mask: mask && (await hashed(mask)) },
    stream: body.stream === true,
    responseFormat: body.response_format ?? null,
    warnings: notices(body),
  }
}

/** By what they are, not by what they are called. */
export async function receiveFiles(
  { ask, files }: Pick<ApiAsk, 'ask' | 'files'>,
  library: LibraryQuestions,
): Promise<ImageAsk> {
  const images: GivenPicture[] = []
  for (const bytes of files.images) images.push((await receivePicture({ bytes, param: 'image', library })).picture)
  return { ...ask, images, mask: files.mask && (await receiveMask({ bytes: files.mask, library })) }
}
