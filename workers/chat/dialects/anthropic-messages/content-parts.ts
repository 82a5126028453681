// Anthropic's blocks of content → the house's parts. What other vendors have no block for (documents of text, results of
// a search) is text that says what it is.
import type { MessageParam } from '#shared/contracts/messages'
import { invalidRequest } from '#shared/http/problems'
import type { FilePart, ImagePart, TextPart } from '#shared/providers/spec/language-model'
import { toPdfPart } from '../file-part.ts'
import { toImageSource } from '../image-source.ts'
import { cacheOf } from './cache-control.ts'

type UserBlock = Exclude<Extract<MessageParam, { role: 'user' }>['content'], string>[number]
export type ContentBlock = Exclude<UserBlock, { type: 'tool_result' }>
type BlockOf<Type extends ContentBlock['type']> = Extract<ContentBlock, { type: Type }>
type Part = TextPart | ImagePart | FilePart

export const toTextPart = ({ text, cache_control: mark }: BlockOf<'text'>): TextPart => ({
  type: 'text',
  text,
  ...cacheOf(mark),
})

function toImagePart({ source, cache_control: mark }: BlockOf<'image'>, param: string): ImagePart {
  if (source.type === 'url')
    return { type: 'image', source: toImageSource(source.url, `${param}.source.url`), ...cacheOf(mark) }
  const { media_type: mediaType, data } = source
  return { type: 'image', source: { kind: 'base64', mediaType, data }, ...cacheOf(mark) }
}

function toDocumentParts(block: BlockOf<'document'>, param: string): Part[] {
  const { source, cache_control: mark } = block
  const title = block.title ?? undefined
  const context = block.context ?? undefined
  const about = { ...(title !== undefined && { title }), ...(context !== undefined && { context }) }
  switch (source.type) {
    case 'base64': {
      const named = { ...(title !== undefined && { name: title }), ...(context !== undefined && { context }) }
      return [{ ...toPdfPart(source.data, `${param}.source.data`), ...named, ...cacheOf(mark) }]
    }
    case 'text':
      return [{ type: 'text', text: source.data, document: about, ...cacheOf(mark) }]
    case 'content': {
      const { content } = source
      if (typeof content === 'string') return [{ type: 'text', text: content, document: about, ...cacheOf(mark) }]
      const parts = content.flatMap((inner, at) => toContentParts(inner, `${param}.source.content[${at}]`))
      return [...(title === undefined ? [] : [{ type: 'text' as const, text: title }]), ...parts]
    }
    // It is fetched before anything else is made of the request.
    case 'url':
      throw invalidRequest('This file could not be fetched from its address.', `${param}.source.url`)
  }
}

const toSearchResultParts = ({ source, title, content, cache_control: mark }: BlockOf<'search_result'>): TextPart[] => [
  {
    type: 'text',
    text: [title, source, ...content.map(({ text }) => text)].join('\n\n'),
    ...cacheOf(mark),
  },
]

export function toContentParts(block: ContentBlock, param: string): Part[] {
  switch (block.type) {
    case 'text':
      return [toTextPart(block)]
    case 'image':
      return [toImagePart(block, param)]
    case 'document':
      return toDocumentParts(block, param)
    case 'search_result':
      return toSearchResultParts(block)
  }
}
