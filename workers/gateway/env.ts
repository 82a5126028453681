import type { AuthQuestions } from '#shared/contracts/account'
import type { EntranceEnv } from '#shared/entrance/entrance-env'

/** A service's Worker, or the static site. */
export interface Door {
  fetch(request: Request): Promise<Response>
}

export interface GatewayEnv extends EntranceEnv {
  /** Signs the principal. The only secret that the gateway holds. */
  PRINCIPAL_KEY: string
  ASSETS: Door
  AUTH: Door
  BILLING: Door
  CHAT: Door
  LIBRARY: Door
  IMAGES: Door
  VAULT: Door
  WEBHOOKS: Door
  AUTH_RPC: Pick<AuthQuestions, 'principalOf' | 'health'>
}
