// Calendar periods in UTC. Weeks begin on Monday.
export const calendarPeriods = ['day', 'week', 'month', 'forever'] as const
export type CalendarPeriod = (typeof calendarPeriods)[number]

const DAY_MS = 86_400_000
/** The epoch was a Thursday: three days after a Monday. */
const MONDAY_OFFSET_DAYS = 3

// Every charge asks for the present month several times, and a date is dear.
let month = { start: 0, end: 0 }

function monthOf(at: number): { start: number; end: number } {
  if (at >= month.start && at < month.end) return month
  const date = new Date(at)
  const [year, index] = [date.getUTCFullYear(), date.getUTCMonth()]
  return (month = { start: Date.UTC(year, index, 1), end: Date.UTC(year, index + 1, 1) })
}

/** When the period that contains `at` began; 0 for `forever`. */
export function periodStart(period: CalendarPeriod, at: number): number {
  const days = Math.floor(at / DAY_MS)
  if (period === 'forever') return 0
  if (period === 'day') return days * DAY_MS
  if (period === 'week') return (days - ((days + MONDAY_OFFSET_DAYS) % 7)) * DAY_MS
  return monthOf(at).start
}

/** When it ends, which is when the next one begins; null for `forever`. */
export function periodEnd(period: CalendarPeriod, at: number): number | null {
  const start = periodStart(period, at)
  if (period === 'forever') return null
  if (period === 'day') return start + DAY_MS
  if (period === 'week') return start + 7 * DAY_MS
  return monthOf(start).end
}
