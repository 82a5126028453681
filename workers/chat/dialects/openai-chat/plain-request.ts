// Most requests are a few texts and a few numbers. Such a one is known by looking at it, which costs a tenth of asking
// the schema; whatever is not plain, the schema decides. That nothing is plain which the schema refuses, a test says.
import type { ChatCompletionRequest } from '#shared/contracts/chat-completions'
import { isRecord } from '../loose.ts'

type Check = (value: unknown) => boolean

const isWhole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 1
const isBoolean: Check = (value) => typeof value === 'boolean'
const within =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most

function isPlainMessage(message: unknown): boolean {
  if (!isRecord(message) || typeof message['content'] !== 'string') return false
  for (const name in message) if (name !== 'role' && name !== 'content') return false
  const { role } = message
  return role === 'user' || role === 'assistant' || role === 'system' || role === 'developer'
}

const isPlainList: Check = (messages) =>
  Array.isArray(messages) && messages.length > 0 && messages.every((message) => isPlainMessage(message))

const checks: Record<string, Check> = {
  model: (value) => typeof value === 'string' && value.length >= 1 && value.length <= 200,
  messages: isPlainList,
  stream: isBoolean,
  max_tokens: isWhole,
  max_completion_tokens: isWhole,
  temperature: within(0, 2),
  top_p: within(0, 1),
}

export function isPlainRequest(value: unknown): value is ChatCompletionRequest {
  if (!isRecord(value) || !('model' in value) || !('messages' in value)) return false
  for (const name in value) if (!(Object.hasOwn(checks, name) && checks[name]!(value[name]))) return false
  return true
}
