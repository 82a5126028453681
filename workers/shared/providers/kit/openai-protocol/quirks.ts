/** Where vendors that speak OpenAI's chat completions differ from it. A second quirk of behaviour earns a folder. */
export interface Quirks {
  /** As people know the vendor. */
  label: string
  maxTokens: 'max_tokens' | 'max_completion_tokens'
  /** Whether `stream_options` is understood; those without it report usage unasked. */
  streamOptions: boolean
  seed: 'seed' | 'random_seed'
  endUser: 'safety_identifier' | 'user' | null
  /** What "call some tool" is called. */
  requiredTool: 'required' | 'any'
  /** How hard to reason: a field of its own, or DeepSeek's switch beside it. */
  reasoning: 'effort' | 'effort-and-switch'
  /** Whether a model wants its own reasoning back beside its tool calls. */
  reasoningBack: boolean
  /** Whether a caller of OpenAI's dialect is passed through untranslated. */
  native: boolean
  /** Whether `prompt_cache_key` and its like are understood. */
  promptCache: boolean
  /** Whether the vendor fetches images by their address; where not, they are fetched for it. */
  fetchesImages: boolean
  /** Whether a caller may send what OpenAI's dialect does not have: only to a server of the operator's own. */
  unknownParameters?: boolean
}

export const openAIQuirks: Quirks = {
  label: 'OpenAI',
  maxTokens: 'max_completion_tokens',
  streamOptions: true,
  seed: 'seed',
  endUser: 'safety_identifier',
  requiredTool: 'required',
  reasoning: 'effort',
  reasoningBack: false,
  native: true,
  promptCache: true,
  fetchesImages: true,
}
