// The Responses API counts cached tokens as part of the input and reasoning as part of the output; our units are disjoint.
import type { ResponseUsage } from '#shared/contracts/responses'
import { countsNothing, promptTokens, type Usage } from '#shared/lib/money'
import { isRecord } from '../loose.ts'

export function toResponseUsage(usage: Usage): ResponseUsage {
  const input = promptTokens(usage)
  const reasoning = usage.reasoning_tokens ?? 0
  const output = (usage.output_tokens ?? 0) + reasoning
  return {
    input_tokens: input,
    input_tokens_details: {
      cached_tokens: usage.cached_input_tokens ?? 0,
      cache_write_tokens: usage.cache_write_tokens ?? 0,
    },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  }
}

/** Undefined where it is not a count: what a vendor says is not believed to have a shape. */
const countOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined

const within = (details: unknown, name: string): number => (isRecord(details) ? (countOf(details[name]) ?? 0) : 0)

/** Null where the vendor reported nothing that can be read. */
export function usageFromResponse(value: unknown): Usage | null {
  if (!isRecord(value)) return null
  const input = countOf(value['input_tokens'])
  if (input === undefined) return null
  const output = countOf(value['output_tokens']) ?? 0
  const cached = Math.min(input, within(value['input_tokens_details'], 'cached_tokens'))
  const written = Math.min(input - cached, within(value['input_tokens_details'], 'cache_write_tokens'))
  const reasoning = Math.min(output, within(value['output_tokens_details'], 'reasoning_tokens'))
  const usage: Usage = { input_tokens: input - cached - written, output_tokens: output - reasoning }
  if (cached > 0) usage.cached_input_tokens = cached
  if (written > 0) usage.cache_write_tokens = written
  if (reasoning > 0) usage.reasoning_tokens = reasoning
  return countsNothing(usage) ? null : usage
}
