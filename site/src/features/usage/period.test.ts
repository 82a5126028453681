import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY, dayName, daysOf, isPeriod, rangeOf } from './period.ts'

const evening = Date.UTC(2026, 0, 15, 22, 30)

test('a week is today and the six days before it, whole', () => {
  const range = rangeOf('7-days', evening)
  expect(new Date(range.from).toISOString()).toBe('2026-01-09T00:00:00.000Z')
  expect(new Date(range.to).toISOString()).toBe('2026-01-16T00:00:00.000Z')
  expect(daysOf(range)).toHaveLength(7)
})

test('this month begins on its first day', () => {
  const range = rangeOf('this-month', evening)
  expect(dayName(range.from)).toBe('2026-01-01')
  expect(daysOf(range)).toHaveLength(15)
  expect(daysOf(rangeOf('this-month', Date.UTC(2026, 1, 1)))).toHaveLength(1)
})

test('every period ends with today and has no day twice', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000_000 }),
      fc.constantFrom('7-days', '30-days', '90-days', 'this-month'),
      (now, period) => {
        const days = daysOf(rangeOf(period as '7-days', now))
        expect(days.at(-1)).toBe(Math.floor(now / DAY) * DAY)
        expect(new Set(days.map(dayName)).size).toBe(days.length)
      },
    ),
  )
})

test('a period from the address bar is believed only when it exists', () => {
  expect(isPeriod('30-days')).toBe(true)
  expect(isPeriod('forever')).toBe(false)
  expect(isPeriod(null)).toBe(false)
})

test('the last month is whole, also in January, and a year is as many days as one chart may be of', () => {
  expect(rangeOf('last-month', evening)).toEqual({ from: Date.UTC(2025, 11, 1), to: Date.UTC(2026, 0, 1) })
  expect(daysOf(rangeOf('12-months', evening))).toHaveLength(365)
  expect(rangeOf('12-months', evening).to).toBe(Date.UTC(2026, 0, 16))
})
