// When the object must wake by itself: a hold runs out or credit expires, entries and notices wait to be sent, what was used to be
// written down, old answers to be forgotten.
import { ANSWER_LIFETIME_MS } from './idempotency.ts'
import type { Change, LedgerState } from './state.ts'

/** Entries of one second travel together. */
const PUBLISH_AFTER_MS = 1_000
/** Sooner than an idle object is put to sleep, which would forget when a key was used. */
const FOLD_AFTER_MS = 5_000

export class Agenda {
  #tidyAt = Number.POSITIVE_INFINITY
  #forgetAt = Number.POSITIVE_INFINITY

  /** Something was used that the log does not tell of. */
  used(now: number): void {
    this.publishIn(FOLD_AFTER_MS, now)
  }

  written(changes: readonly Change[], now: number): void {
    for (const change of changes) {
      if (change.type === 'entry-added' || change.type === 'notice-due') this.publishIn(PUBLISH_AFTER_MS, now)
      const remembered =
        change.type === 'hold-expired' ||
        change.type === 'hold-released' ||
        (change.type === 'entry-added' && (change.answer || change.abandoned))
      if (remembered) this.rememberedSince(now)
    }
  }

  publishIn(milliseconds: number, now: number): void {
    this.#tidyAt = Math.min(this.#tidyAt, now + milliseconds)
  }

  rememberedSince(at: number | null): void {
    if (at !== null) this.#forgetAt = Math.min(this.#forgetAt, at + ANSWER_LIFETIME_MS)
  }

  tidied(): void {
    this.#tidyAt = Number.POSITIVE_INFINITY
  }

  /** Whether something is old enough to be forgotten; if so, what is left says when to look again. */
  mayForget(now: number): boolean {
    if (now < this.#forgetAt) return false
    this.#forgetAt = Number.POSITIVE_INFINITY
    return true
  }

  next({ nextExpiry, nextCreditExpiry }: Pick<LedgerState, 'nextExpiry' | 'nextCreditExpiry'>): number {
    return Math.min(this.#tidyAt, this.#forgetAt, nextExpiry, nextCreditExpiry)
  }
}
