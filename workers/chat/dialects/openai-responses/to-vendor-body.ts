// A whole request → what OpenAI is sent: nothing is kept there, so nothing is named by its id there.
import type { ResponseItem, ResponsesRequest } from '#shared/contracts/responses'
import { itemsOf } from './items.ts'
import { isOpenAISeal } from './seals.ts'

/** Ours to do, told back by us, or nobody's business but the caller's. */
const ours = ['previous_response_id', 'metadata', 'background', 'store', 'client_metadata']

/** Reasoning goes back under the id that it was sealed with, and only with its seal; everything else is nobody's there. */
function toVendorItem(item: ResponseItem): Record<string, unknown> | null {
  if (item.type === 'reasoning') {
    const { id, summary, encrypted_content } = item
    return isOpenAISeal(encrypted_content) ? { type: 'reasoning', ...(id && { id }), summary, encrypted_content } : null
  }
  const { id: _, status: _status, ...rest } = item as ResponseItem & { status?: unknown }
  return rest
}

export function toVendorBody({
  body,
  upstream,
  maxOutputTokens,
}: {
  body: ResponsesRequest
  upstream: string
  maxOutputTokens: number
}): Record<string, unknown> {
  const passed = Object.fromEntries(Object.entries(body).filter(([name]) => !ours.includes(name)))
  return {
    ...passed,
    model: upstream,
    input: itemsOf(body)
      .map(toVendorItem)
      .filter((item) => item !== null),
    max_output_tokens: maxOutputTokens,
    store: false,
  }
}
