import { expect, test } from 'vitest'
import { readable, tokensOf, toneOf } from './request-words.ts'

test.each([
  [200, 'complete', 'success'],
  [200, null, 'success'],
  [200, 'cut', 'warning'],
  [200, 'left', 'warning'],
  [429, null, 'warning'],
  [502, 'failed', 'danger'],
] as const)('status %s that ended as %s is %s', (status, ending, tone) => {
  expect(toneOf({ status, ending })).toBe(tone)
})

test('tokens are counted by whether they went in or came out', () => {
  expect(
    tokensOf({ usage: { input_tokens: 3, cached_input_tokens: 4, output_tokens: 5, reasoning_tokens: 6 } }),
  ).toEqual({ input: 7, output: 11 })
  expect(tokensOf({ usage: {} })).toBeNull()
})

test('what was kept is shown with its lines, and text as it is', () => {
  expect(readable({ a: 'مرحبا' })).toBe('{\n  "a": "مرحبا"\n}')
  expect(readable('{"a":')).toBe('{"a":')
})
