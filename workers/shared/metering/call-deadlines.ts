// The one timer of a paid call: until the provider's first byte, between its bytes, for the whole call, and for the
// hold, which is renewed while it runs. It looks at the clock when it fires, which is cheaper than being set anew at
// every byte.
import type { Clock } from '../lib/clock.ts'
import { RENEW_EVERY_MS, type Deadlines } from './call-times.ts'
import type { Timers } from './timers.ts'

/** Whoever reads an answer ends its call; where nobody does, it must not hold credit for ever. */
const STOP_GRACE_MS = 1_000

/** The call that is watched. */
export interface Watched {
  /** Whether the answer is being passed on: it is too late for another attempt. */
  isCommitted(): boolean
  /** Another attempt may still do. */
  onAttemptLate(): void
  onLate(): void
  /** Nobody has ended it since. */
  onGrace(): void
  renew(): void
}

export class CallDeadlines {
  readonly #call: Watched
  readonly #clock: Clock
  readonly #timers: Timers
  readonly #deadlines: Deadlines
  readonly #lateAt: number
  #attemptAt: number
  #firstByteMs: number
  #heardAt = 0
  #renewAt: number
  #waitsForNext = false
  readonly #look = () => this.#watch()
  #cancel: () => void

  constructor(call: Watched, about: { clock: Clock; timers: Timers; deadlines: Deadlines; inOnePiece: boolean }) {
    const now = about.clock()
    this.#call = call
    this.#clock = about.clock
    this.#timers = about.timers
    this.#deadlines = about.deadlines
    this.#lateAt = now + about.deadlines.totalMs
    this.#attemptAt = now
    this.#firstByteMs = about.inOnePiece ? about.deadlines.onePieceMs : about.deadlines.firstByteMs
    this.#renewAt = now + RENEW_EVERY_MS
    this.#cancel = about.timers.after(this.#nextAt() - now, this.#look)
  }

  #dueAt(): number {
    return this.#heardAt === 0 ? this.#attemptAt + this.#firstByteMs : this.#heardAt + this.#deadlines.idleMs
  }

  #nextAt(): number {
    return Math.min(this.#lateAt, this.#renewAt, this.#waitsForNext ? this.#lateAt : this.#dueAt())
  }

  #watch(): void {
    const call = this.#call
    const now = this.#clock()
    const late = now >= this.#dueAt()
    if (now >= this.#lateAt || (late && call.isCommitted())) {
      call.onLate()
      this.#cancel = this.#timers.after(STOP_GRACE_MS, () => call.onGrace())
      return
    }
    if (now >= this.#renewAt) {
      this.#renewAt = now + RENEW_EVERY_MS
      call.renew()
    }
    if (late && !this.#waitsForNext) {
      this.#waitsForNext = true
      call.onAttemptLate()
    }
    this.#cancel = this.#timers.after(this.#nextAt() - now, this.#look)
  }

  /** Another attempt begins. */
  begin(inOnePiece: boolean): void {
    this.#firstByteMs = inOnePiece ? this.#deadlines.onePieceMs : this.#deadlines.firstByteMs
    this.#attemptAt = this.#clock()
    this.#heardAt = 0
    this.#waitsForNext = false
    this.#cancel()
    this.#cancel = this.#timers.after(Math.max(0, this.#nextAt() - this.#attemptAt), this.#look)
  }

  alive(): void {
    this.#heardAt = this.#clock()
  }

  remainingMs(): number {
    return Math.max(0, this.#lateAt - this.#clock())
  }

  cancel(): void {
    this.#cancel()
  }
}
