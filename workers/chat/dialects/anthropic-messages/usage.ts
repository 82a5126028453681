// Anthropic's counts are disjoint, as ours, but for reasoning, which is part of its output.
import type { MessagesUsage } from '#shared/contracts/messages'
import type { Usage } from '#shared/lib/money'

export function toMessagesUsage(usage: Usage): MessagesUsage {
  const reasoning = usage.reasoning_tokens ?? 0
  const written = usage.cache_write_tokens ?? 0
  const long = usage.cache_write_1h_tokens ?? 0
  return {
    // Anthropic's models do not hear, so its shape has no place for sound: it is input like any other.
    input_tokens: (usage.input_tokens ?? 0) + (usage.audio_input_tokens ?? 0),
    output_tokens: (usage.output_tokens ?? 0) + reasoning,
    cache_read_input_tokens: usage.cached_input_tokens ?? 0,
    cache_creation_input_tokens: written + long,
    ...(written + long > 0 && {
      cache_creation: { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: long },
    }),
    ...(reasoning > 0 && { output_tokens_details: { thinking_tokens: reasoning } }),
  }
}
