import { expect, test } from 'vitest'
import { boundary, periodAt } from './periods.ts'

const at = (text: string) => Date.parse(text) / 1000
const days = (seconds: number[]) => seconds.map((second) => new Date(second * 1000).toISOString().slice(0, 10))

test('a subscription of the 31st of January renews on the last day of February and on the 31st of March', () => {
  const monthly = { anchor: at('2026-01-31T10:00:00Z'), interval: 'month', intervalCount: 1 } as const
  expect(days([0, 1, 2, 3, 13].map((n) => boundary(monthly, n)))).toEqual([
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
    '2027-02-28',
  ])
})

test('a leap day comes back on the 28th until the next leap year', () => {
  const yearly = { anchor: at('2028-02-29T00:00:00Z'), interval: 'year', intervalCount: 1 } as const
  expect(days([1, 4].map((n) => boundary(yearly, n)))).toEqual(['2029-02-28', '2032-02-29'])
})

test('the moment of renewal belongs to the new period', () => {
  const monthly = { anchor: at('2026-01-31T10:00:00Z'), interval: 'month', intervalCount: 1 } as const
  expect(periodAt(monthly, at('2026-02-28T09:59:59Z'))).toEqual({
    start: at('2026-01-31T10:00:00Z'),
    end: at('2026-02-28T10:00:00Z'),
  })
  expect(periodAt(monthly, at('2026-02-28T10:00:00Z')).end).toBe(at('2026-03-31T10:00:00Z'))
})

test('weeks, days and several intervals at once are counted from the anchor too', () => {
  const fortnightly = { anchor: at('2026-01-01T00:00:00Z'), interval: 'week', intervalCount: 2 } as const
  expect(days([periodAt(fortnightly, at('2026-01-16T00:00:00Z')).start])).toEqual(['2026-01-15'])
  const quarterly = { anchor: at('2026-01-31T00:00:00Z'), interval: 'month', intervalCount: 3 } as const
  expect(days([periodAt(quarterly, at('2026-05-01T00:00:00Z')).end])).toEqual(['2026-07-31'])
  const daily = { anchor: at('2026-01-01T00:00:00Z'), interval: 'day', intervalCount: 1 } as const
  expect(days([periodAt(daily, at('2026-03-01T12:00:00Z')).end])).toEqual(['2026-03-02'])
})

test('a time before the anchor has a period as well', () => {
  const monthly = { anchor: at('2026-03-31T00:00:00Z'), interval: 'month', intervalCount: 1 } as const
  expect(days(Object.values(periodAt(monthly, at('2026-03-01T00:00:00Z'))))).toEqual(['2026-02-28', '2026-03-31'])
})
