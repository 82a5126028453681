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

/** What came from a cache: OpenAI's name for it, then DeepSeek's, Moonshot's, and Anthropic's as proxies leave it. */
const cachedOf = (reported: Reported): number =>
  within(reported, 'prompt_tokens_details', 'cached_tokens') ??
  countOf(reported['prompt_cache_hit_tokens']) ??
  countOf(reported['cached_tokens']) ??
  countOf(reported['cache_read_input_tokens']) ??
  0

const writtenOf = (reported: Reported): number =>
  within(reported, 'prompt_tokens_details', 'cache_write_tokens') ??
  within(reported, 'prompt_tokens_details', 'cache_creation_tokens') ??
  within(reported, 'prompt_tokens_details', 'cache_creation_input_tokens') ??
  countOf(reported['cache_creation_input_tokens']) ??
  0

/** Null where the vendor reported nothing that can be read. */
export function usageFromOpenAI(value: unknown): Usage | null {
  if (!isReported(value)) return null
  const said = countOf(value['prompt_tokens'])
  if (said === undefined) return null
  const ofCache = cachedOf(value) + writtenOf(value)
  // More than the whole of it: a proxy has left Anthropic's counts as they were, beside the prompt and not in it.
  const prompt = ofCache > said ? said + ofCache : said
  const completion = countOf(value['completion_tokens']) ?? 0
  // xAI and Google report reasoning beside the completion and not in it: only the total then tells.
  const beside = Math.max(0, (countOf(value['total_tokens']) ?? 0) - prompt - completion)
  const output = completion + beside
  const reasoning = Math.min(
    output,
    Math.max(within(value, 'completion_tokens_details', 'reasoning_tokens') ?? 0, beside),
  )
  const cached = cachedOf(value)
  const written = writtenOf(value)
  const fresh = prompt - cached - written
  const audio = Math.min(fresh, within(value, 'prompt_tokens_details', 'audio_tokens') ?? 0)
  const usage: Usage = { input_tokens: fresh - audio, output_tokens: output - reasoning }
  if (audio > 0) usage.audio_input_tokens = audio
  if (cached > 0) usage.cached_input_tokens = cached
  if (written > 0) usage.cache_write_tokens = written
  if (reasoning > 0) usage.reasoning_tokens = reasoning
  return countsNothing(usage) ? null : usage
}
