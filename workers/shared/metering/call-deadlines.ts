// The one timer of a paid call: until the provider's first byte, between its bytes, for the whole call, and for the
// hold, which is renewed while it runs. It looks at the clock when it fires, which is cheaper than being set anew at
// every byte.
import type { Clock } from '../lib/clock.ts'
import { RENEW_EVERY_MS, type Deadlines } from './metered-call.ts'
import type { Timers } from './timers.ts'

/** Whoever reads an answer ends its call; where nobody does, it must not hold credit for ever. */
const STOP_GRACE_MS = 1_000

export interface CallDeadlinesInput {
  clock: Clock
  timers: Timers
  deadlines: Deadlines
  inOnePiece: boolean
  /** Whether the answer is being passed on: it is too late for another attempt. */
  committed: () => boolean
  /** Another attempt may still do. */
  onAttemptLate: () => void
  onLate: () => void
  /** Nobody has ended it since. */
  onGrace: () => void
  renew: () => void
}

export interface CallDeadlines {
  /** Another attempt begins. */
  begin(inOnePiece: boolean): void
  alive(): void
  remainingMs(): number
  cancel(): void
}

export function createCallDeadlines(input: CallDeadlinesInput): CallDeadlines {
  const { clock, timers, deadlines } = input
  const startedAt = clock()
  const lateAt = startedAt + deadlines.totalMs
  let firstByteMs = input.inOnePiece ? deadlines.onePieceMs : deadlines.firstByteMs
  let attemptAt = startedAt
  let heardAt: number | null = null
  let renewAt = startedAt + RENEW_EVERY_MS
  let waitingForNext = false
  let cancel = () => {}

  const dueAt = () => (heardAt === null ? attemptAt + firstByteMs : heardAt + deadlines.idleMs)

  function watch() {
    const now = clock()
    const late = now >= dueAt()
    if (now >= lateAt || (late && input.committed())) {
      input.onLate()
      cancel = timers.after(STOP_GRACE_MS, input.onGrace)
      return
    }
    if (now >= renewAt) {
      renewAt = now + RENEW_EVERY_MS
      input.renew()
    }
    if (late && !waitingForNext) {
      waitingForNext = true
      input.onAttemptLate()
    }
    cancel = timers.after(Math.min(lateAt, renewAt, waitingForNext ? lateAt : dueAt()) - now, watch)
  }

  cancel = timers.after(Math.min(lateAt, renewAt, dueAt()) - startedAt, watch)
  return {
    begin(inOnePiece) {
      firstByteMs = inOnePiece ? deadlines.onePieceMs : deadlines.firstByteMs
      attemptAt = clock()
      heardAt = null
      waitingForNext = false
      cancel()
      cancel = timers.after(Math.max(0, Math.min(lateAt, renewAt, dueAt()) - attemptAt), watch)
    },
    alive: () => void (heardAt = clock()),
    remainingMs: () => Math.max(0, lateAt - clock()),
    cancel: () => cancel(),
  }
}
