import type { UsageSummaryRow } from '#shared/contracts/usage'
import { dayName, daysOf } from './period.ts'
import type { Range } from './period.ts'

export interface Day {
  at: number
  micros: number
  requests: number
}

/** One row for every day of the period: the summary leaves out the days on which nothing was spent. */
export function dailySeries(range: Range, rows: UsageSummaryRow[]): Day[] {
  const byName = new Map(rows.map((row) => [row.group, row]))
  return daysOf(range).map((at) => {
    const row = byName.get(dayName(at))
    return { at, micros: row?.charged_micros ?? 0, requests: row?.requests ?? 0 }
  })
}

export const totalMicros = (rows: { charged_micros: number }[]): number =>
  rows.reduce((sum, row) => sum + row.charged_micros, 0)

export const dearest = (days: Day[]): Day | undefined =>
  days.reduce<Day | undefined>((top, day) => (top === undefined || day.micros > top.micros ? day : top), undefined)
