// The house's answer → OpenAI's whole answer.
import type { ChatCompletion } from '#shared/contracts/chat-completions'
import type { Usage } from '#shared/lib/money'
import type { FinishReason } from '#shared/providers/spec/language-model'
import type { AnswerIdentity } from '../answer-identity.ts'
import type { AnswerPart, CollectedAnswer } from '../collect-answer.ts'
import { toChatUsage } from './usage.ts'

type ChatFinishReason = ChatCompletion['choices'][number]['finish_reason']

export const toChatFinishReason: Record<FinishReason, ChatFinishReason> = {
  stop: 'stop',
  'stop-sequence': 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
}

const joined = (parts: AnswerPart[], type: 'text' | 'reasoning'): string =>
  parts.flatMap((part) => (part.type === type ? [part.text] : [])).join('')

export function toAnswer(answer: CollectedAnswer, usage: Usage, { id, model, at }: AnswerIdentity): ChatCompletion {
  const text = joined(answer.parts, 'text')
  const reasoning = joined(answer.parts, 'reasoning')
  const signature = answer.parts.map((part) => (part.type === 'reasoning' ? part.signature : '')).join('')
  const calls = answer.parts.flatMap((part) =>
    part.type === 'tool-call'
      ? [{ id: part.id, type: 'function' as const, function: { name: part.name, arguments: part.input || '{}' } }]
      : [],
  )
  return {
    id,
    object: 'chat.completion',
    created: Math.floor(at / 1000),
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text === '' && calls.length > 0 ? null : text,
          refusal: null,
          ...(reasoning !== '' && { reasoning_content: reasoning }),
          ...(signature !== '' && { reasoning_signature: signature }),
          ...(calls.length > 0 && { tool_calls: calls }),
        },
        finish_reason: toChatFinishReason[answer.reason],
        logprobs: null,
      },
    ],
    usage: toChatUsage(usage),
  }
}
