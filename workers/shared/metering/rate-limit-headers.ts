// The IETF's RateLimit fields, from what the ledger answered.
import type { RateLimitState } from '../contracts/ledger.ts'

export const rateLimitHeaders = (state: RateLimitState | null): Record<string, string> =>
  state
    ? {
        'ratelimit-policy': `"${state.name}";q=${state.limit};w=${state.windowSeconds}`,
        ratelimit: `"${state.name}";r=${Math.max(0, state.remaining)};t=${Math.max(0, Math.ceil(state.resetSeconds))}`,
      }
    : {}
