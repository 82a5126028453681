// OpenAI counts overlap (cached tokens are prompt tokens too); ours are disjoint, so that each is priced once.
import { countsNothing, type Usage } from '#shared/lib/money'

type Reported = Record<string, unknown>

const isReported = (value: unknown): value is Reported =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined where it is not a count: what a vendor says is not believed to have a shape. */
const countOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined

const within = (reported: Reported, group: string, name: string): number | undefined => {
  const details = reported[group]
  return isReported(details) ? countOf(details[name]) : undefined
}

/** Null where the vendor reported nothing that can be read. */
export function usageFromOpenAI(value: unknown): Usage | null {
  if (!isReported(value)) return null
  const prompt = countOf(value['prompt_tokens'])
  if (prompt === undefined) return null
  const completion = countOf(value['completion_tokens']) ?? 0
  // xAI and Google report reasoning beside the completion and not in it: only the total then tells.
  const beside = Math.max(0, (countOf(value['total_tokens']) ?? 0) - prompt - completion)
  const output = completion + beside
  const reasoning = Math.min(
    output,
    Math.max(within(value, 'completion_tokens_details', 'reasoning_tokens') ?? 0, beside),
  )
  // `prompt_cache_hit_tokens` is DeepSeek's name for cached tokens.
  const hits = within(value, 'prompt_tokens_details', 'cached_tokens') ?? countOf(value['prompt_cache_hit_tokens'])
  const cached = Math.min(prompt, hits ?? 0)
  const written = Math.min(prompt - cached, within(value, 'prompt_tokens_details', 'cache_write_tokens') ?? 0)
  const usage: Usage = { input_tokens: prompt - cached - written, output_tokens: output - reasoning }
  if (cached > 0) usage.cached_input_tokens = cached
  if (written > 0) usage.cache_write_tokens = written
  if (reasoning > 0) usage.reasoning_tokens = reasoning
  return countsNothing(usage) ? null : usage
}
