import { expect, test } from 'vitest'
import { prorationLines, remainingAmount } from './proration.ts'

const day = 86_400
const month = { start: 0, end: 30 * day }

test('half a month of a plan is half its price', () => {
  expect(remainingAmount({ amount: 2000, ...month, at: 15 * day })).toBe(1000)
  expect(remainingAmount({ amount: 2000, ...month, at: 0 })).toBe(2000)
  expect(remainingAmount({ amount: 2000, ...month, at: 30 * day })).toBe(0)
})

test('a second counts', () => {
  expect(remainingAmount({ amount: 30 * day * 100, ...month, at: 1 })).toBe((30 * day - 1) * 100)
})

test('a date outside the period is drawn to its edge', () => {
  expect(remainingAmount({ amount: 2000, ...month, at: -5 })).toBe(2000)
  expect(remainingAmount({ amount: 2000, ...month, at: 31 * day })).toBe(0)
})

test('an upgrade gives the unused time back and charges the remaining time of the new plan', () => {
  const lines = prorationLines({ items: [{ key: 'si_1', before: 2000, after: 5000 }], ...month, at: 10 * day })
  expect(lines).toEqual([
    { key: 'si_1', kind: 'unused', amount: -1333 },
    { key: 'si_1', kind: 'remaining', amount: 3333 },
  ])
})

test('an item that is new is only charged, one that is removed only given back, one that stays is left alone', () => {
  const items = [
    { key: 'new', before: null, after: 900 },
    { key: 'gone', before: 900, after: null },
    { key: 'same', before: 900, after: 900 },
  ]
  expect(prorationLines({ items, ...month, at: 20 * day })).toEqual([
    { key: 'new', kind: 'remaining', amount: 300 },
    { key: 'gone', kind: 'unused', amount: -300 },
  ])
})
