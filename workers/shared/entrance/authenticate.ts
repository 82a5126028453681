// Who is calling: a key's bearer, a session's member, or nobody. A key wins over a cookie, because it was
// sent on purpose.
import type { Principal } from '../contracts/principal.ts'
import { serviceUnavailable, unauthenticated } from '../http/problems.ts'
import { objectOf } from '../lib/object-of.ts'
import type { EntranceEnv } from './entrance-env.ts'
import { keyRateLimited, type LimitReport, reportOf } from './rate-limit.ts'
import { invalidApiKey, readKey, type KeyClaim } from './read-key.ts'
import { requireOwnOrigin } from './same-origin.ts'
import type { PublicRoute } from './public-route.ts'

export interface Caller {
  principal: Principal
  /** What the ledger said of the key's limit, to be told to the caller. */
  limit?: LimitReport
}

interface Question {
  request: Request
  route: PublicRoute
  env: EntranceEnv
}

export async function authenticate(question: Question): Promise<Caller> {
  if (question.route.auth === 'none') return { principal: { kind: 'anonymous' } }
  const claim = await readKey(question.request.headers)
  if (claim === null && question.route.auth === 'optional') return { principal: { kind: 'anonymous' } }
  if (claim === null) return { principal: await principalOfSession(question) }
  if (question.route.auth === 'claim') return { principal: { kind: 'key-claim', ...claim } }
  return verifyKey(claim, question.env)
}

async function principalOfSession({ request, env }: Question): Promise<Principal> {
  const url = new URL(request.url)
  const cookie = request.headers.get('cookie')
  if (!cookie?.includes('session_token=')) throw unauthenticated()
  requireOwnOrigin({ request, url, publicUrl: env.PUBLIC_URL })
  const principal = await ask('Sign-in', () => env.AUTH_RPC.principalOf({ cookie, origin: url.origin }))
  if (principal.kind !== 'user') throw unauthenticated()
  return principal
}

async function verifyKey(claim: KeyClaim, env: EntranceEnv): Promise<Caller> {
  const { organizationId, keyId, secretHash } = claim
  const verdict = await ask('The ledger', () =>
    objectOf(env.LEDGER, { organizationId, settings: env }).verifyKey({ keyId, secretHash }),
  )
  if (!verdict.ok) {
    if (verdict.code === 'rate_limit_exceeded') throw keyRateLimited(verdict)
    throw invalidApiKey(verdict.reason)
  }
  const principal: Principal = {
    kind: 'api-key',
    organizationId,
    keyId,
    userId: verdict.userId,
    scopes: verdict.scopes,
  }
  return { principal, ...(verdict.rateLimit && { limit: reportOf(verdict.rateLimit) }) }
}

async function ask<T>(what: string, question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    throw serviceUnavailable(what, error instanceof Error ? error.message : String(error))
  }
}
