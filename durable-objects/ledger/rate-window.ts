// Requests per minute of a key and of the whole organization. Looked at first, all of them; taken from
// only when the request is admitted.
import type { KeyRecord, RateLimitState } from '#shared/contracts/ledger'
import { bucketWaitMs, fullBucket, takeFromBucket, viewBucket } from '#shared/lib/token-bucket'
import type { LedgerState } from './state.ts'

const WINDOW_MS = 60_000

export interface RateWindow {
  name: 'key' | 'organization'
  bucket: string
  limit: number
}

export const keyWindows = (key: KeyRecord | null): RateWindow[] =>
  key?.rateLimitRpm ? [{ name: 'key', bucket: `key:${key.id}`, limit: key.rateLimitRpm }] : []

export function organizationWindows({ limits }: LedgerState): RateWindow[] {
  const limit = limits.get('organization')?.requestsPerMinute
  return limit ? [{ name: 'organization', bucket: 'organization', limit }] : []
}

const rulesOf = ({ limit }: RateWindow) => ({ limit, windowMs: WINDOW_MS })
const bucketOf = (state: LedgerState, { bucket }: RateWindow) => state.buckets.get(bucket) ?? fullBucket

function viewWindow(state: LedgerState, window: RateWindow, now: number): RateLimitState {
  const { remaining, resetMs } = viewBucket(bucketOf(state, window), rulesOf(window), now)
  return {
    name: window.name,
    limit: window.limit,
    remaining,
    resetSeconds: Math.ceil(resetMs / 1000),
    windowSeconds: WINDOW_MS / 1000,
  }
}

/** The refusal of the window that takes longest to open, or null where all are open. */
export function refuseTooFast(state: LedgerState, windows: RateWindow[], now: number) {
  let longest: { window: RateWindow; waitMs: number } | null = null
  for (const window of windows) {
    const waitMs = bucketWaitMs(bucketOf(state, window), rulesOf(window), now)
    if (waitMs > (longest?.waitMs ?? 0)) longest = { window, waitMs }
  }
  if (!longest) return null
  const retryAfterSeconds = Math.max(1, Math.ceil(longest.waitMs / 1000))
  return {
    ok: false,
    code: 'rate_limit_exceeded',
    rateLimit: viewWindow(state, longest.window, now),
    retryAfterSeconds,
  } as const
}

export function takeFromWindows(state: LedgerState, windows: RateWindow[], now: number): void {
  for (const window of windows)
    state.buckets.set(window.bucket, takeFromBucket(bucketOf(state, window), rulesOf(window), now))
}

/** Which limit speaks: the one with the least left. */
export function tightestWindow(state: LedgerState, windows: RateWindow[], now: number): RateLimitState | null {
  let tightest: RateLimitState | null = null
  for (const window of windows) {
    const view = viewWindow(state, window, now)
    if (
      !tightest ||
      view.remaining < tightest.remaining ||
      (view.remaining === tightest.remaining && view.limit < tightest.limit)
    )
      tightest = view
  }
  return tightest
}
