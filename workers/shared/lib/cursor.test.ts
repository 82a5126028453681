import { expect, test } from 'vitest'
import { equalInConstantTime } from './constant-time.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

test('a cursor is opaque, safe in a URL and good for its own list alone', () => {
  const cursor = encodeCursor('entries', 42)
  expect(cursor).toMatch(/^[\w-]+$/)
  expect(decodeCursor('entries', cursor)).toBe('42')
  expect(decodeCursor('keys', cursor)).toBeNull()
})

test.each(['', 'nonsense', '%%%', '💥', '_w'])('%j is not a cursor', (text) => {
  expect(decodeCursor('entries', text)).toBeNull()
})

test('secrets are equal only as a whole', () => {
  expect(equalInConstantTime('abc', 'abc')).toBe(true)
  expect(equalInConstantTime('abc', 'abd')).toBe(false)
  expect(equalInConstantTime('abc', 'ab')).toBe(false)
})
