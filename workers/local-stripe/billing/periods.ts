export type BillingInterval = 'day' | 'week' | 'month' | 'year'

export interface Recurrence {
  /** Every boundary is counted from here, so that a month's end never drifts: 31 Jan, 28 Feb, 31 Mar. */
  anchor: number
  interval: BillingInterval
  intervalCount: number
}

const secondsOfDay = 86_400

function plusMonths({ anchor, months }: { anchor: number; months: number }): number {
  const date = new Date(anchor * 1000)
  const month = date.getUTCMonth() + months
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  const day = Math.min(date.getUTCDate(), lastDay)
  const time = Date.UTC(
    date.getUTCFullYear(),
    month,
    day,
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  )
  return Math.floor(time / 1000)
}

/** The n-th boundary counted from the anchor; n may be negative. */
export function boundary({ anchor, interval, intervalCount }: Recurrence, n: number): number {
  const steps = n * intervalCount
  if (interval === 'day') return anchor + steps * secondsOfDay
  if (interval === 'week') return anchor + steps * 7 * secondsOfDay
  return plusMonths({ anchor, months: interval === 'year' ? steps * 12 : steps })
}

const approximateSeconds = { day: secondsOfDay, week: 7 * secondsOfDay, month: 2_629_746, year: 31_556_952 }

/** The period that an instant falls into; an instant on a boundary belongs to the period that begins there. */
export function periodAt(recurrence: Recurrence, at: number): { start: number; end: number } {
  const length = approximateSeconds[recurrence.interval] * recurrence.intervalCount
  let n = Math.floor((at - recurrence.anchor) / length)
  while (boundary(recurrence, n) > at) n -= 1
  while (boundary(recurrence, n + 1) <= at) n += 1
  return { start: boundary(recurrence, n), end: boundary(recurrence, n + 1) }
}
