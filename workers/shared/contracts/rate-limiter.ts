// Everything that is limited but not paid for: sign-in attempts, mails, ordinary API calls. One object per
// limited thing, named `<what>:<who>`; paid calls are limited inside the ledger's `admit()`.
export interface RateLimit {
  limit: number
  windowSeconds: number
}

export interface RateLimiterRpc {
  /** Takes `cost` (1) from a bucket that refills evenly. */
  take(
    input: RateLimit & { cost?: number },
  ): Promise<{ allowed: boolean; remaining: number; resetSeconds: number; retryAfterSeconds: number }>
  /** Gives everything back: a sign-in that succeeded. */
  reset(): Promise<void>
}
