// Anthropic's counts are disjoint but for reasoning, which is part of its output. A stream reports twice: at its start,
// and cumulatively at its end, where what did not change may be missing.
import { z } from 'zod'
import { countsNothing, type Usage } from '#shared/lib/money'

const count = z.number().int().min(0).nullish().catch(null)

const ReportedUsage = z.object({
  input_tokens: count,
  output_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  cache_creation: z
    .object({ ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count })
    .nullish()
    .catch(null),
  output_tokens_details: z.object({ thinking_tokens: count }).nullish().catch(null),
})

type Said = z.infer<typeof ReportedUsage>

/** What was written to the cache for an hour is part of what was written at all. */
function writtenOf(said: Said, before: Usage | null): { usual: number; long: number } {
  const { ephemeral_5m_input_tokens: five, ephemeral_1h_input_tokens: hour } = said.cache_creation ?? {}
  const parts = said.cache_creation ? (five ?? 0) + (hour ?? 0) : null
  const known = (before?.cache_write_tokens ?? 0) + (before?.cache_write_1h_tokens ?? 0)
  const all = said.cache_creation_input_tokens ?? parts ?? known
  const long = Math.min(all, hour ?? before?.cache_write_1h_tokens ?? 0)
  return { usual: all - long, long }
}

/** `before`: what the start of the stream said. Null where neither says anything. */
export function usageFromAnthropic(value: unknown, before: Usage | null = null): Usage | null {
  const parsed = ReportedUsage.safeParse(value)
  if (!parsed.success) return before
  const said = parsed.data
  if (said.input_tokens === null && said.output_tokens === null && !before) return null
  const output = said.output_tokens ?? (before?.output_tokens ?? 0) + (before?.reasoning_tokens ?? 0)
  const reasoning = Math.min(output, said.output_tokens_details?.thinking_tokens ?? before?.reasoning_tokens ?? 0)
  const cached = said.cache_read_input_tokens ?? before?.cached_input_tokens ?? 0
  const written = writtenOf(said, before)
  const usage: Usage = {
    input_tokens: said.input_tokens ?? before?.input_tokens ?? 0,
    output_tokens: output - reasoning,
  }
  if (cached > 0) usage.cached_input_tokens = cached
  if (written.usual > 0) usage.cache_write_tokens = written.usual
  if (written.long > 0) usage.cache_write_1h_tokens = written.long
  if (reasoning > 0) usage.reasoning_tokens = reasoning
  return countsNothing(usage) ? null : usage
}
