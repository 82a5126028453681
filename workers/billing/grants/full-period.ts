// How long the period is that a part of it was paid for: from its end one month or year back, on the calendar. The day
// on which billing began decides what comes before the end of a short month.
import type { PlanInterval } from '#shared/contracts/plans'

/** The same moment `months` later; the last day of the month where it has no such day. */
export function addMonths(at: number, months: number): number {
  const date = new Date(at)
  const month = date.getUTCMonth() + months
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  const moved = Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), last))
  return moved + (at - Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()))
}

const DAY_MS = 86_400_000
const MEAN_MONTH_MS = 30.436875 * DAY_MS

export function periodBefore({
  end,
  interval,
  anchor,
}: {
  end: number
  interval: PlanInterval
  /** When billing began, where that is known. */
  anchor: number | null
}): number {
  const step = interval === 'year' ? 12 : 1
  if (anchor !== null) {
    const about = Math.round((end - anchor) / MEAN_MONTH_MS)
    for (const months of [about - 1, about, about + 1])
      if (addMonths(anchor, months) === end) return addMonths(anchor, months - step)
  }
  // Billing began anew since: only the end is left to count from.
  return addMonths(end, -step)
}
