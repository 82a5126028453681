import type { Conversation } from '#shared/contracts/conversation'

export interface DayGroup {
  kind: 'today' | 'yesterday' | 'week' | 'month'
  /** A moment within it, by which the reader's calendar names a month. */
  at: number
  rows: Conversation[]
}

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

function daysBefore(today: number, count: number): number {
  const day = new Date(today)
  // By the calendar, not by hours: two days of a year have no 24 of them.
  day.setDate(day.getDate() - count)
  return day.getTime()
}

/** Today, yesterday, the past week, then months. `rows` come newest first and stay so. */
export function groupByDay(rows: readonly Conversation[], now: number): DayGroup[] {
  const today = startOfDay(now)
  const [yesterday, week] = [daysBefore(today, 1), daysBefore(today, 7)]
  const groups: DayGroup[] = []
  for (const row of rows) {
    const at = row.updated_at
    const kind = at >= today ? 'today' : at >= yesterday ? 'yesterday' : at >= week ? 'week' : 'month'
    const last = groups.at(-1)
    const fits = last?.kind === kind && (last.kind !== 'month' || sameMonth(last.at, at))
    if (last && fits) last.rows.push(row)
    else groups.push({ kind, at, rows: [row] })
  }
  return groups
}

function sameMonth(a: number, b: number): boolean {
  const [first, second] = [new Date(a), new Date(b)]
  return first.getMonth() === second.getMonth() && first.getFullYear() === second.getFullYear()
}
