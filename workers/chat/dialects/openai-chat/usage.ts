// OpenAI counts cached tokens as part of the prompt and reasoning as part of the completion; our units are disjoint.
import type { ChatUsage } from '#shared/contracts/chat-completions'
import { promptTokens, type Usage } from '#shared/lib/money'
import { countOf, isRecord } from '../loose.ts'

/** Null where it is not a count of anything. */
export function fromChatUsage(value: unknown): Usage | null {
  if (!isRecord(value)) return null
  const prompt = countOf(value['prompt_tokens'])
  const completion = countOf(value['completion_tokens'])
  if (prompt + completion === 0) return null
  const details = isRecord(value['prompt_tokens_details']) ? value['prompt_tokens_details'] : {}
  const outputDetails = isRecord(value['completion_tokens_details']) ? value['completion_tokens_details'] : {}
  const cached = Math.min(prompt, countOf(details['cached_tokens']))
  const written = Math.min(prompt - cached, countOf(details['cache_write_tokens']))
  const reasoning = Math.min(completion, countOf(outputDetails['reasoning_tokens']))
  return {
    input_tokens: prompt - cached - written,
    output_tokens: completion - reasoning,
    ...(cached > 0 && { cached_input_tokens: cached }),
    ...(written > 0 && { cache_write_tokens: written }),
    ...(reasoning > 0 && { reasoning_tokens: reasoning }),
  }
}

export function toChatUsage(usage: Usage): ChatUsage {
  const prompt = promptTokens(usage)
  const reasoning = usage.reasoning_tokens ?? 0
  const completion = (usage.output_tokens ?? 0) + reasoning
  const written = usage.cache_write_tokens ?? 0
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: usage.cached_input_tokens ?? 0, ...(written > 0 && { cache_write_tokens: written }) },
    completion_tokens_details: { reasoning_tokens: reasoning },
  }
}
