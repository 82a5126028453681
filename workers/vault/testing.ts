// A vault for tests: the real rules on the real schema, two organizations, and a vendor that is a function.
import { createTestDatabase } from '#db/testing'
import type { ServiceAudit } from '#shared/contracts/account'
import type { Notice } from '#shared/contracts/notices'
import type { Role } from '#shared/contracts/permissions'
import type { Principal } from '#shared/contracts/principal'
import { createServiceApp } from '#shared/http/create-service-app'
import { createLogger } from '#shared/http/log'
import { createTestClock } from '#shared/lib/clock'
import { createIds } from '#shared/lib/ids'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import type { InMemoryLedger } from '#shared/metering/in-memory-ledger-types'
import { createTestTimers } from '#shared/metering/testing'
import { createTestExecutionContext, principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import type { VaultContext } from './context.ts'
import type { VaultEnv } from './env.ts'
import { createProviderKeys } from './repository.ts'
import { createRoutes } from './routes.ts'
import { createSeal } from './seal.ts'

export const VAULT_SECRET = 'the vault’s key in a test, 32 bytes or more'

export const person = (organizationId: string, role: Role = 'owner'): Principal => ({
  kind: 'user',
  organizationId,
  userId: `usr_${organizationId}`,
  role,
  platformAdmin: false,
})

interface Call {
  url: string
  headers: Headers
  init: RequestInit
}

export interface VaultWorldOptions {
  /** What a vendor answers; nothing may be asked where absent. */
  respond?: (call: Call) => Response | Promise<Response>
  local?: boolean
}

export function createVaultWorld({ respond, local = false }: VaultWorldOptions = {}) {
  const database = createTestDatabase()
  const ready = (async () => {
    for (const id of ['org_a', 'org_b'])
      await database
        .prepare('insert into organizations (id, name, slug, created_at) values (?, ?, ?, 0)')
        .bind(id, id, id)
        .run()
  })()
  const clock = createTestClock()
  const timers = createTestTimers(clock)
  const ledgers = new Map<string, InMemoryLedger>()
  const audits: ServiceAudit[] = []
  const notices: Notice[] = []
  const calls: Call[] = []
  const logged: string[] = []

  function ledgerOf(organizationId: string): InMemoryLedger {
    let ledger = ledgers.get(organizationId)
    if (!ledger) ledgers.set(organizationId, (ledger = createInMemoryLedger({ clock })))
    return ledger
  }

  const ctx: VaultContext = {
    keys: createProviderKeys(database),
    seal: createSeal({ secret: VAULT_SECRET }),
    ledgerOf,
    recordAudit: async (audit) => void audits.push(audit),
    notices: { send: async (notice) => void notices.push(notice) },
    local,
    fetch: (async (url: string, init: RequestInit = {}) => {
      if (!respond) throw new Error('nothing may be fetched')
      const call = { url, headers: new Headers(init.headers), init }
      calls.push(call)
      return respond(call)
    }) as typeof fetch,
    timers,
    clock,
    createId: createIds(clock),
    logger: createLogger({ service: 'vault' }, (_level, line) => void logged.push(line)),
  }
  const app = createServiceApp<VaultEnv>(
    'vault',
    createRoutes(() => ctx),
  )
  const env = { PRINCIPAL_KEY: TEST_PRINCIPAL_KEY } as VaultEnv

  async function ask(method: string, path: string, principal: Principal, body?: unknown): Promise<Response> {
    await ready
    const init = {
      method,
      headers: { ...(await principalHeaders(principal)), 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }
    return app.request(`/api/provider-keys${path}`, init, env, createTestExecutionContext() as never)
  }

  /** For what must work: the answer's body. */
  async function done<T = Record<string, unknown>>(...asked: Parameters<typeof ask>): Promise<T> {
    const response = await ask(...asked)
    const text = await response.text()
    if (!response.ok) throw new Error(`${asked[0]} answered ${response.status}: ${text}`)
    return JSON.parse(text) as T
  }

  return { ask, done, ctx, database, ledgerOf, clock, timers, audits, notices, calls, logged, ready }
}
