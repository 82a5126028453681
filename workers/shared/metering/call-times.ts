// How long a paid call may take, and its hold live.
export interface Deadlines {
  /** Of each attempt, until the provider says something. */
  firstByteMs: number
  idleMs: number
  /** For an answer in one piece. */
  onePieceMs: number
  /** Of the call, with all its attempts. */
  totalMs: number
}

export const defaultDeadlines: Deadlines = {
  firstByteMs: 120_000,
  idleMs: 120_000,
  onePieceMs: 10 * 60_000,
  totalMs: 20 * 60_000,
}

/** A lost Worker's hold frees itself after this long; a running call's is renewed well before. */
export const HOLD_TTL_MS = 150_000
export const RENEW_EVERY_MS = 60_000
