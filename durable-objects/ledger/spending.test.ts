import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarPeriods, periodEnd, periodStart } from '#shared/lib/calendar-period'
import { addSpending, noSpending, spentIn } from './spending.ts'

const START = Date.UTC(2026, 0, 28)

test('a running total is the sum of what was spent since its period began', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ pause: fc.integer({ min: 0, max: 5 * 86_400_000 }), micros: fc.integer({ min: 0, max: 1_000 }) }),
        { maxLength: 40 },
      ),
      fc.integer({ min: 0, max: 40 * 86_400_000 }),
      fc.constantFrom(...calendarPeriods),
      (charges, later, period) => {
        const spending = noSpending()
        const all: { at: number; micros: number }[] = []
        let at = START
        for (const { pause, micros } of charges) {
          at += pause
          addSpending(spending, micros, at)
          all.push({ at, micros })
        }
        const now = at + later
        const from = periodStart(period, now)
        expect(spentIn(spending, period, now)).toBe(
          all.filter((charge) => charge.at >= from).reduce((sum, charge) => sum + charge.micros, 0),
        )
      },
    ),
  )
})

test('the first moment of a new period finds nothing spent', () => {
  const spending = noSpending()
  addSpending(spending, 70, START)
  for (const period of ['day', 'week', 'month'] as const) {
    const end = periodEnd(period, START)!
    expect(spentIn(spending, period, end - 1)).toBe(70)
    expect(spentIn(spending, period, end)).toBe(0)
  }
  expect(spentIn(spending, 'forever', START * 2)).toBe(70)
})
