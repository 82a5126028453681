// OpenAI counts overlap (cached tokens are prompt tokens too); ours are disjoint, so that each is priced once.
import { z } from 'zod'
import { countsNothing, type Usage } from '#shared/lib/money'

const count = z.number().int().min(0).nullish().catch(null)

const ReportedUsage = z.object({
  prompt_tokens: z.number().int().min(0),
  completion_tokens: count,
  total_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }).nullish().catch(null),
  completion_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(null),
  /** DeepSeek's name for cached tokens. */
  prompt_cache_hit_tokens: count,
})

/** Null where the vendor reported nothing that can be read. */
export function usageFromOpenAI(value: unknown): Usage | null {
  const parsed = ReportedUsage.safeParse(value)
  if (!parsed.success) return null
  const { prompt_tokens, total_tokens, prompt_tokens_details, completion_tokens_details, prompt_cache_hit_tokens } =
    parsed.data
  const completion = parsed.data.completion_tokens ?? 0
  // xAI and Google report reasoning beside the completion and not in it: only the total then tells.
  const beside = Math.max(0, (total_tokens ?? 0) - prompt_tokens - completion)
  const output = completion + beside
  const reasoning = Math.min(output, Math.max(completion_tokens_details?.reasoning_tokens ?? 0, beside))
  const cached = Math.min(prompt_tokens, prompt_tokens_details?.cached_tokens ?? prompt_cache_hit_tokens ?? 0)
  const written = Math.min(prompt_tokens - cached, prompt_tokens_details?.cache_write_tokens ?? 0)
  const usage: Usage = { input_tokens: prompt_tokens - cached - written, output_tokens: output - reasoning }
  if (cached > 0) usage.cached_input_tokens = cached
  if (written > 0) usage.cache_write_tokens = written
  if (reasoning > 0) usage.reasoning_tokens = reasoning
  return countsNothing(usage) ? null : usage
}
