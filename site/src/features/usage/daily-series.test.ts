import { expect, test } from 'vitest'
import { dailySeries, dearest, totalMicros } from './daily-series.ts'
import { rangeOf } from './period.ts'

const now = Date.UTC(2026, 0, 15, 9)
const row = (group: string, charged_micros: number) => ({ group, requests: 2, charged_micros, usage: {} })

test('a day on which nothing was spent is a day of nothing, not a gap', () => {
  const days = dailySeries(rangeOf('7-days', now), [row('2026-01-10', 500), row('2026-01-15', 20)])
  expect(days.map(({ micros }) => micros)).toEqual([0, 500, 0, 0, 0, 0, 20])
  expect(days[1]).toEqual({ at: Date.UTC(2026, 0, 10), micros: 500, requests: 2 })
})

test('a day outside the period does not count', () => {
  expect(dailySeries(rangeOf('7-days', now), [row('2025-12-31', 7)]).every(({ micros }) => micros === 0)).toBe(true)
})

test('the total is the sum of what was charged and the dearest day the first of its size', () => {
  expect(totalMicros([row('a', 1), row('b', 2)])).toBe(3)
  const days = dailySeries(rangeOf('7-days', now), [row('2026-01-10', 5), row('2026-01-11', 5)])
  expect(dearest(days)?.at).toBe(Date.UTC(2026, 0, 10))
  expect(dearest([])).toBeUndefined()
})
