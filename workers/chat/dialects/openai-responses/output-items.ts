// The items of an answer that was translated.
import type { ResponseOutputItem, ResponsesRequest } from '#shared/contracts/responses'
import type { AnswerPart } from '../collect-answer.ts'
import { createItemId } from './items.ts'
import { toSeal } from './seals.ts'

export type Status = 'in_progress' | 'completed' | 'incomplete'
export type MessageItem = Extract<ResponseOutputItem, { type: 'message' }>
export type CallItem = Extract<ResponseOutputItem, { type: 'function_call' }>
export type ReasoningItem = Extract<ResponseOutputItem, { type: 'reasoning' }>

/** Who asks for summaries is given the reasoning as one; who does not gets it as the model wrote it. */
export type ReasoningForm = 'summary' | 'text'

export const reasoningFormOf = ({ reasoning }: ResponsesRequest): ReasoningForm =>
  (reasoning?.summary ?? reasoning?.generate_summary) ? 'summary' : 'text'

export const textPart = (text: string) => ({ type: 'output_text' as const, text, annotations: [], logprobs: [] })

export const messageItem = (text: string | null, status: Status, id = createItemId('message')): MessageItem => ({
  type: 'message',
  id,
  role: 'assistant',
  status,
  content: text === null ? [] : [textPart(text)],
})

export const callItem = (
  call: { id: string; name: string; input: string },
  status: Status,
  id = createItemId('function_call'),
): CallItem => ({ type: 'function_call', id, call_id: call.id, name: call.name, arguments: call.input, status })

export function reasoningItem(
  thought: { text: string; signature: string; form: ReasoningForm },
  status: Status,
  id = createItemId('reasoning'),
): ReasoningItem {
  const { text, signature, form } = thought
  return {
    type: 'reasoning',
    id,
    summary: form === 'summary' && text !== '' ? [{ type: 'summary_text', text }] : [],
    ...(form === 'text' && text !== '' && { content: [{ type: 'reasoning_text' as const, text }] }),
    ...(signature !== '' && { encrypted_content: toSeal(signature) }),
    status,
  }
}

export function toOutputItem(part: AnswerPart, form: ReasoningForm, status: Status): ResponseOutputItem {
  if (part.type === 'text') return messageItem(part.text, status)
  if (part.type === 'reasoning') return reasoningItem({ ...part, form }, status)
  return callItem({ ...part, input: part.input || '{}' }, status)
}
