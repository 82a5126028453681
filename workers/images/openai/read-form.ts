// multipart/form-data as OpenAI's client sends it: fields as text, files as `image` or `image[]`, and `mask`.
import { invalidRequest, Problem } from '#shared/http/problems'

const MEGABYTE = 1_048_576
/** Of the whole request, which is in a Worker's memory more than once. */
export const MAX_FORM_BYTES = 40 * MEGABYTE
/** Of one picture, as it was sent. */
export const MAX_FILE_BYTES = 25 * MEGABYTE
/** More than any model takes. */
const MAX_FILES = 16
const MAX_FIELDS = 64

export interface ImageForm {
  fields: Record<string, unknown>
  images: Uint8Array[]
  mask: Uint8Array | null
}

const tooLarge = (param: string | undefined, maxBytes: number): Problem =>
  new Problem('payload_too_large', `${param ?? 'The body'} is larger than ${maxBytes} bytes.`, {
    ...(param && { param }),
    facts: { max_bytes: maxBytes },
  })

/** The body as it comes, and no more of it than may be: `formData()` alone would read whatever comes. */
async function parsedWithin(request: Request, type: string): Promise<FormData> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_FORM_BYTES) throw tooLarge(undefined, MAX_FORM_BYTES)
  let size = 0
  const counted = request.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength
        if (size > MAX_FORM_BYTES) controller.error(new RangeError('the body is too large'))
        else controller.enqueue(chunk)
      },
    }),
  )
  try {
    return await new Response(counted, { headers: { 'content-type': type } }).formData()
  } catch {
    throw size > MAX_FORM_BYTES
      ? tooLarge(undefined, MAX_FORM_BYTES)
      : invalidRequest('The body is not valid multipart/form-data.')
  }
}

async function bytesOf(file: File, param: string): Promise<Uint8Array> {
  if (file.size > MAX_FILE_BYTES) throw tooLarge(param, MAX_FILE_BYTES)
  if (file.size === 0) throw new Problem('image_damaged', `${param}: the file is empty`, { param })
  return new Uint8Array(await file.arrayBuffer())
}

/** `image[]` and `image[0]` are `image`: clients write lists in several ways. */
const plainName = (name: string): string => name.replace(/\[\d*\]$/, '')

async function take(form: ImageForm, [name, value]: [string, File | string]): Promise<void> {
  const plain = plainName(name)
  if (plain !== 'image' && plain !== 'mask') {
    if (typeof value !== 'string') throw invalidRequest(`${plain}: this takes no file`, plain)
    // What is said twice would be decided by whoever reads it.
    if (Object.hasOwn(form.fields, plain)) throw invalidRequest(`${plain}: is given more than once`, plain)
    form.fields[plain] = value
    return
  }
  if (typeof value === 'string') throw invalidRequest(`${plain}: must be a file`, plain)
  if (plain === 'image') {
    if (form.images.length === MAX_FILES) throw invalidRequest(`image: at most ${MAX_FILES} pictures`, 'image')
    form.images.push(await bytesOf(value, 'image'))
    return
  }
  if (form.mask) throw invalidRequest('mask: is given more than once', 'mask')
  form.mask = await bytesOf(value, 'mask')
}

export async function readForm(request: Request): Promise<ImageForm> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(type))
    throw new Problem('unsupported_media_type', 'This address takes multipart/form-data, or JSON with data URLs.')
  const parsed = await parsedWithin(request, type)
  const entries = [...parsed.entries()] as [string, File | string][]
  if (entries.length > MAX_FIELDS) throw invalidRequest(`At most ${MAX_FIELDS} fields are taken.`)
  const form: ImageForm = { fields: {}, images: [], mask: null }
  for (const entry of entries) await take(form, entry)
  return form
}
