// The house's answer → Anthropic's whole answer.
import type { Message, MessageContent } from '#shared/contracts/messages'
import type { Usage } from '#shared/lib/money'
import type { FinishReason } from '#shared/providers/spec/language-model'
import type { AnswerPart, CollectedAnswer } from '../collect-answer.ts'
import { parseRecord } from '../loose.ts'
import type { AnswerIdentity } from '../answer-identity.ts'
import { toMessagesUsage } from './usage.ts'

export const toStopReason: Record<FinishReason, NonNullable<Message['stop_reason']>> = {
  stop: 'end_turn',
  'stop-sequence': 'stop_sequence',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'refusal',
}

function toContent(part: AnswerPart): MessageContent {
  if (part.type === 'text') return { type: 'text', text: part.text, citations: null }
  if (part.type === 'reasoning') return { type: 'thinking', thinking: part.text, signature: part.signature }
  return { type: 'tool_use', id: part.id, name: part.name, input: parseRecord(part.input) ?? {} }
}

export const toAnswer = (
  { parts, reason, stopSequence }: CollectedAnswer,
  usage: Usage,
  { id, model }: AnswerIdentity,
): Message => ({
  id,
  type: 'message',
  role: 'assistant',
  model,
  content: parts.map(toContent),
  stop_reason: toStopReason[reason],
  stop_sequence: stopSequence,
  usage: toMessagesUsage(usage),
})
