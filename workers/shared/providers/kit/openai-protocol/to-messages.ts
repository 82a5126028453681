// Our messages → OpenAI's. Two things differ in shape: the results of tools are messages of their own, and they hold
// text only, so pictures and files in them follow as the user's.
import type {
  AudioPart,
  FilePart,
  ImagePart,
  LanguageMessage,
  TextPart,
  ToolResultPart,
} from '../../spec/language-model.ts'
import type { Quirks } from './quirks.ts'

type WireMessage = Record<string, unknown>
type UserPart = TextPart | ImagePart | AudioPart | FilePart

const joinText = (parts: readonly { type: string; text?: string }[], type = 'text'): string =>
  parts
    .filter((part) => part.type === type)
    .map((part) => part.text ?? '')
    .join('\n')

/** Here a document is a text like any other, so it says itself what it is. */
const readableText = ({ text, document }: TextPart): string =>
  document ? [document.title, document.context, text].filter(Boolean).join('\n\n') : text

const readable = (parts: readonly UserPart[]) =>
  parts.map((part) => (part.type === 'text' ? { ...part, text: readableText(part) } : part))

function toWirePart(part: UserPart): WireMessage {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: readableText(part) }
    case 'image': {
      const { source, detail } = part
      const url = source.kind === 'url' ? source.url : `data:${source.mediaType};base64,${source.data}`
      return { type: 'image_url', image_url: { url, ...(detail && { detail }) } }
    }
    case 'audio':
      return { type: 'input_audio', input_audio: { data: part.data, format: part.format } }
    case 'file': {
      const data = `data:${part.mediaType};base64,${part.data}`
      return { type: 'file', file: { filename: part.name ?? 'document.pdf', file_data: data } }
    }
  }
}

/** A plain string where there is only text: every server understands it. */
const toUserContent = (parts: UserPart[]) =>
  parts.every((part) => part.type === 'text') ? joinText(readable(parts)) : parts.map(toWirePart)

function fromUser(content: Extract<LanguageMessage, { role: 'user' }>['content']): WireMessage[] {
  const results = content.filter((part): part is ToolResultPart => part.type === 'tool-result')
  const shown = results.flatMap((result) =>
    result.content.filter((part): part is ImagePart | FilePart => part.type !== 'text'),
  )
  const said = [...shown, ...content.filter((part) => part.type !== 'tool-result')]
  return [
    ...results.map(({ callId, content: parts }) => ({
      role: 'tool',
      tool_call_id: callId,
      content: joinText(readable(parts)),
    })),
    ...(said.length > 0 ? [{ role: 'user', content: toUserContent(said) }] : []),
  ]
}

function fromAssistant(
  content: Extract<LanguageMessage, { role: 'assistant' }>['content'],
  quirks: Quirks,
): WireMessage {
  const calls = content.filter((part) => part.type === 'tool-call')
  const text = joinText(content)
  const reasoning = quirks.reasoningBack ? joinText(content, 'reasoning') : ''
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    ...(reasoning && { reasoning_content: reasoning }),
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ id, name, input }) => ({
        id,
        type: 'function',
        function: { name, arguments: input === '' ? '{}' : input },
      })),
    }),
  }
}

export const toMessages = (messages: LanguageMessage[], quirks: Quirks): WireMessage[] =>
  messages.flatMap((message): WireMessage[] => {
    if (message.role === 'system') return [{ role: 'system', content: joinText(message.content) }]
    return message.role === 'user' ? fromUser(message.content) : [fromAssistant(message.content, quirks)]
  })
