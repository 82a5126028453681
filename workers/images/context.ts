// What a verb needs, built from the environment and the principal: the only file here that knows `env`.
import type { PayingPrincipal } from '#shared/contracts/principal'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { ImagesEnv } from './env.ts'

export interface ImagesContext {
  principal: PayingPrincipal
  ledger: LedgerRpc
}

export const imagesContext = ({ env, principal }: { env: ImagesEnv; principal: PayingPrincipal }): ImagesContext => ({
  principal,
  ledger: env.LEDGER.getByName(principal.organizationId),
})
