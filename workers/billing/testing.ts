// The billing service in a test: its routes, a database with the real schema, ledgers in memory, and the stand-in for
// Stripe in memory, which the official SDK talks to. What is asked of it is checked against the SDK's own types.
import type Stripe from 'stripe'
import { createTestDatabase } from '#db/testing'
import type { OrganizationFacts, ServiceAudit } from '#shared/contracts/account'
import type { Notice } from '#shared/contracts/notices'
import type { Role } from '#shared/contracts/permissions'
import type { Principal } from '#shared/contracts/principal'
import { createServiceApp } from '#shared/http/create-service-app'
import { silentLogger } from '#shared/http/log'
import { createTestClock } from '#shared/lib/clock'
import { createIds } from '#shared/lib/ids'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import { objectionsTo } from '#test/stripe/request-check'
import { createLocalStripe } from '../local-stripe/testing.ts'
import { billingSystem, type BillingEnv } from './context.ts'
import { routes } from './routes.ts'
import { createStripe } from './stripe.ts'

export const NOON = Date.UTC(2026, 0, 15, 12)

export const ORGANIZATION = 'org_01kxyz0000'

export const person = (role: Role = 'owner', organizationId = ORGANIZATION): Principal => ({
  kind: 'user',
  organizationId,
  userId: `usr_${role}`,
  role,
  platformAdmin: false,
})

interface Call {
  method?: string
  body?: unknown
  as?: Principal
}

/** What becomes of a request to Stripe: an answer or a failure instead, or null for what would have become of it. */
type Fault = (request: { method: string; path: string }) => Response | Error | null

type Ledger = ReturnType<typeof createInMemoryLedger>

export function createBilling(settings: Partial<BillingEnv> = { STRIPE_SECRET_KEY: 'sk_test_local' }) {
  const clock = createTestClock(NOON)
  const local = createLocalStripe({ clock })
  const ledgers = new Map<string, Ledger>()
  const audits: ServiceAudit[] = []
  const notices: Notice[] = []
  const facts: OrganizationFacts = {
    name: 'Rihla',
    personal: false,
    members: 1,
    invited: 0,
    owner: { userId: 'usr_owner', name: 'Salma', email: 'salma@example.com', locale: 'ar' },
  }
  const state = { fault: null as Fault | null, requests: [] as string[], objections: [] as string[] }
  const ledgerOf = (organizationId: string): Ledger => {
    const ledger = ledgers.get(organizationId) ?? createInMemoryLedger({ clock, organizationId })
    ledgers.set(organizationId, ledger)
    return ledger
  }
  const env = {
    DB: createTestDatabase(),
    LEDGER: { getByName: ledgerOf },
    AUTH_RPC: {
      roleOf: async () => 'owner' as const,
      recordAudit: async (audit: ServiceAudit) => void audits.push(audit),
      organizationOf: async () => facts,
      organizationIdsAfter: async () => [],
    },
    NOTICES: { send: async (notice: Notice) => void notices.push(notice) },
    STRIPE_EVENTS: { send: async () => {}, sendBatch: async () => {} },
    PRINCIPAL_KEY: TEST_PRINCIPAL_KEY,
    PUBLIC_URL: 'https://riwaq.example',
    ...settings,
  } as unknown as BillingEnv
  const system = billingSystem(env)
  const stripeFetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    const asked = { method: request.method, path: new URL(request.url).pathname }
    state.requests.push(`${asked.method} ${asked.path}`)
    const objections = objectionsTo({ method: asked.method, url: request.url, body: await request.clone().text() })
    state.objections.push(...objections)
    if (objections.length > 0) throw new Error(`Stripe would refuse this: ${objections.join('; ')}`)
    const answer = state.fault?.(asked) ?? null
    if (answer instanceof Error) throw answer
    return answer ?? local.fetch(request)
  }
  const stripe =
    system.stripe &&
    createStripe({ secretKey: 'sk_test_local', apiBase: 'http://stripe.test', fetch: stripeFetch, retries: 0 })
  Object.assign(system, { stripe, clock, createId: createIds(clock), logger: silentLogger })
  const app = createServiceApp<BillingEnv>('billing', routes)

  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads answers as they come
  async function ask<T = Record<string, any>>(path: string, { method, body, as = person() }: Call = {}) {
    const response = await app.request(
      `/api/billing/${path}`,
      {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: await principalHeaders(as),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
      env,
    )
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : null) as T }
  }

  return {
    ask,
    env,
    system,
    clock,
    local,
    /** Of a service that sells. */
    stripe: stripe as Stripe,
    ledgerOf,
    audits,
    notices,
    facts,
    state,
    /** Stripe cannot be reached, for what the pattern fits. */
    failStripe: (pattern: RegExp | null) =>
      void (state.fault =
        pattern && (({ method, path }) => (pattern.test(`${method} ${path}`) ? new Error('away') : null))),
  }
}

export type TestBilling = ReturnType<typeof createBilling>
