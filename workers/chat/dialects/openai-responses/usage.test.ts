import { expect, test } from 'vitest'
import { toResponseUsage, usageFromResponse } from './usage.ts'

const details = (cached: unknown, written: unknown) => ({ cached_tokens: cached, cache_write_tokens: written })

test.each([
  ['disjoint units add up to what OpenAI counted', { cached_input_tokens: 40, cache_write_tokens: 10 }, 50],
  ['no cache is no unit', {}, 100],
])('%s', (_what, cache, input) => {
  const usage = { input_tokens: input, ...cache, output_tokens: 15, reasoning_tokens: 5 }
  const told = toResponseUsage(usage)
  expect(told).toMatchObject({ input_tokens: 100, output_tokens: 20, total_tokens: 120 })
  expect(usageFromResponse(told)).toEqual(usage)
})

test.each([
  [null],
  ['many'],
  [[]],
  [{ output_tokens: 5 }],
  [{ input_tokens: -1, output_tokens: 5 }],
  [{ input_tokens: 0, output_tokens: 0 }],
])('%j is no count', (value) => {
  expect(usageFromResponse(value)).toBeNull()
})

test('a part is never counted as more than the whole, and nonsense within is nothing', () => {
  expect(
    usageFromResponse({
      input_tokens: 10,
      input_tokens_details: details(50, 'x'),
      output_tokens: 4,
      output_tokens_details: { reasoning_tokens: 9 },
    }),
  ).toEqual({ input_tokens: 0, cached_input_tokens: 10, output_tokens: 0, reasoning_tokens: 4 })
})
