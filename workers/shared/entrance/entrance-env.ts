// What an entrance asks: the gateway, and a service that has a public address of its own.
import type { AuthQuestions } from '../contracts/account.ts'
import type { LedgerRpc } from '../contracts/ledger.ts'
import type { RateLimiterRpc } from '../contracts/rate-limiter.ts'
import type { Objects, RegionSettings } from '../lib/object-of.ts'

export interface EntranceEnv extends RegionSettings {
  /** The site's own address, where one is set. Unset on a developer's machine. */
  PUBLIC_URL?: string
  /** `<count>/<seconds>` or `off`: calls of one signed-in member. */
  LIMIT_SESSION_CALLS?: string
  /** The same for calls without an account, per address. */
  LIMIT_ANONYMOUS_CALLS?: string
  /** The same for keys that no ledger knows, per address. */
  LIMIT_UNKNOWN_KEYS?: string
  /** `all`: every call has its line in the log; else a paid call that went well is told of by its entry alone. */
  LOG_REQUESTS?: string
  AUTH_RPC: Pick<AuthQuestions, 'principalOf'>
  LEDGER: Objects<Pick<LedgerRpc, 'verifyKey'>>
  RATE_LIMITER: Objects<Pick<RateLimiterRpc, 'take'>>
}
