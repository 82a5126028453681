// What was painted, step by step, as it can be taken back. Strokes are kept, not pictures of them: they are small and can be
// drawn again at any size.
export interface Stroke {
  kind: 'brush' | 'eraser'
  /** In pixels of the picture. */
  size: number
  points: readonly { x: number; y: number }[]
}

export type Step = Stroke | { kind: 'invert' } | { kind: 'clear' }

export interface MaskHistory {
  done: readonly Step[]
  undone: readonly Step[]
}

export const emptyMask: MaskHistory = { done: [], undone: [] }

export const withStep = ({ done }: MaskHistory, step: Step): MaskHistory => ({ done: [...done, step], undone: [] })

export function undo(history: MaskHistory): MaskHistory {
  const last = history.done.at(-1)
  return last ? { done: history.done.slice(0, -1), undone: [...history.undone, last] } : history
}

export function redo(history: MaskHistory): MaskHistory {
  const last = history.undone.at(-1)
  return last ? { done: [...history.done, last], undone: history.undone.slice(0, -1) } : history
}

/** Only what comes after the last clearing has to be drawn. */
export function visibleSteps({ done }: MaskHistory): readonly Step[] {
  const cleared = done.findLastIndex(({ kind }) => kind === 'clear')
  return done.slice(cleared + 1)
}

export const BRUSH_SIZES = { min: 4, max: 400 } as const

/** `[` and `]`: a quarter smaller or larger, so that small brushes change finely. */
export const brushAfter = (size: number, direction: 1 | -1): number => {
  const next = direction === 1 ? Math.ceil(size * 1.25) : Math.floor(size / 1.25)
  return Math.max(BRUSH_SIZES.min, Math.min(BRUSH_SIZES.max, next))
}
