// A stream of events as one whole answer, in the order in which its pieces came.
import type { Usage } from '#shared/lib/money'
import type { FinishReason, LanguageEvent } from '#shared/providers/spec/language-model'

export type AnswerPart =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string; signature: string }
  | { type: 'tool-call'; id: string; name: string; input: string }

export interface CollectedAnswer {
  parts: AnswerPart[]
  reason: FinishReason
  stopSequence: string | null
  usage: Usage | null
}

export async function collectAnswer(events: AsyncIterable<LanguageEvent>): Promise<CollectedAnswer> {
  const parts: AnswerPart[] = []
  const calls = new Map<number, Extract<AnswerPart, { type: 'tool-call' }>>()
  const answer: CollectedAnswer = { parts, reason: 'stop', stopSequence: null, usage: null }

  function reasoning(): Extract<AnswerPart, { type: 'reasoning' }> {
    const last = parts.at(-1)
    // A seal ends what it seals.
    if (last?.type === 'reasoning' && last.signature === '') return last
    const part = { type: 'reasoning' as const, text: '', signature: '' }
    parts.push(part)
    return part
  }

  for await (const event of events) {
    if (event.type === 'text-delta') {
      const last = parts.at(-1)
      if (last?.type === 'text') last.text += event.text
      else parts.push({ type: 'text', text: event.text })
    } else if (event.type === 'reasoning-delta') reasoning().text += event.text
    else if (event.type === 'reasoning-signature') reasoning().signature += event.signature
    else if (event.type === 'tool-call-start') {
      const call = { type: 'tool-call' as const, id: event.id, name: event.name, input: '' }
      calls.set(event.index, call)
      parts.push(call)
    } else if (event.type === 'tool-call-delta') {
      const call = calls.get(event.index)
      if (call) call.input += event.input
    } else Object.assign(answer, { reason: event.reason, stopSequence: event.stopSequence ?? null, usage: event.usage })
  }
  return answer
}
