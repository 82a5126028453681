// The Responses API counts cached tokens as part of the input and reasoning as part of the output; our units are disjoint.
import { z } from 'zod'
import type { ResponseUsage } from '#shared/contracts/responses'
import { countsNothing, promptTokens, type Usage } from '#shared/lib/money'

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

const count = z.number().int().min(0).nullish().catch(null)

const ReportedUsage = z.object({
  input_tokens: z.number().int().min(0),
  output_tokens: count,
  input_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }).nullish().catch(null),
  output_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(null),
})

/** Null where the vendor reported nothing that can be read. */
export function usageFromResponse(value: unknown): Usage | null {
  const parsed = ReportedUsage.safeParse(value)
  if (!parsed.success) return null
  const { input_tokens: input, output_tokens: said, input_tokens_details, output_tokens_details } = parsed.data
  const output = said ?? 0
  const cached = Math.min(input, input_tokens_details?.cached_tokens ?? 0)
  const written = Math.min(input - cached, input_tokens_details?.cache_write_tokens ?? 0)
  const reasoning = Math.min(output, output_tokens_details?.reasoning_tokens ?? 0)
  const usage: Usage = { input_tokens: input - cached - written, output_tokens: output - reasoning }
  if (cached > 0) usage.cached_input_tokens = cached
  if (written > 0) usage.cache_write_tokens = written
  if (reasoning > 0) usage.reasoning_tokens = reasoning
  return countsNothing(usage) ? null : usage
}
