// What a verb needs, built from the environment and the principal: the only file here that knows `env`.
import type { PayingPrincipal } from '#shared/contracts/principal'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { VaultEnv } from './env.ts'

export interface VaultContext {
  principal: PayingPrincipal
  ledger: LedgerRpc
}

export const vaultContext = ({ env, principal }: { env: VaultEnv; principal: PayingPrincipal }): VaultContext => ({
  principal,
  ledger: env.LEDGER.getByName(principal.organizationId),
})
