import { expect, test } from 'vitest'
import { usageFromAnthropic } from './anthropic-usage.ts'
import { usageFromOpenAI } from './openai-protocol/usage.ts'

test('OpenAI’s overlapping counts become disjoint ones', () => {
  const reported = {
    prompt_tokens: 100,
    completion_tokens: 50,
    total_tokens: 150,
    prompt_tokens_details: { cached_tokens: 40 },
    completion_tokens_details: { reasoning_tokens: 20 },
  }
  expect(usageFromOpenAI(reported)).toEqual({
    input_tokens: 60,
    cached_input_tokens: 40,
    output_tokens: 30,
    reasoning_tokens: 20,
  })
})

test('a count of nothing is no count: the answer is estimated, never free', () => {
  expect(usageFromOpenAI({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 })).toBeNull()
  expect(usageFromAnthropic({ input_tokens: 0, output_tokens: 0 })).toBeNull()
})

test('Anthropic’s second report completes its first', () => {
  const before = usageFromAnthropic({ input_tokens: 12, cache_read_input_tokens: 30, output_tokens: 1 })
  expect(usageFromAnthropic({ output_tokens: 9 }, before)).toEqual({
    input_tokens: 12,
    cached_input_tokens: 30,
    output_tokens: 9,
  })
})
