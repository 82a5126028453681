interface Step {
  key: string
  from: number
  count: number
  direction: 'ltr' | 'rtl'
}

const WEEK = 7

/** Where a key leads on the axis of days: arrows follow what is seen, so in Arabic ← is the next day. Null: not ours. */
export function stepDay({ key, from, count, direction }: Step): number | null {
  const onward = direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  const back = direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft'
  const steps: Record<string, number> = {
    [onward]: 1,
    ArrowUp: 1,
    [back]: -1,
    ArrowDown: -1,
    PageUp: WEEK,
    PageDown: -WEEK,
    Home: -count,
    End: count,
  }
  const step = steps[key]
  return step === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, from + step))
}
