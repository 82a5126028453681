// The parts of a form, as views of the bytes that came in: a file of many megabytes is not copied to be looked at.
import { Buffer } from 'node:buffer'
import { invalidRequest } from '#shared/http/problems'

export interface FormPart {
  name: string
  /** Null for a field that is no file. */
  fileName: string | null
  bytes: Uint8Array
}

const MAX_PARTS = 16
const MAX_HEAD_BYTES = 4_096
const LINE = '\r\n'

const broken = () => invalidRequest('The form cannot be read: its parts are not separated as its header says.')

/** Browsers escape what would end the quotes, and nothing else. */
const unescapeName = (text: string): string =>
  text.replace(/%22|%0D|%0A|\\"/gi, (escaped) => (escaped === '%22' || escaped === '\\"' ? '"' : ''))

function readHead(head: string): Pick<FormPart, 'name' | 'fileName'> {
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1]
  const name = disposition && /(?:^|;|\s)name="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1]
  if (name === undefined || disposition === undefined) throw broken()
  const fileName = /(?:^|;|\s)filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1]
  return { name: unescapeName(name), fileName: fileName === undefined ? null : unescapeName(fileName) }
}

export function readMultipart({ body, contentType }: { body: Uint8Array; contentType: string }): FormPart[] {
  const found = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType)
  const boundary = found?.[1] ?? found?.[2]
  if (!boundary) throw broken()
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const separator = `${LINE}--${boundary}`
  const parts: FormPart[] = []
  // The first stands at the very beginning, without a line before it.
  let at = bytes.indexOf(`--${boundary}`)
  if (at !== 0) throw broken()
  at = boundary.length + 2
  while (bytes.toString('latin1', at, at + 2) === LINE) {
    const headEnd = bytes.indexOf(LINE + LINE, at)
    const end = headEnd < 0 ? -1 : bytes.indexOf(separator, headEnd + 2)
    if (end < 0 || headEnd - at > MAX_HEAD_BYTES || parts.length === MAX_PARTS) throw broken()
    const head = readHead(bytes.toString('utf8', at + 2, headEnd))
    parts.push({ ...head, bytes: body.subarray(headEnd + 4, Math.max(headEnd + 4, end)) })
    at = end + separator.length
  }
  if (bytes.toString('latin1', at, at + 2) !== '--') throw broken()
  return parts
}
