import { expect, test } from 'vitest'
import { formatDuration } from './format-duration.ts'

test('a time is said in the largest unit that leaves nothing over', () => {
  expect(formatDuration('en', 86_400)).toBe('1 day')
  expect(formatDuration('en', 5_400)).toBe('90 minutes')
  expect(formatDuration('en', 61)).toBe('61 seconds')
  expect(formatDuration('ar', 7_200)).toMatch(/ساعت/)
})
