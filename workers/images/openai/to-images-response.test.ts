import { expect, test } from 'vitest'
import { toUsageResponse } from './to-images-response.ts'

test('tokens of words and of pictures are told apart, as OpenAI does', () => {
  expect(
    toUsageResponse({ input_tokens: 10, cached_input_tokens: 2, image_input_tokens: 300, image_output_tokens: 1_056 }),
  ).toEqual({
    input_tokens: 312,
    input_tokens_details: { text_tokens: 12, image_tokens: 300 },
    output_tokens: 1_056,
    output_tokens_details: { text_tokens: 0, image_tokens: 1_056 },
    total_tokens: 1_368,
  })
})

test('a vendor that counts pictures counts no tokens', () => {
  expect(toUsageResponse({ images: 4 })).toMatchObject({ input_tokens: 0, output_tokens: 0, total_tokens: 0 })
})
