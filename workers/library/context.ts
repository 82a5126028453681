// What a verb needs, built from the environment and the principal: the only file here that knows `env`.
import type { PayingPrincipal } from '#shared/contracts/principal'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { LibraryEnv } from './env.ts'

export interface LibraryContext {
  principal: PayingPrincipal
  ledger: LedgerRpc
}

export const libraryContext = ({ env, principal }: { env: LibraryEnv; principal: PayingPrincipal }): LibraryContext => ({
  principal,
  ledger: env.LEDGER.getByName(principal.organizationId),
})
