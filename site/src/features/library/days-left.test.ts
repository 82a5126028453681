import { expect, test } from 'vitest'
import { daysLeft } from './days-left.ts'

const DAY = 86_400_000

test('a day that has begun counts', () => {
  expect(daysLeft(30 * DAY, 0)).toBe(30)
  expect(daysLeft(30 * DAY, 1)).toBe(30)
  expect(daysLeft(30 * DAY, 29 * DAY)).toBe(1)
})

test('what is past its day is not promised another', () => {
  expect(daysLeft(30 * DAY, 30 * DAY)).toBe(0)
  expect(daysLeft(30 * DAY, 40 * DAY)).toBe(0)
})
