// Days of a chart, each stacked by group. The day's amount is the ledger's, exact at once; what it is made of is the
// book's, which follows within seconds. What the book does not have yet is shown as such, never left out.
import type { UsageSeries, UsageSummaryRow } from '#shared/contracts/usage'
import { dailySeries } from './daily-series.ts'
import type { Day } from './daily-series.ts'
import { dayName } from './period.ts'
import type { Range } from './period.ts'

export interface StackGroup {
  kind: 'group' | 'rest' | 'arriving'
  group: string | null
  micros: number
}

export interface StackedDay extends Day {
  /** One amount for each group. */
  parts: number[]
}

export interface Stack {
  groups: StackGroup[]
  days: StackedDay[]
}

export function stackDays({
  range,
  rows,
  series,
}: {
  range: Range
  rows: UsageSummaryRow[]
  series: UsageSeries
}): Stack {
  const groups: StackGroup[] = series.groups.map(({ group, rest }) => ({
    kind: rest ? 'rest' : 'group',
    group,
    micros: 0,
  }))
  const arriving = groups.length
  const partsOf = new Map<string, { parts: number[]; requests: number }>()
  for (const point of series.points) {
    const day = partsOf.get(point.day) ?? { parts: Array.from({ length: arriving + 1 }, () => 0), requests: 0 }
    day.parts[point.at]! += point.charged_micros
    day.requests += point.requests
    partsOf.set(point.day, day)
  }
  const days = dailySeries(range, rows).map((day): StackedDay => {
    const known = partsOf.get(dayName(day.at)) ?? { parts: Array.from({ length: arriving + 1 }, () => 0), requests: 0 }
    const parts = [...known.parts]
    const counted = parts.reduce((sum, part) => sum + part, 0)
    // The book may also be the newer of the two: they are asked at the same time, and answered one after the other.
    if (day.micros > counted) parts[arriving] = day.micros - counted
    return {
      at: day.at,
      micros: Math.max(day.micros, counted),
      requests: Math.max(day.requests, known.requests),
      parts,
    }
  })
  const sums = days.reduce<number[]>(
    (all, { parts }) => all.map((sum, at) => sum + parts[at]!),
    Array.from({ length: arriving + 1 }, () => 0),
  )
  const named = groups.map((group, at) => ({ ...group, micros: sums[at]! }))
  if (sums[arriving] === 0)
    return { groups: named, days: days.map((day) => ({ ...day, parts: day.parts.slice(0, -1) })) }
  return { groups: [...named, { kind: 'arriving', group: null, micros: sums[arriving]! }], days }
}
