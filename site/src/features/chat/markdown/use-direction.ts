import { createContext } from 'preact'
import { useContext, useRef } from 'preact/hooks'
import { growingDirection } from '../direction/block-direction.ts'
import type { Direction, DirectionVerdict } from '../direction/block-direction.ts'

export interface ProseSetting {
  /** Where a block's own letters decide nothing. */
  fallback: Direction
  /** What the reader chose for this message. */
  forced: Direction | null
  /** The highest heading of the message, which is drawn right below the page's own. */
  topHeading: number
}

/** The side of the marks of the list that one is in. */
export const ListContext = createContext<Direction | null>(null)

export const ProseContext = createContext<ProseSetting>({ fallback: 'ltr', forced: null, topHeading: 1 })

/** The direction of one block of prose; while it grows, it does not turn again once it is settled. */
export function useDirection(text: string): Direction {
  const { fallback, forced } = useContext(ProseContext)
  const verdict = useRef<DirectionVerdict | null>(null)
  verdict.current = growingDirection(verdict.current, { text, fallback })
  return forced ?? verdict.current.direction
}
