import { expect, test } from 'vitest'
import { byCurrency, marginMicros, marginPerMille } from './margin.ts'
import { lastMonths, numbersRange } from './months.ts'

const JUNE_FIRST = Date.UTC(2026, 5, 1, 13)

test('a margin is what is left, and there is none of nothing', () => {
  expect(marginMicros({ charged_micros: 1_000, cost_micros: 1_200 })).toBe(-200)
  expect(marginPerMille({ charged_micros: 1_200, cost_micros: 1_000 })).toBe(166)
  expect(marginPerMille({ charged_micros: 0, cost_micros: 50 })).toBeNull()
})

test('currencies are never added to each other', () => {
  const paid = (currency: string, paid_minor: number, refunded_minor = 0) => ({
    currency,
    purpose: 'subscription',
    paid_minor,
    refunded_minor,
  })
  expect(byCurrency([paid('usd', 2_000), paid('kwd', 6_150), paid('usd', 1_000, 500)])).toEqual([
    { currency: 'kwd', paid_minor: 6_150, refunded_minor: 0, net_minor: 6_150 },
    { currency: 'usd', paid_minor: 3_000, refunded_minor: 500, net_minor: 2_500 },
  ])
})

test('periods begin and end at midnight UTC, today included', () => {
  const iso = (period: Parameters<typeof numbersRange>[0]) => {
    const { from, to } = numbersRange(period, JUNE_FIRST)
    return [from, to].map((at) => new Date(at).toISOString().slice(0, 10))
  }
  expect(iso('this-month')).toEqual(['2026-06-01', '2026-06-02'])
  expect(iso('last-month')).toEqual(['2026-05-01', '2026-06-01'])
  expect(iso('30-days')).toEqual(['2026-05-03', '2026-06-02'])
  expect(iso('year')).toEqual(['2026-01-01', '2026-06-02'])
})

test('the months before this one are named, over the turn of the year', () => {
  expect(lastMonths(3, Date.UTC(2026, 1, 28))).toEqual(['2026-02', '2026-01', '2025-12'])
})
