// A file as it comes in: as a form with a file in it, or as nothing but its bytes. Counted while it is read, whatever its
// headers claim.
import { invalidRequest, Problem } from '#shared/http/problems'
import { MAX_PICTURE_BYTES } from './pixels/limits.ts'
import { readMultipart } from './upload-multipart.ts'
import { titleOfFile } from './upload-title.ts'

export interface UploadBody {
  bytes: Uint8Array
  title: string
  collectionId: string | null
}

/** Around the file in its form. */
const FORM_BYTES = 65_536

const tooLarge = (maxBytes: number) =>
  new Problem('image_too_large', `The file is larger than ${maxBytes} bytes.`, {
    param: 'file',
    facts: { max_bytes: maxBytes },
  })

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const most = maxBytes + FORM_BYTES
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > most) throw tooLarge(maxBytes)
  // As much as is declared at once: pieces would have to be copied together.
  let bytes = new Uint8Array(declared > 0 ? declared : FORM_BYTES)
  let size = 0
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    if (size + chunk.byteLength > most) throw tooLarge(maxBytes)
    if (size + chunk.byteLength > bytes.length) {
      const grown = new Uint8Array(Math.min(most, Math.max(bytes.length * 2, size + chunk.byteLength)))
      grown.set(bytes.subarray(0, size))
      bytes = grown
    }
    bytes.set(chunk, size)
    size += chunk.byteLength
  }
  return bytes.subarray(0, size)
}

/** What is no file, whatever is in it. */
const isText = (type: string) => /^(?:text\/|application\/(?:json|x-www-form-urlencoded))/.test(type)

export async function readUpload(request: Request, maxBytes = MAX_PICTURE_BYTES): Promise<UploadBody> {
  const type = (request.headers.get('content-type') ?? '').trim().toLowerCase()
  if (isText(type)) {
    throw new Problem('unsupported_media_type', 'Send a form with a “file” in it, or the bytes of a picture.')
  }
  const body = await readBytes(request, maxBytes)
  if (type.startsWith('multipart/form-data')) return fromForm(request, body, maxBytes)
  const query = new URL(request.url).searchParams
  if (body.length === 0) throw invalidRequest('file: is missing', 'file')
  if (body.length > maxBytes) throw tooLarge(maxBytes)
  return { bytes: body, title: titleOfFile(query.get('title') ?? ''), collectionId: query.get('collection_id') }
}

function fromForm(request: Request, body: Uint8Array, maxBytes: number): UploadBody {
  const parts = readMultipart({ body, contentType: request.headers.get('content-type') ?? '' })
  const file = parts.find((part) => part.name === 'file' && part.fileName !== null)
  if (!file || file.bytes.length === 0) throw invalidRequest('file: is missing', 'file')
  if (file.bytes.length > maxBytes) throw tooLarge(maxBytes)
  const text = (name: string): string => {
    const part = parts.find((candidate) => candidate.name === name && candidate.fileName === null)
    return part ? new TextDecoder().decode(part.bytes).trim() : ''
  }
  return {
    bytes: file.bytes,
    title: titleOfFile(text('title')) || titleOfFile(file.fileName ?? ''),
    collectionId: text('collection_id') || null,
  }
}
