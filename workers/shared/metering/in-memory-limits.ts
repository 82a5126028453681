// The in-memory ledger's limits: requests and tokens per minute, and calls at the same time.
import type { BudgetAccount, Limits, PlanTerms, RateLimitState } from '../contracts/ledger.ts'
import type { Clock } from '../lib/clock.ts'
import type { Usage } from '../lib/money.ts'
import { bucketWaitMs, fullBucket, takeFromBucket, viewBucket, type Bucket } from '../lib/token-bucket.ts'
import { limitsAnything, limitsOfKey, limitsOfPlan, noLimits, withLimits } from './account-limits.ts'
import { accountsOf } from './in-memory-books.ts'
import type { Hold, KeyRow } from './in-memory-ledger-types.ts'

const WINDOW_MS = 60_000

type LimitAccount = BudgetAccount | 'plan'

export interface Window {
  account: LimitAccount
  unit: 'requests' | 'tokens'
  limit: number
  cost: number
}

interface LimitsOptions {
  clock: Clock
  keys: Map<string, KeyRow>
  liveHolds: () => Hold[]
  plan: () => PlanTerms | null
}

export function createInMemoryLimits({ clock, keys, liveHolds, plan }: LimitsOptions) {
  const own = new Map<BudgetAccount, Limits>()
  const buckets = new Map<string, Bucket>()
  const rulesOf = ({ limit }: Window) => ({ limit, windowMs: WINDOW_MS })
  const nameOf = ({ account, unit }: Window) => `${unit} of ${account}`
  const countedIn = (account: LimitAccount) => (account === 'plan' ? 'organization' : account)
  const holdsOf = (account: LimitAccount) => liveHolds().filter((hold) => accountsOf(hold).includes(countedIn(account)))

  function limitsOf(account: LimitAccount): Limits {
    const terms = plan()
    if (account === 'plan') return terms ? limitsOfPlan(terms) : noLimits
    const key = account.startsWith('key:') ? keys.get(account.slice(4)) : undefined
    return key ? limitsOfKey(key) : (own.get(account) ?? noLimits)
  }

  function windowsOf(account: LimitAccount, unit: Window['unit'], cost: number): Window[] {
    const { requestsPerMinute, tokensPerMinute } = limitsOf(account)
    const limit = unit === 'requests' ? requestsPerMinute : tokensPerMinute
    return limit === null ? [] : [{ account, unit, limit, cost }]
  }

  function bucketOf(window: Window): Bucket {
    const counted = buckets.get(nameOf(window)) ?? fullBucket
    if (window.unit === 'requests') return counted
    const held = holdsOf(window.account).reduce((sum, hold) => sum + hold.tokens, 0)
    return takeFromBucket(counted, rulesOf(window), clock(), held)
  }

  function take(windows: Window[]) {
    for (const window of windows) {
      const counted = buckets.get(nameOf(window)) ?? fullBucket
      buckets.set(nameOf(window), takeFromBucket(counted, rulesOf(window), clock(), window.cost))
    }
  }

  function stateOf(window: Window): RateLimitState {
    const { remaining, resetMs } = viewBucket(bucketOf(window), rulesOf(window), clock())
    return {
      name: window.account.split(':')[0] as RateLimitState['name'],
      ...(window.unit === 'tokens' && { unit: 'tokens' as const }),
      limit: window.limit,
      remaining,
      resetSeconds: Math.ceil(resetMs / 1000),
      windowSeconds: WINDOW_MS / 1000,
    }
  }

  /** The refusal of the limit that takes longest to open. */
  function refuse(windows: Window[]) {
    const waits = windows.map((window) => ({
      window,
      waitMs: bucketWaitMs(bucketOf(window), rulesOf(window), clock(), window.cost),
    }))
    const longest = waits.filter(({ waitMs }) => waitMs > 0).sort((a, b) => b.waitMs - a.waitMs)[0]
    if (!longest) return null
    return {
      ok: false,
      code: 'rate_limit_exceeded',
      rateLimit: stateOf(longest.window),
      retryAfterSeconds: Math.max(1, Math.ceil(longest.waitMs / 1000)),
      ...(longest.window.unit === 'tokens' && { neededTokens: longest.window.cost }),
    } as const
  }

  function refuseParallel(accounts: LimitAccount[]) {
    const running = (account: LimitAccount) => holdsOf(account).filter(({ part }) => !part).length
    const full = accounts.find((account) => running(account) >= (limitsOf(account).parallelRequests ?? Infinity))
    if (!full) return null
    return {
      ok: false,
      code: 'too_many_parallel_requests',
      account: countedIn(full),
      limit: limitsOf(full).parallelRequests!,
    } as const
  }

  function tightest(windows: Window[]): RateLimitState | null {
    const tightestOf = (unit: Window['unit']) =>
      windows
        .filter((window) => window.unit === unit)
        .map(stateOf)
        .sort((a, b) => a.remaining - b.remaining || a.limit - b.limit)[0]
    const [requests, tokens] = [tightestOf('requests'), tightestOf('tokens')]
    if (!requests || !tokens) return requests ?? tokens ?? null
    return tokens.remaining / tokens.limit < requests.remaining / requests.limit ? tokens : requests
  }

  return {
    limitsOf,
    requestWindows: (accounts: LimitAccount[]) => accounts.flatMap((account) => windowsOf(account, 'requests', 1)),
    tokenWindows: (accounts: LimitAccount[], tokens: number) =>
      accounts.flatMap((account) => windowsOf(account, 'tokens', tokens)),
    refuse,
    refuseParallel,
    take,
    tightest,
    countTokens(accounts: LimitAccount[], usage: Usage) {
      const counted = Object.values(usage).reduce((sum, count) => sum + count, 0)
      take(accounts.flatMap((account) => windowsOf(account, 'tokens', counted)))
    },
    set(account: BudgetAccount, change: Partial<Limits>) {
      own.set(account, withLimits(limitsOf(account), change))
    },
    list: () =>
      [
        ...[...own].map(([account, limits]) => ({ account, ...limits })),
        ...[...keys.values()]
          .filter((key) => key.revokedAt === null)
          .map((key) => ({ account: `key:${key.id}` as const, ...limitsOfKey(key) })),
      ]
        .filter(limitsAnything)
        .sort((a, b) => (a.account < b.account ? -1 : 1)),
    clear() {
      own.clear()
      buckets.clear()
    },
  }
}
