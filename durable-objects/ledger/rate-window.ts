// Requests and tokens per minute of every account that a request counts for. Looked at first, all of them;
// taken from only when the request is admitted.
//
// Tokens are held like money: what a running call may reach is kept free for it, and what it really counted
// leaves the minute when it is settled. So what was counted and what may still be counted never pass the limit.
import type { KeyRecord, RateLimitState } from '#shared/contracts/ledger'
import { units, type Usage } from '#shared/lib/money'
import { bucketWaitMs, fullBucket, takeFromBucket, viewBucket, type Bucket } from '#shared/lib/token-bucket'
import { countedIn, limitsOf } from './limits.ts'
import type { LimitAccount } from './accounts.ts'
import { tokensBucket, viewAccount, type LedgerState } from './state.ts'

const WINDOW_MS = 60_000

export interface RateWindow {
  account: LimitAccount
  unit: 'requests' | 'tokens'
  limit: number
  /** What this request takes. */
  cost: number
}

const rulesOf = (limit: number) => ({ limit, windowMs: WINDOW_MS })
const nameOf = (account: LimitAccount) => account.split(':', 1)[0] as RateLimitState['name']

export const requestWindow = (state: LedgerState, account: LimitAccount): RateWindow[] => {
  const limit = limitsOf(state, account).requestsPerMinute
  return limit === null ? [] : [{ account, unit: 'requests', limit, cost: 1 }]
}

export const tokenWindow = (state: LedgerState, account: LimitAccount, cost: number): RateWindow[] => {
  const limit = limitsOf(state, account).tokensPerMinute
  return limit === null ? [] : [{ account, unit: 'tokens', limit, cost }]
}

export const keyWindows = (state: LedgerState, key: KeyRecord): RateWindow[] => requestWindow(state, `key:${key.id}`)

/** With everything that running calls may still count as if it were counted now. */
function bucketOf(state: LedgerState, { account, unit, limit }: RateWindow, now: number): Bucket {
  if (unit === 'requests') return state.buckets.get(account) ?? fullBucket
  const counted = state.buckets.get(tokensBucket(account)) ?? fullBucket
  const { heldTokens } = viewAccount(state, countedIn(account))
  return heldTokens === 0 ? counted : takeFromBucket(counted, rulesOf(limit), now, heldTokens)
}

function viewWindow(state: LedgerState, window: RateWindow, now: number): RateLimitState {
  const { remaining, resetMs } = viewBucket(bucketOf(state, window, now), rulesOf(window.limit), now)
  return {
    name: nameOf(window.account),
    ...(window.unit === 'tokens' && { unit: window.unit }),
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
    const waitMs = bucketWaitMs(bucketOf(state, window, now), rulesOf(window.limit), now, window.cost)
    if (waitMs > (longest?.waitMs ?? 0)) longest = { window, waitMs }
  }
  if (!longest) return null
  const { window, waitMs } = longest
  return {
    ok: false,
    code: 'rate_limit_exceeded',
    rateLimit: viewWindow(state, window, now),
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
    ...(window.unit === 'tokens' && { neededTokens: window.cost }),
  } as const
}

export function countRequest(state: LedgerState, account: LimitAccount, now: number): void {
  const limit = limitsOf(state, account).requestsPerMinute
  if (limit === null) return
  state.buckets.set(account, takeFromBucket(state.buckets.get(account) ?? fullBucket, rulesOf(limit), now))
}

export function countTokens(state: LedgerState, accounts: LimitAccount[], usage: Usage, now: number): void {
  for (const account of accounts) {
    const limit = limitsOf(state, account).tokensPerMinute
    if (limit === null) continue
    const bucket = tokensBucket(account)
    const counted = state.buckets.get(bucket) ?? fullBucket
    state.buckets.set(bucket, takeFromBucket(counted, rulesOf(limit), now, tokensOf(usage)))
  }
}

const tokenUnits = units.filter((unit) => unit.endsWith('_tokens'))
const tokensOf = (usage: Usage): number => tokenUnits.reduce((sum, unit) => sum + (usage[unit] ?? 0), 0)

const shareLeft = ({ remaining, limit }: RateLimitState) => remaining / limit
const tighter = (one: RateLimitState, other: RateLimitState): boolean =>
  one.unit === other.unit
    ? one.remaining < other.remaining || (one.remaining === other.remaining && one.limit < other.limit)
    : shareLeft(one) < shareLeft(other)

/** Which limit speaks: of one unit the one with the least left, of two the one with the smaller share left. */
export function tightestWindow(state: LedgerState, windows: RateWindow[], now: number): RateLimitState | null {
  const least = { requests: null as RateLimitState | null, tokens: null as RateLimitState | null }
  for (const window of windows) {
    const view = viewWindow(state, window, now)
    const known = least[window.unit]
    if (!known || tighter(view, known)) least[window.unit] = view
  }
  if (!least.requests || !least.tokens) return least.requests ?? least.tokens
  return tighter(least.tokens, least.requests) ? least.tokens : least.requests
}
