// The IETF's RateLimit fields, from what the ledger answered.
import type { RateLimitState } from '../contracts/ledger.ts'

export function rateLimitHeaders(state: RateLimitState | null): Record<string, string> {
  if (!state) return {}
  const tokens = state.unit === 'tokens'
  const name = `"${state.name}${tokens ? '-tokens' : ''}"`
  return {
    'ratelimit-policy': `${name};q=${state.limit}${tokens ? ';qu="tokens"' : ''};w=${state.windowSeconds}`,
    ratelimit: `${name};r=${Math.max(0, state.remaining)};t=${Math.max(0, Math.ceil(state.resetSeconds))}`,
  }
}
