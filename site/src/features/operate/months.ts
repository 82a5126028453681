// Periods of the operator's numbers. Days are counted in UTC, as the ledgers count them.
const DAY = 86_400_000

export interface Range {
  from: number
  to: number
}

export const numberPeriods = ['this-month', 'last-month', '30-days', '90-days', 'year'] as const
export type NumberPeriod = (typeof numberPeriods)[number]

export function numbersRange(period: NumberPeriod, now: number): Range {
  const date = new Date(now)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  const tomorrow = Math.floor(now / DAY) * DAY + DAY
  switch (period) {
    case 'this-month':
      return { from: Date.UTC(year, month, 1), to: tomorrow }
    case 'last-month':
      return { from: Date.UTC(year, month - 1, 1), to: Date.UTC(year, month, 1) }
    case '30-days':
      return { from: tomorrow - 30 * DAY, to: tomorrow }
    case '90-days':
      return { from: tomorrow - 90 * DAY, to: tomorrow }
    case 'year':
      return { from: Date.UTC(year, 0, 1), to: tomorrow }
  }
}

/** `2026-06`, the newest first. */
export function lastMonths(count: number, now: number): string[] {
  const date = new Date(now)
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
  )
}
