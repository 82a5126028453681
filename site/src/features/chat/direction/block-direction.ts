// Which way one block of a message reads: the side with more strong letters, not the side of the first one,
// because an Arabic sentence often opens with an English name.
import { countStrongLetters } from './strong-letters.ts'

export type Direction = 'ltr' | 'rtl'

/** After so many letters a block that is still being written keeps the side it has, so that text never jumps under a reader. */
export const LOCK_AFTER_LETTERS = 40

export interface DirectionVerdict {
  direction: Direction
  /** Enough was read to stay with it while the block grows. */
  settled: boolean
}

/** `fallback`: the conversation's direction, else the page's. It decides where nothing does, or both sides weigh the same. */
export function weighDirection({ text, fallback }: { text: string; fallback: Direction }): DirectionVerdict {
  const { rtl, ltr } = countStrongLetters(text)
  const direction = rtl === ltr ? fallback : rtl > ltr ? 'rtl' : 'ltr'
  return { direction, settled: rtl + ltr >= LOCK_AFTER_LETTERS }
}

export const blockDirection = (block: { text: string; fallback: Direction }): Direction =>
  weighDirection(block).direction

/** The side of a block that grows: what was settled before stays. */
export function growingDirection(
  before: DirectionVerdict | null,
  block: { text: string; fallback: Direction },
): DirectionVerdict {
  return before?.settled ? before : weighDirection(block)
}
