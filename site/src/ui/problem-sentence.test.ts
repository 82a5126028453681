import { expect, test } from 'vitest'
import { problemSentence } from './problem-sentence.ts'

test('a problem is told in the reader’s language', () => {
  expect(problemSentence('en', { code: 'insufficient_credits' })).toMatch(/not enough credit/)
  expect(problemSentence('ar', { code: 'insufficient_credits' })).toMatch(/الرصيد/)
})

test('a code that nobody knows still gets a sentence', () => {
  expect(problemSentence('en', { code: 'weather' })).toMatch(/unexpected/)
})
