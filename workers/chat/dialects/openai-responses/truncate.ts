// `truncation: "auto"`: the oldest items are left out until the rest fits the model's window.
import { estimateRequestTokens } from '#shared/catalog/estimate-tokens'
import type { ResponseItem, ResponsesRequest } from '#shared/contracts/responses'
import type { LanguageModels } from '#shared/providers/language-models'
import { itemsOf } from './items.ts'
import { toLanguageRequest, toMessages } from './to-language-request.ts'

/** Left for the answer where the caller does not say how long it may be. */
const USUAL_ANSWER = 1_024

/** What the model is told, not what was said to it. */
const isStanding = (item: ResponseItem): boolean =>
  'role' in item && (item.role === 'system' || item.role === 'developer')

const isResult = (item: ResponseItem): item is Extract<ResponseItem, { type: `${string}_output` }> =>
  item.type === 'function_call_output' || item.type === 'custom_tool_call_output'

const callIdOf = (item: ResponseItem): string | null => ('call_id' in item && !isResult(item) ? item.call_id : null)

function windowOf(body: ResponsesRequest, models: LanguageModels): number | null {
  try {
    return models.resolve(body.model).model.contextTokens
  } catch {
    // Another name for a model, or none: whoever resolves it says so.
    return null
  }
}

const sizeOf = (item: ResponseItem): number =>
  estimateRequestTokens({ messages: toMessages([item]) }) +
  (item.type === 'reasoning' ? Math.ceil((item.encrypted_content?.length ?? 0) / 4) : 0)

export function truncateItems(body: ResponsesRequest, models: LanguageModels): ResponsesRequest {
  const window = windowOf(body, models)
  const items = itemsOf(body)
  if (window === null || items.length < 2) return body
  const { messages: _, ...around } = toLanguageRequest({ ...body, input: 'x' }).request
  const room = window - Math.min(body.max_output_tokens ?? USUAL_ANSWER, Math.floor(window / 2))
  const instructions = body.instructions ? [{ type: 'text' as const, text: body.instructions }] : []
  const standing = estimateRequestTokens({ ...around, messages: [{ role: 'system', content: instructions }] })
  const sizes = items.map(sizeOf)
  let total = standing + sizes.reduce((sum, size) => sum + size, 0)
  const dropped = new Set<number>()
  for (let at = 0; at < items.length - 1 && total > room; at++) {
    if (isStanding(items[at]!)) continue
    dropped.add(at)
    total -= sizes[at]!
  }
  if (dropped.size === 0) return body
  const kept = items.filter((_item, at) => !dropped.has(at))
  const calls = new Set(kept.map(callIdOf))
  // A result without its call is one that every vendor refuses.
  return { ...body, input: kept.filter((item) => !isResult(item) || calls.has(item.call_id)) }
}
