// One question to a limiter, answered: what it says and what is left in the bucket.
import type { RateLimit, RateLimiterRpc } from '#shared/contracts/rate-limiter'
import { bucketWaitMs, takeFromBucket, viewBucket, type Bucket } from '#shared/lib/token-bucket'

export type Take = RateLimit & { cost?: number }
type Verdict = Awaited<ReturnType<RateLimiterRpc['take']>>

/** A refusal takes nothing: who is refused is not refused for longer. */
export function takeFrom(
  bucket: Bucket,
  { limit, windowSeconds, cost = 1 }: Take,
  now: number,
): { verdict: Verdict; bucket: Bucket; fullAt: number } {
  if (!Number.isSafeInteger(cost) || cost < 1) throw new RangeError(`not a cost: ${cost}`)
  const limits = { limit, windowMs: windowSeconds * 1000 }
  const waitMs = bucketWaitMs(bucket, limits, now, cost)
  const allowed = waitMs === 0
  const after = allowed ? takeFromBucket(bucket, limits, now, cost) : bucket
  const { remaining, resetMs } = viewBucket(after, limits, now)
  return {
    verdict: {
      allowed,
      remaining,
      resetSeconds: Math.ceil(resetMs / 1000),
      retryAfterSeconds: allowed ? 0 : Math.max(1, Math.ceil(waitMs / 1000)),
    },
    bucket: after,
    fullAt: now + resetMs,
  }
}
