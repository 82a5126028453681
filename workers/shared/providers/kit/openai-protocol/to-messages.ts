// Our messages → OpenAI's. Two things differ in shape: the results of tools are messages of their own, and they hold
// text only, so pictures in them follow as the user's.
import type { ImagePart, LanguageMessage, TextPart, ToolResultPart } from '../../spec/language-model.ts'
import type { Quirks } from './quirks.ts'

type WireMessage = Record<string, unknown>

const joinText = (parts: readonly { type: string; text?: string }[], type = 'text'): string =>
  parts
    .filter((part) => part.type === type)
    .map((part) => part.text ?? '')
    .join('\n')

const toImage = ({ source, detail }: ImagePart) => ({
  type: 'image_url',
  image_url: {
    url: source.kind === 'url' ? source.url : `data:${source.mediaType};base64,${source.data}`,
    ...(detail && { detail }),
  },
})

/** A plain string where there is only text: every server understands it. */
function toUserContent(parts: (TextPart | ImagePart)[]) {
  if (parts.every((part) => part.type === 'text')) return joinText(parts)
  return parts.map((part) => (part.type === 'text' ? { type: 'text', text: part.text } : toImage(part)))
}

function fromUser(content: Extract<LanguageMessage, { role: 'user' }>['content']): WireMessage[] {
  const results = content.filter((part): part is ToolResultPart => part.type === 'tool-result')
  const pictures = results.flatMap((result) =>
    result.content.filter((part): part is ImagePart => part.type === 'image'),
  )
  const said = [...pictures, ...content.filter((part) => part.type !== 'tool-result')]
  return [
    ...results.map(({ callId, content: parts }) => ({ role: 'tool', tool_call_id: callId, content: joinText(parts) })),
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
