// The in-memory ledger's requests per minute.
import type { RateLimitState } from '../contracts/ledger.ts'
import type { Clock } from '../lib/clock.ts'
import { bucketWaitMs, fullBucket, takeFromBucket, viewBucket, type Bucket } from '../lib/token-bucket.ts'
import type { KeyRow } from './in-memory-ledger-types.ts'

const WINDOW_MS = 60_000

interface Limit {
  name: 'key' | 'organization'
  bucket: string
  limit: number
}

export const keyLimits = (key: KeyRow | null): Limit[] =>
  key?.rateLimitRpm ? [{ name: 'key', bucket: `key:${key.id}`, limit: key.rateLimitRpm }] : []

export const organizationLimits = (requestsPerMinute: number | null): Limit[] =>
  requestsPerMinute ? [{ name: 'organization', bucket: 'organization', limit: requestsPerMinute }] : []

export function createInMemoryLimits(clock: Clock) {
  const buckets = new Map<string, Bucket>()
  const bucketOf = (limit: Limit) => buckets.get(limit.bucket) ?? fullBucket
  const rulesOf = (limit: Limit) => ({ limit: limit.limit, windowMs: WINDOW_MS })

  function stateOf(limit: Limit): RateLimitState {
    const { remaining, resetMs } = viewBucket(bucketOf(limit), rulesOf(limit), clock())
    const { name } = limit
    return {
      name,
      limit: limit.limit,
      remaining,
      resetSeconds: Math.ceil(resetMs / 1000),
      windowSeconds: WINDOW_MS / 1000,
    }
  }

  return {
    /** The refusal of the limit that takes longest to open. */
    refuse(limits: Limit[]) {
      const waits = limits.map((limit) => ({ limit, waitMs: bucketWaitMs(bucketOf(limit), rulesOf(limit), clock()) }))
      const longest = waits.filter(({ waitMs }) => waitMs > 0).sort((a, b) => b.waitMs - a.waitMs)[0]
      if (!longest) return null
      const retryAfterSeconds = Math.max(1, Math.ceil(longest.waitMs / 1000))
      return { ok: false, code: 'rate_limit_exceeded', rateLimit: stateOf(longest.limit), retryAfterSeconds } as const
    },
    take(limits: Limit[]) {
      for (const limit of limits) buckets.set(limit.bucket, takeFromBucket(bucketOf(limit), rulesOf(limit), clock()))
    },
    tightest: (limits: Limit[]): RateLimitState | null =>
      limits.map(stateOf).sort((a, b) => a.remaining - b.remaining || a.limit - b.limit)[0] ?? null,
    clear: () => buckets.clear(),
  }
}
