import { expect, test } from 'vitest'
import { readCount } from './read-count.ts'

const read = (text: string) => readCount(text, { most: 1000 })

test('a limit may be typed in Arabic digits, and nothing typed is no limit', () => {
  expect(read('٦٠')).toBe(60)
  expect(read(' 1,000 ')).toBe(1000)
  expect(read('  ')).toBeNull()
})

test('halves, nothing, less than nothing and too much are refused', () => {
  for (const text of ['1.5', '٠', '-3', '1001', 'many']) expect(read(text)).toBe('invalid')
})

test('where nothing at all is a count, zero is one', () => {
  expect(readCount('٠', { least: 0, most: 100 })).toBe(0)
})
