// A paid call's key is first believed by its ledger, so guessing keys would be answered by one object after another.
// Who shows too many that no ledger knows is refused here for a while; a key that was good a moment ago is not.
import type { Principal } from '../contracts/principal.ts'
import { isProblem } from '../http/problems.ts'
import { parseRateLimit } from '../http/rate-limit-setting.ts'
import { createSmallCache } from '../lib/small-cache.ts'
import type { EntranceEnv } from './entrance-env.ts'
import { showsKey } from './read-key.ts'
import { clientAddress, rateLimited } from './rate-limit.ts'

type KeyClaim = Extract<Principal, { kind: 'key-claim' }>

interface Call {
  request: Request
  env: EntranceEnv
  now: () => number
}

export interface UnknownKeys {
  /** Runs `identify`, refuses whom it claims to be where the address is shut out, and counts a key that it refuses. */
  watch<T extends { principal: Principal }>(call: Call, identify: () => Promise<T>): Promise<T>
  /** What became of a claim. */
  heard(call: Call, claim: KeyClaim, status: number): Promise<void>
}

const REMEMBERED = 1_000
const defaultLimit = { limit: 120, windowSeconds: 60 }

export function createUnknownKeys(): UnknownKeys {
  const shutUntil = createSmallCache<number>(REMEMBERED)
  const good = createSmallCache<true>(REMEMBERED)
  let anyShut = false

  const limitOf = (env: EntranceEnv) => parseRateLimit(env.LIMIT_UNKNOWN_KEYS, defaultLimit)

  function refuseShut({ request, env, now }: Call): void {
    const limit = limitOf(env)
    const until = shutUntil.get(clientAddress(request.headers)) ?? 0
    if (!limit || until <= now()) return
    const resetSeconds = (until - now()) / 1000
    throw rateLimited({ name: 'unknown-keys', ...limit, remaining: 0, resetSeconds }, resetSeconds)
  }

  async function count({ request, env, now }: Call): Promise<void> {
    const limit = limitOf(env)
    if (!limit) return
    const address = clientAddress(request.headers)
    const taken = await env.RATE_LIMITER.getByName(`unknown-keys:${address}`)
      .take(limit)
      .catch(() => null)
    if (!taken || taken.allowed) return
    anyShut = true
    shutUntil.set(address, now() + taken.retryAfterSeconds * 1000)
  }

  return {
    async watch(call, identify) {
      try {
        const caller = await identify()
        const { principal } = caller
        if (anyShut && principal.kind === 'key-claim' && !good.get(principal.secretHash)) refuseShut(call)
        return caller
      } catch (error) {
        if (isProblem(error) && error.code === 'invalid_api_key' && showsKey(call.request.headers)) {
          if (anyShut) refuseShut(call)
          await count(call)
        }
        throw error
      }
    },
    async heard(call, { secretHash }, status) {
      if (status === 401) await count(call)
      else if (!good.get(secretHash)) good.set(secretHash, true)
    },
  }
}
