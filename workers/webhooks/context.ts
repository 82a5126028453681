// What a verb needs, built from the environment and the principal: the only file here that knows `env`.
import type { PayingPrincipal } from '#shared/contracts/principal'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { WebhooksEnv } from './env.ts'

export interface WebhooksContext {
  principal: PayingPrincipal
  ledger: LedgerRpc
}

export const webhooksContext = ({
  env,
  principal,
}: {
  env: WebhooksEnv
  principal: PayingPrincipal
}): WebhooksContext => ({
  principal,
  ledger: env.LEDGER.getByName(principal.organizationId),
})
