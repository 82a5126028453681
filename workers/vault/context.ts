// What a verb needs, built from the environment: the only file here that knows `env`.
import type { AuthQuestions } from '#shared/contracts/account'
import type { NoticeQueue } from '#shared/contracts/notices'
import { createLogger, type Logger } from '#shared/http/log'
import { systemClock, type Clock } from '#shared/lib/clock'
import { createIds, type CreateId } from '#shared/lib/ids'
import { objectOf } from '#shared/lib/object-of'
import { isLocalPlatform } from '#shared/lib/local-platform'
import { systemTimers, type Timers } from '#shared/metering/timers'
import type { VaultEnv, VaultLedger } from './env.ts'
import { createProviderKeys, type ProviderKeys } from './repository.ts'
import { createSeal, type Seal } from './seal.ts'

export interface VaultContext {
  keys: ProviderKeys
  seal: Seal
  ledgerOf(organizationId: string): VaultLedger
  recordAudit: AuthQuestions['recordAudit']
  notices: NoticeQueue
  /** Servers on this machine may be named too. */
  local: boolean
  fetch: typeof fetch
  timers: Pick<Timers, 'after'>
  clock: Clock
  createId: CreateId
  logger: Logger
}

const createVaultContext = (env: VaultEnv): VaultContext => ({
  keys: createProviderKeys(env.DB),
  seal: createSeal({ secret: env.VAULT_KEY, former: env.VAULT_KEY_PREVIOUS }),
  ledgerOf: (organizationId) => objectOf(env.LEDGER, { organizationId, settings: env }),
  recordAudit: (audit) => env.AUTH_RPC.recordAudit(audit),
  notices: { send: (notice) => env.NOTICES.send(notice) },
  local: isLocalPlatform(env.PUBLIC_URL),
  fetch: (input, init) => fetch(input, init),
  timers: systemTimers,
  clock: systemClock,
  createId: createIds(),
  logger: createLogger({ service: 'vault' }),
})

const contexts = new WeakMap<VaultEnv, VaultContext>()

/** Made once for each isolate: nothing in it belongs to a request. */
export function vaultContext(env: VaultEnv): VaultContext {
  let context = contexts.get(env)
  if (!context) {
    context = createVaultContext(env)
    contexts.set(env, context)
  }
  return context
}
