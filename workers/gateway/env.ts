import type { AuthQuestions } from '#shared/contracts/account'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { RateLimiterRpc } from '#shared/contracts/rate-limiter'

/** A service's Worker, or the static site. */
export interface Door {
  fetch(request: Request): Promise<Response>
}

interface Objects<Rpc> {
  getByName(name: string): Rpc
}

export interface GatewayEnv {
  /** Signs the principal. The only secret that the gateway holds. */
  PRINCIPAL_KEY: string
  /** The site's own address, where one is set. Unset on a developer's machine. */
  PUBLIC_URL?: string
  /** `<count>/<seconds>` or `off`: calls of one signed-in member. */
  LIMIT_SESSION_CALLS?: string
  /** The same for calls without an account, per address. */
  LIMIT_ANONYMOUS_CALLS?: string
  ASSETS: Door
  AUTH: Door
  BILLING: Door
  CHAT: Door
  VAULT: Door
  WEBHOOKS: Door
  AUTH_RPC: Pick<AuthQuestions, 'principalOf' | 'health'>
  LEDGER: Objects<Pick<LedgerRpc, 'verifyKey'>>
  RATE_LIMITER: Objects<Pick<RateLimiterRpc, 'take'>>
}
