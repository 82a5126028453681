import type { LedgerRpc } from '#shared/contracts/ledger'
import type { ServiceBindings } from '#shared/http/create-service-app'

export interface LibraryEnv extends ServiceBindings {
  DB: D1Database
  LEDGER: { getByName(organizationId: string): LedgerRpc }
}
