// OpenAI counts cached tokens as part of the prompt and reasoning as part of the completion; our units are disjoint.
import type { ChatUsage } from '#shared/contracts/chat-completions'
import { promptTokens, type Usage } from '#shared/lib/money'

export function toChatUsage(usage: Usage): ChatUsage {
  const prompt = promptTokens(usage)
  const reasoning = usage.reasoning_tokens ?? 0
  const completion = (usage.output_tokens ?? 0) + reasoning
  const written = (usage.cache_write_tokens ?? 0) + (usage.cache_write_1h_tokens ?? 0)
  const audio = usage.audio_input_tokens ?? 0
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: {
      cached_tokens: usage.cached_input_tokens ?? 0,
      ...(written > 0 && { cache_write_tokens: written }),
      ...(audio > 0 && { audio_tokens: audio }),
    },
    completion_tokens_details: { reasoning_tokens: reasoning },
  }
}
