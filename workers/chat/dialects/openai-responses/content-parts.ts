// The parts of an item's content → the house's parts.
import type { ResponseContentPart } from '#shared/contracts/responses'
import { invalidRequest, unsupportedParameter } from '#shared/http/problems'
import type { FilePart, ImagePart, TextPart } from '#shared/providers/spec/language-model'
import { toFilePart } from '../file-part.ts'
import { toImageSource } from '../image-source.ts'
import { isSaid } from '../loose.ts'

type Content = string | ResponseContentPart[]

/** Up to here the prompt is worth keeping in the vendor's cache. */
const cacheOf = (part: ResponseContentPart) =>
  'prompt_cache_breakpoint' in part && part.prompt_cache_breakpoint ? { cache: true as const } : {}

const textOfPart = (part: ResponseContentPart): string | null => {
  if (part.type === 'input_text' || part.type === 'output_text') return part.text
  return part.type === 'refusal' ? part.refusal : null
}

function toImagePart(part: Extract<ResponseContentPart, { type: 'input_image' }>, param: string): ImagePart {
  if (isSaid(part.file_id))
    throw unsupportedParameter(`${param}.file_id`, 'Files kept at the vendor are not part of this endpoint.')
  if (!part.image_url) throw invalidRequest('An image needs an `image_url`.', `${param}.image_url`)
  const { detail } = part
  return {
    type: 'image',
    source: toImageSource(part.image_url, `${param}.image_url`),
    ...(detail && { detail: detail === 'original' ? ('high' as const) : detail }),
    ...cacheOf(part),
  }
}

/** The file itself: what is kept elsewhere has no length that could be held for. */
function toFile(part: Extract<ResponseContentPart, { type: 'input_file' }>, param: string): FilePart | TextPart {
  for (const name of ['file_id', 'file_url'] as const)
    if (isSaid(part[name]))
      throw unsupportedParameter(`${param}.${name}`, 'Send the file itself, in base64, as `file_data`.')
  const { file_data, filename } = part
  const file = { ...(file_data && { file_data }), ...(filename && { filename }) }
  return { ...toFilePart(file, `${param}.file_data`), ...cacheOf(part) }
}

function toUserPart(part: ResponseContentPart, param: string): TextPart | ImagePart | FilePart {
  if (part.type === 'input_image') return toImagePart(part, param)
  if (part.type === 'input_file') return toFile(part, param)
  return { type: 'text', text: textOfPart(part) ?? '', ...cacheOf(part) }
}

export const toUserParts = (content: Content, param: string): (TextPart | ImagePart | FilePart)[] =>
  typeof content === 'string'
    ? [{ type: 'text', text: content }]
    : content.map((part, at) => toUserPart(part, `${param}[${at}]`))

export const toTexts = (content: Content): TextPart[] =>
  (typeof content === 'string' ? [{ type: 'input_text' as const, text: content }] : content)
    .map((part): TextPart => ({ type: 'text', text: textOfPart(part) ?? '', ...cacheOf(part) }))
    .filter(({ text }) => text !== '')
