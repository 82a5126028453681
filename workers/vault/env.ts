import type { AuthQuestions } from '#shared/contracts/account'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { NoticeQueue } from '#shared/contracts/notices'
import type { Objects, RegionSettings } from '#shared/lib/object-of'
import type { ServiceBindings } from '#shared/http/create-service-app'

/** What the vault asks of an organization's ledger: it holds what every paid call is told. */
export type VaultLedger = Pick<LedgerRpc, 'policy' | 'setPolicy'>

export interface VaultEnv extends ServiceBindings, RegionSettings {
  DB: D1Database
  LEDGER: Objects<VaultLedger>
  AUTH_RPC: Pick<AuthQuestions, 'recordAudit'>
  NOTICES: NoticeQueue
  /** Seals the keys. 32 characters or more; no other Worker has it. */
  VAULT_KEY?: string
  /** The one before, while there are keys that were sealed under it. */
  VAULT_KEY_PREVIOUS?: string
  /** The site's own address. Unset on a developer's machine. */
  PUBLIC_URL?: string
}
