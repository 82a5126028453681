// The billing service with an operator and two organizations, for tests of what operators do.
import { createTestDatabase } from '#db/testing'
import type { ServiceAudit } from '#shared/contracts/account'
import type { Balance, Credits, PlanTerms } from '#shared/contracts/ledger'
import type { Principal } from '#shared/contracts/principal'
import { createServiceApp } from '#shared/http/create-service-app'
import { createTestClock } from '#shared/lib/clock'
import { principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import type { MoneyJob } from '../stripe-events/jobs.ts'
import { administrationRoutes } from './routes.ts'

export const NOON = Date.UTC(2026, 5, 1, 12)

export const operator: Principal = {
  kind: 'user',
  organizationId: 'org_operator',
  userId: 'usr_operator',
  role: 'owner',
  platformAdmin: true,
}
export const owner: Principal = { ...operator, organizationId: 'org_1', userId: 'usr_1', platformAdmin: false }

/** Of a ledger, what operators see and what a plan tells it. */
function createLedger() {
  const balance: Balance = { balanceMicros: 0, heldMicros: 0, availableMicros: 0 }
  const credits: Credits = { lots: [], owedMicros: 0, overageMicros: 0 }
  let terms: PlanTerms | null = null
  return {
    balance: async () => balance,
    credits: async () => credits,
    plan: async () => terms,
    async setPlan(next: PlanTerms) {
      terms = next
      return { applied: true }
    },
    give(micros: number) {
      Object.assign(balance, { balanceMicros: micros, availableMicros: micros })
      const lot = { id: 'admin:1', source: 'promotion' as const, grantedAt: NOON, expiresAt: null, series: null }
      credits.lots = [{ ...lot, amountMicros: micros, remainingMicros: micros }]
    },
  }
}

interface Asked {
  method?: 'GET' | 'PUT' | 'POST'
  body?: unknown
  as?: Principal
}

export function createAdministration({
  organizations = ['org_1', 'org_2'],
  settings = { BILLING_MODE: 'granted' } as Record<string, string>,
} = {}) {
  const clock = createTestClock(NOON)
  const known = new Map(organizations.map((id) => [id, createLedger()]))
  const audits: ServiceAudit[] = []
  const jobs: MoneyJob[] = []
  const env = {
    DB: createTestDatabase(),
    LEDGER: { getByName: (id: string) => known.get(id)! },
    AUTH_RPC: {
      roleOf: async () => null,
      recordAudit: async (audit: ServiceAudit) => void audits.push(audit),
      organizationOf: async ({ organizationId }: { organizationId: string }) =>
        known.has(organizationId)
          ? { name: `Name of ${organizationId}`, personal: false, members: 1, invited: 0, owner: null }
          : null,
      organizationIdsAfter: async ({ after, limit }: { after: string; limit: number }) =>
        organizations
          .toSorted()
          .filter((id) => id > after)
          .slice(0, limit),
    },
    NOTICES: { send: async () => {} },
    STRIPE_EVENTS: { send: async (job: MoneyJob) => void jobs.push(job), sendBatch: async () => {} },
    PRINCIPAL_KEY: TEST_PRINCIPAL_KEY,
    ...settings,
  }
  const app = createServiceApp('billing', administrationRoutes)
  async function ask<T = Record<string, unknown>>(path: string, { method, body, as = operator }: Asked = {}) {
    const response = await app.request(
      `/api/billing/admin/${path}`,
      {
        method: method ?? (body === undefined ? 'GET' : 'PUT'),
        headers: await principalHeaders(as),
        body: body === undefined ? undefined : JSON.stringify(body),
      },
      env,
    )
    return { status: response.status, body: (await response.json()) as T }
  }
  return { ask, env, audits, jobs, ledgers: known, clock }
}
