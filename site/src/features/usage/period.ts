// The ledger counts days in UTC, so a period here begins and ends at midnight UTC.
export const periods = ['7-days', '30-days', '90-days', 'this-month', 'last-month', '12-months'] as const
export type Period = (typeof periods)[number]

export const DAY = 86_400_000

export interface Range {
  /** The first millisecond of the first day. */
  from: number
  /** The first millisecond after the last day. */
  to: number
}

export const isPeriod = (value: string | null): value is Period => (periods as readonly string[]).includes(value ?? '')

const lengths = { '7-days': 7, '30-days': 30, '90-days': 90, '12-months': 365 } satisfies Partial<
  Record<Period, number>
>

/** The days of a period, today included where it is not over. */
export function rangeOf(period: Period, now: number): Range {
  const today = Math.floor(now / DAY) * DAY
  const to = today + DAY
  const date = new Date(now)
  const month = (ago: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - ago, 1)
  if (period === 'this-month') return { from: month(0), to }
  if (period === 'last-month') return { from: month(1), to: month(0) }
  return { from: to - lengths[period] * DAY, to }
}

/** 1768435200000 → "2026-01-15", the name that the summary gives to a day. */
export const dayName = (at: number): string => new Date(at).toISOString().slice(0, 10)

export function daysOf({ from, to }: Range): number[] {
  const days: number[] = []
  for (let at = from; at < to; at += DAY) days.push(at)
  return days
}
