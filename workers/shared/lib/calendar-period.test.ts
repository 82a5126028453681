import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarPeriods, periodEnd, periodStart } from './calendar-period.ts'

const noon = Date.UTC(2026, 11, 31, 12)

test('a day, a week from Monday and a month, in UTC', () => {
  expect(new Date(noon).getUTCDay()).toBe(4)
  expect(periodStart('day', noon)).toBe(Date.UTC(2026, 11, 31))
  expect(periodStart('week', noon)).toBe(Date.UTC(2026, 11, 28))
  expect(periodStart('month', noon)).toBe(Date.UTC(2026, 11, 1))
  expect(periodStart('forever', noon)).toBe(0)
  expect(periodEnd('day', noon)).toBe(Date.UTC(2027, 0, 1))
  expect(periodEnd('week', noon)).toBe(Date.UTC(2027, 0, 4))
  expect(periodEnd('month', noon)).toBe(Date.UTC(2027, 0, 1))
  expect(periodEnd('forever', noon)).toBeNull()
})

test('every moment is in exactly one period, and the next begins where it ends', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...calendarPeriods),
      fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) }),
      (period, at) => {
        const start = periodStart(period, at)
        const end = periodEnd(period, at)
        expect(start).toBeLessThanOrEqual(at)
        expect(periodStart(period, start)).toBe(start)
        if (end === null) return
        expect(end).toBeGreaterThan(at)
        expect(periodStart(period, end)).toBe(end)
        expect(periodStart(period, end - 1)).toBe(start)
      },
    ),
  )
})
