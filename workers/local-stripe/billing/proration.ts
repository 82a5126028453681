import { roundedQuotient } from './rounding.ts'

/** The share of a period's price that belongs to the time from `at` to its end, to the second. */
export function remainingAmount({
  amount,
  start,
  end,
  at,
}: {
  amount: number
  start: number
  end: number
  at: number
}): number {
  const moment = Math.min(Math.max(at, start), end)
  if (end <= start) return 0
  return roundedQuotient({ numerator: BigInt(amount) * BigInt(end - moment), denominator: BigInt(end - start) })
}

export interface ProratedItem {
  key: string
  /** What the whole period costs after discounts; null where the item did not exist or is paid by use. */
  before: number | null
  after: number | null
}

export interface ProrationLine {
  key: string
  kind: 'unused' | 'remaining'
  amount: number
}

/**
 * What changes when items are exchanged in the middle of a period: the unused time of the old is given back, the
 * remaining time of the new is charged. An item that costs the same as before brings no lines.
 */
export function prorationLines({
  items,
  start,
  end,
  at,
}: {
  items: ProratedItem[]
  start: number
  end: number
  at: number
}): ProrationLine[] {
  const changed = items.filter((item) => item.before !== item.after)
  return changed.flatMap(({ key, before, after }) => {
    const lines: ProrationLine[] = []
    if (before !== null) {
      lines.push({ key, kind: 'unused', amount: 0 - remainingAmount({ amount: before, start, end, at }) })
    }
    if (after !== null) {
      lines.push({ key, kind: 'remaining', amount: remainingAmount({ amount: after, start, end, at }) })
    }
    return lines
  })
}
