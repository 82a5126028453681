// Limits on what is not paid for: calls of a signed-in member, and calls without an account by address.
// A paid call is limited inside `admit()`. Where the limiter cannot be asked the call goes on and says so.
import type { Principal } from '../contracts/principal.ts'
import type { RateLimit } from '../contracts/rate-limiter.ts'
import { Problem } from '../http/problems.ts'
import { parseRateLimit } from '../http/rate-limit-setting.ts'
import type { EntranceEnv } from './entrance-env.ts'
import type { PublicRoute } from './public-route.ts'

/** Says that something that is usually there (`rate-limits`) was not asked for this answer. */
const DEGRADED_HEADER = 'x-riwaq-degraded'

/** Answer headers about a limit. */
export type LimitReport = Record<string, string>

interface LimitState {
  name: string
  limit: number
  windowSeconds: number
  remaining: number
  resetSeconds: number
}

const seconds = (value: number): number => Math.max(0, Math.ceil(value))

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
export const reportOf = ({ name, limit, windowSeconds, remaining, resetSeconds }: LimitState): LimitReport => ({
  'ratelimit-policy': `"${name}";q=${limit};w=${windowSeconds}`,
  ratelimit: `"${name}";r=${Math.max(0, Math.floor(remaining))};t=${seconds(resetSeconds)}`,
})

export function rateLimited(state: LimitState, retryAfterSeconds: number): Problem {
  const wait = Math.max(1, Math.ceil(retryAfterSeconds))
  return new Problem(
    'rate_limit_exceeded',
    `Too many requests: ${state.limit} are allowed every ${state.windowSeconds} seconds. Try again in ${wait} seconds.`,
    {
      retryAfterSeconds: wait,
      facts: { limit: state.limit, window_seconds: state.windowSeconds, retry_after_seconds: wait },
      headers: reportOf({ ...state, remaining: 0 }),
    },
  )
}

export const keyRateLimited = ({
  rateLimit,
  retryAfterSeconds,
}: {
  rateLimit: LimitState
  retryAfterSeconds: number
}): Problem => rateLimited(rateLimit, retryAfterSeconds)

/** Locally: 'local', one bucket for the machine. */
export const clientAddress = (headers: Headers): string => headers.get('cf-connecting-ip') ?? 'local'

interface Limited {
  name: string
  object: string
  limit: RateLimit
}

function limitFor({ principal, route, request, env }: Question): Limited | null {
  if (principal.kind === 'user') {
    // A paid call is counted by the ledger, in the trip that it makes anyway.
    if (route.auth === 'claim') return null
    const limit = parseRateLimit(env.LIMIT_SESSION_CALLS, { limit: 600, windowSeconds: 60 })
    return limit && { name: 'session', object: `session:${principal.userId}`, limit }
  }
  if (principal.kind !== 'anonymous' || route.signed) return null
  const limit = parseRateLimit(env.LIMIT_ANONYMOUS_CALLS, { limit: 600, windowSeconds: 60 })
  return limit && { name: 'address', object: `address:${clientAddress(request.headers)}`, limit }
}

interface Question {
  principal: Principal
  route: PublicRoute
  request: Request
  env: EntranceEnv
}

export async function limitCalls(question: Question): Promise<LimitReport> {
  const limited = limitFor(question)
  if (!limited) return {}
  const { name, object, limit } = limited
  let taken
  try {
    taken = await question.env.RATE_LIMITER.getByName(object).take(limit)
  } catch {
    return { [DEGRADED_HEADER]: 'rate-limits' }
  }
  const state = { name, ...limit, remaining: taken.remaining, resetSeconds: taken.resetSeconds }
  if (!taken.allowed) throw rateLimited(state, taken.retryAfterSeconds)
  return reportOf(state)
}
