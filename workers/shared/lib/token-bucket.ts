// A bucket that refills evenly, in integers: what is kept is what is missing from it, and one token is
// worth `windowMs` of that unit, so that a millisecond gives back exactly `limit` of it. A bucket that has
// never been used and one that is full again are the same value.

export interface Bucket {
  missing: number
  at: number
}

export interface BucketLimit {
  /** Tokens in a full bucket, all of which come back within `windowMs`. */
  limit: number
  windowMs: number
}

export const fullBucket: Bucket = { missing: 0, at: 0 }

const missingAt = (bucket: Bucket, { limit, windowMs }: BucketLimit, now: number): number =>
  // Clamped first: a limit that was lowered meanwhile leaves no debt that outlasts its window.
  Math.max(0, Math.min(limit * windowMs, bucket.missing) - Math.max(0, now - bucket.at) * limit)

export interface BucketView {
  remaining: number
  /** Until it is full again. */
  resetMs: number
}

export function viewBucket(bucket: Bucket, limits: BucketLimit, now: number): BucketView {
  const missing = missingAt(bucket, limits, now)
  return {
    remaining: Math.floor((limits.limit * limits.windowMs - missing) / limits.windowMs),
    resetMs: limits.limit > 0 ? Math.ceil(missing / limits.limit) : limits.windowMs,
  }
}

/** How long until `cost` tokens are there; 0 where they are, the whole window where they can never be. */
export function bucketWaitMs(bucket: Bucket, limits: BucketLimit, now: number, cost = 1): number {
  if (cost > limits.limit) return limits.windowMs
  const over = missingAt(bucket, limits, now) + cost * limits.windowMs - limits.limit * limits.windowMs
  return over <= 0 ? 0 : Math.ceil(over / limits.limit)
}

/** Takes without asking: look at `bucketWaitMs` first. */
export const takeFromBucket = (bucket: Bucket, limits: BucketLimit, now: number, cost = 1): Bucket => ({
  missing: missingAt(bucket, limits, now) + cost * limits.windowMs,
  at: Math.max(now, bucket.at),
})
