interface Step {
  key: string
  /** -1: none yet. */
  from: number
  count: number
  axis: 'block' | 'inline'
  rtl: boolean
}

/** Where an arrow key leads in a list of choices; null where the key means nothing here. */
export function stepFor({ key, from, count, axis, rtl }: Step): number | null {
  if (count === 0) return null
  const forward = axis === 'block' ? 'ArrowDown' : rtl ? 'ArrowLeft' : 'ArrowRight'
  const backward = axis === 'block' ? 'ArrowUp' : rtl ? 'ArrowRight' : 'ArrowLeft'
  if (key === forward) return (from + 1) % count
  if (key === backward) return from <= 0 ? count - 1 : from - 1
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}
