// One line from the platform to a page, shared by whatever on it listens. What was missed is never guessed: the
// listeners are told that there is a gap, and ask their lists again.
import type { FeedMessage } from '#shared/contracts/feed'

/** What a listener hears. `gap`: something may have been missed, so what is shown must be asked for again. */
export type FeedNotice = FeedMessage | { type: 'gap' }
export type FeedListener = (notice: FeedNotice) => void

export interface FeedLine {
  onOpen: () => void
  onLost: () => void
  onData: (data: unknown) => void
}

export interface FeedDeps {
  /** Opens the socket, keeps it open, and answers how to close it. */
  connect: (line: FeedLine) => () => void
  now: () => number
}

/** What happened while the line was first opened is in the lists that were asked for meanwhile, unless it took longer. */
const SLOW_OPENING_MS = 1_000

export interface Feed {
  /** Opens the line with the first listener, and closes it with the last. Answers how to stop listening. */
  listen: (listener: FeedListener) => () => void
}

export function createFeed({ connect, now }: FeedDeps): Feed {
  const listeners = new Set<FeedListener>()
  let disconnect: (() => void) | null = null
  let place: { epoch: string; sequence: number } | null = null
  let openedBefore = false
  let startedAt = 0

  const tell = (notice: FeedNotice): void => {
    for (const listener of listeners) listener(notice)
  }
  const onOpen = (): void => {
    if (openedBefore || now() - startedAt > SLOW_OPENING_MS) tell({ type: 'gap' })
    openedBefore = true
  }
  const onData = (data: unknown): void => {
    const message = readMessage(data)
    if (!message) return
    const { epoch, sequence } = message
    // An object that woke again counts from one; whoever was connected all the time has missed nothing.
    const expected = place?.epoch === epoch ? place.sequence + 1 : place ? 1 : sequence
    place = { epoch, sequence }
    if (sequence > expected) tell({ type: 'gap' })
    tell(message)
  }
  const open = (): void => {
    startedAt = now()
    openedBefore = false
    place = null
    // After a break the count may have moved on; the gap that follows covers it.
    disconnect = connect({ onOpen, onLost: () => void (place = null), onData })
  }
  return {
    listen(listener) {
      listeners.add(listener)
      if (!disconnect) open()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        disconnect?.()
        disconnect = null
      }
    },
  }
}

function readMessage(data: unknown): FeedMessage | null {
  try {
    const message: unknown = JSON.parse(String(data))
    const known = typeof message === 'object' && message !== null && 'type' in message && 'sequence' in message
    return known ? (message as FeedMessage) : null
  } catch {
    return null
  }
}
