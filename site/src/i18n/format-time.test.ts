import { expect, test } from 'vitest'
import { formatRelativeTime, formatTime } from './format-time.ts'

const noon = Date.UTC(2026, 0, 15, 12)
const minute = 60_000

test('a moment ago is told in the largest unit that fits', () => {
  expect(formatRelativeTime('en', noon - 3 * minute, noon)).toBe('3 minutes ago')
  expect(formatRelativeTime('en', noon - 26 * 60 * minute, noon)).toBe('yesterday')
  expect(formatRelativeTime('ar', noon - 2 * minute, noon)).toBe('قبل دقيقتين')
})

test('what lies further back than a month is a date', () => {
  expect(formatRelativeTime('en', noon - 60 * 24 * 60 * minute, noon)).toBe('Nov 16, 2025')
})

test('Arabic dates name the month and keep Latin digits', () => {
  expect(formatTime('ar', noon, 'day', 'UTC')).toBe('15 يناير')
})
