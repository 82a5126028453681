// Our messages → Anthropic's blocks. Roles alternate there, results of tools come first in the turn after the call,
// and a block of text is never empty.
import { isTooDeep } from '#shared/http/parse-json'
import { invalidRequest, unsupportedParameter } from '#shared/http/problems'
import type {
  CacheMark,
  FilePart,
  ImagePart,
  LanguageMessage,
  TextPart,
  ToolCallPart,
  ToolResultPart,
} from '../spec/language-model.ts'

export type Block = Record<string, unknown>
export interface Turn {
  role: 'user' | 'assistant'
  content: Block[]
}

/** What a redacted thought is marked with between its event and its return: it has no text, only a seal. */
export const REDACTED = 'redacted:'

export const toCacheControl = (mark: CacheMark): Block => ({ type: 'ephemeral', ...(mark === '1h' && { ttl: '1h' }) })

const marked = (block: Block, mark: CacheMark | undefined): Block =>
  mark ? { ...block, cache_control: toCacheControl(mark) } : block

export function toTextBlock({ text, cache, document }: TextPart): Block {
  if (!document) return marked({ type: 'text', text }, cache)
  const source = { type: 'text', media_type: 'text/plain', data: text }
  return marked({ type: 'document', source, ...document }, cache)
}

const DATA_URL = /^data:([^;,]+);base64,(.*)$/s

function toImageSource({ source }: ImagePart): Block {
  if (source.kind === 'base64') return { type: 'base64', media_type: source.mediaType, data: source.data }
  const [, mediaType, data] = DATA_URL.exec(source.url) ?? []
  return mediaType ? { type: 'base64', media_type: mediaType, data } : { type: 'url', url: source.url }
}

const toFileBlock = ({ mediaType, data, name, context, cache }: FilePart): Block =>
  marked(
    {
      type: 'document',
      source: { type: 'base64', media_type: mediaType, data },
      ...(name !== undefined && { title: name }),
      ...(context !== undefined && { context }),
    },
    cache,
  )

function toBlock(part: Exclude<Extract<LanguageMessage, { role: 'user' }>['content'][number], ToolResultPart>): Block {
  switch (part.type) {
    case 'text':
      return toTextBlock(part)
    case 'image':
      return marked({ type: 'image', source: toImageSource(part) }, part.cache)
    case 'file':
      return toFileBlock(part)
    case 'audio':
      throw unsupportedParameter('messages', 'Anthropic’s models do not hear. Choose a model with audio input.')
  }
}

const hasText = (part: { type: string; text?: string }): boolean => part.type !== 'text' || part.text !== ''

const toToolResult = ({ callId, content, isError, cache }: ToolResultPart): Block =>
  marked(
    {
      type: 'tool_result',
      tool_use_id: callId,
      content: content.filter(hasText).map(toBlock),
      ...(isError && { is_error: true }),
    },
    cache,
  )

function parseInput({ name, input }: ToolCallPart): unknown {
  if (input.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(input)
  } catch {
    throw invalidRequest(`The arguments of the call of “${name}” are not valid JSON.`, 'messages')
  }
  if (isTooDeep(value)) throw invalidRequest(`The arguments of the call of “${name}” are nested too deep.`, 'messages')
  return value
}

function fromAssistantPart(part: Extract<LanguageMessage, { role: 'assistant' }>['content'][number]): Block | null {
  if (part.type === 'text') return toTextBlock(part)
  if (part.type === 'tool-call')
    return marked({ type: 'tool_use', id: part.id, name: part.name, input: parseInput(part) }, part.cache)
  // A thought without its seal is another vendor's; it would be refused.
  if (!part.signature) return null
  return part.signature.startsWith(REDACTED)
    ? { type: 'redacted_thinking', data: part.signature.slice(REDACTED.length) }
    : { type: 'thinking', thinking: part.text, signature: part.signature }
}

function toTurn(message: Exclude<LanguageMessage, { role: 'system' }>): Turn {
  if (message.role === 'assistant')
    return {
      role: 'assistant',
      content: message.content
        .filter(hasText)
        .map(fromAssistantPart)
        .filter((block) => block !== null),
    }
  return {
    role: 'user',
    content: message.content
      .filter(hasText)
      .map((part) => (part.type === 'tool-result' ? toToolResult(part) : toBlock(part))),
  }
}

const resultsFirst = (content: Block[]): Block[] => [
  ...content.filter((block) => block['type'] === 'tool_result'),
  ...content.filter((block) => block['type'] !== 'tool_result'),
]

export function toTurns(messages: LanguageMessage[]): Turn[] {
  const turns: Turn[] = []
  for (const message of messages) {
    if (message.role === 'system') continue
    const turn = toTurn(message)
    const last = turns.at(-1)
    if (turn.content.length === 0) continue
    if (last?.role === turn.role) last.content.push(...turn.content)
    else turns.push(turn)
  }
  for (const turn of turns) turn.content = resultsFirst(turn.content)
  return turns
}

export const toSystem = (messages: LanguageMessage[]): Block[] =>
  messages.flatMap((message) => (message.role === 'system' ? message.content.filter(hasText).map(toTextBlock) : []))
