import { createContext } from 'preact'
import { useContext, useRef } from 'preact/hooks'
import { growingDirection } from '../direction/block-direction.ts'
import type { Direction, DirectionVerdict } from '../direction/block-direction.ts'

export interface DirectionSetting {
  /** Where a block's own letters decide nothing. */
  fallback: Direction
  /** What the reader chose for this message. */
  forced: Direction | null
}

export const DirectionContext = createContext<DirectionSetting>({ fallback: 'ltr', forced: null })

/** The direction of one block of prose; while it grows, it does not turn again once it is settled. */
export function useDirection(text: string): Direction {
  const { fallback, forced } = useContext(DirectionContext)
  const verdict = useRef<DirectionVerdict | null>(null)
  verdict.current = growingDirection(verdict.current, { text, fallback })
  return forced ?? verdict.current.direction
}
