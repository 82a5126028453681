import { expect, test } from 'vitest'
import { formatBytes } from './format-bytes.ts'

test('a size is told with as many digits as anyone can compare', () => {
  expect(formatBytes('en', 0)).toBe('0 bytes')
  expect(formatBytes('en', 999)).toBe('999 bytes')
  expect(formatBytes('en', 2_400_000)).toBe('2.4 MB')
  expect(formatBytes('en', 999_600)).toBe('1 MB')
  expect(formatBytes('en', 250_000_000_000)).toBe('250 GB')
})

test('an Arabic page names the unit in Arabic, with the digits of its other numbers', () => {
  expect(formatBytes('ar', 2_400_000)).toBe('2.4 ميغابايت')
})
