interface Step {
  key: string
  from: number
  count: number
  columns: number
  rtl: boolean
}

/** Where a key leads in a grid that is filled row by row; null where it leads nowhere. */
export function stepInGrid({ key, from, count, columns, rtl }: Step): number | null {
  const along = rtl ? { ArrowLeft: 1, ArrowRight: -1 } : { ArrowLeft: -1, ArrowRight: 1 }
  const steps: Record<string, number> = { ...along, ArrowUp: -columns, ArrowDown: columns }
  if (count === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = steps[key]
  if (step === undefined) return null
  const to = from + step
  // Below the last row there may be a picture further along in it.
  if (key === 'ArrowDown' && to >= count && Math.floor(from / columns) < Math.floor((count - 1) / columns))
    return count - 1
  return to >= 0 && to < count ? to : null
}

/** How many stand beside the first: those that begin as high as it does. */
export function columnsOf(tops: readonly number[]): number {
  const first = tops[0]
  const next = tops.findIndex((top) => top !== first)
  return Math.max(1, next === -1 ? tops.length : next)
}
