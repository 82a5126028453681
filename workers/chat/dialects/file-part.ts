// A file in a request: a PDF as what it is, a text as the text that it is.
import { invalidRequest } from '#shared/http/problems'
import type { FilePart, TextPart } from '#shared/providers/spec/language-model'

const DATA_URL = /^data:([^;,]+)(?:;[^;,]+)*;base64,/
const texts = new Set(['text/plain', 'text/markdown', 'text/csv'])
/** `%PDF-` in base64. */
const PDF_BEGINS = 'JVBERi'

const unknownKind = (param: string) =>
  invalidRequest('A file must be a PDF or a text in base64: data:application/pdf;base64,…', param)

function toText(data: string, param: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(
      Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)),
    )
  } catch {
    throw unknownKind(param)
  }
}

export function toPdfPart(data: string, param: string): FilePart {
  // What a sender calls a file is a claim, and a vendor that cannot read it says so when it has been paid for.
  if (!data.startsWith(PDF_BEGINS)) throw invalidRequest('This is not a PDF in base64.', param)
  return { type: 'file', mediaType: 'application/pdf', data }
}

/** OpenAI's way of sending one: a data: URL, or a PDF's bare base64. */
export function toFilePart(
  { file_data: said = '', filename: name }: { file_data?: string; filename?: string },
  param: string,
): FilePart | TextPart {
  const [prefix = '', mediaType] = DATA_URL.exec(said) ?? []
  const data = said.slice(prefix.length)
  if (mediaType !== undefined && texts.has(mediaType))
    return { type: 'text', text: toText(data, param), document: name === undefined ? {} : { title: name } }
  if (mediaType !== undefined && mediaType !== 'application/pdf') throw unknownKind(param)
  if (data === '') throw unknownKind(param)
  return { ...toPdfPart(data, param), ...(name !== undefined && { name }) }
}
