// What tests of the numbers are built from: the real schema, a clock that stands still, and ledgers that say what a test wants.
import { drizzle } from 'drizzle-orm/d1'
import { creditGrants, invoices, subscriptions } from '#db/schema/billing'
import { createTestDatabase } from '#db/testing'
import type { ServiceAudit } from '#shared/contracts/account'
import type { CreditLot, LedgerRpc, PublishedEntry } from '#shared/contracts/ledger'
import type { Notice } from '#shared/contracts/notices'
import type { Role } from '#shared/contracts/permissions'
import type { Principal } from '#shared/contracts/principal'
import { silentLogger } from '#shared/http/log'
import { createTestClock } from '#shared/lib/clock'
import { createIds } from '#shared/lib/ids'
import type { BillingContext } from '../context.ts'
import { createBook } from '../repository.ts'
import { billingSettings } from '../settings.ts'

export const NOON = Date.UTC(2026, 5, 15, 12)
export const DAY = 86_400_000

export const user = (role: Role, userId = 'usr_1', platformAdmin = false): Principal => ({
  kind: 'user',
  organizationId: 'org_1',
  userId,
  role,
  platformAdmin,
})

export const operator = user('owner', 'usr_operator', true)

let entries = 0

/** A charge of 100 micros, of which a test names what matters to it. */
export const entryOf = (change: Partial<PublishedEntry> = {}): PublishedEntry => {
  const number = ++entries
  return {
    organizationId: 'org_1',
    sequence: number,
    id: `ent_${number}`,
    at: NOON,
    kind: 'charge',
    amountMicros: -100,
    requestId: `req_${number}`,
    service: 'chat',
    model: 'openai/gpt-sample',
    provider: 'openai',
    keyId: null,
    userId: 'usr_1',
    usage: { input_tokens: 10, cached_input_tokens: 5, output_tokens: 7, reasoning_tokens: 3 },
    price: { input_tokens: 1_000_000 },
    estimated: false,
    note: null,
    costMicros: 60,
    planId: 'pro',
    ...change,
  }
}

export const lotOf = (change: Partial<CreditLot> = {}): CreditLot => ({
  id: 'signup',
  source: 'promotion',
  amountMicros: 1_000,
  remainingMicros: 1_000,
  grantedAt: 0,
  expiresAt: null,
  series: null,
  ...change,
})

type Subscription = typeof subscriptions.$inferInsert
type Invoice = typeof invoices.$inferInsert
type Grant = typeof creditGrants.$inferInsert

export function createNumbers({ mode = 'stripe' as 'stripe' | 'granted' | 'unlimited' } = {}) {
  const database = createTestDatabase()
  const db = drizzle(database)
  const clock = createTestClock(NOON)
  const lots = new Map<string, CreditLot[]>()
  const asked: string[] = []
  const notices: Notice[] = []
  const audits: ServiceAudit[] = []
  const away = new Set<string>()
  const ledgerOf = (organizationId: string) =>
    ({
      async credits() {
        asked.push(organizationId)
        if (away.has(organizationId)) throw new Error('the ledger is away')
        return { lots: lots.get(organizationId) ?? [], owedMicros: 0, overageMicros: 0 }
      },
    }) as unknown as LedgerRpc
  const contextFor = (principal: Principal): BillingContext => ({
    principal,
    db,
    stripe: null,
    settings: billingSettings({ BILLING_MODE: mode, ...(mode === 'stripe' && { STRIPE_SECRET_KEY: 'sk_test_1' }) }),
    ledgerOf,
    roleOf: async () => 'member',
    organizationOf: async ({ organizationId }) =>
      organizationId === 'org_gone'
        ? null
        : { name: `Name of ${organizationId}`, personal: false, members: 1, invited: 0, owner: null },
    organizationIdsAfter: async () => [],
    audit: async (audit) => void audits.push(audit),
    notices: { send: async (notice) => void notices.push(notice) },
    jobs: { send: async () => {}, sendBatch: async () => {} },
    clock,
    createId: createIds(clock),
    logger: silentLogger,
  })
  const subscribe = (change: Partial<Subscription> = {}) =>
    db.insert(subscriptions).values({
      id: 'sub_1',
      organizationId: 'org_1',
      stripeCustomerId: 'cus_1',
      planId: 'pro',
      planVersion: 1,
      interval: 'month',
      currency: 'usd',
      seats: 1,
      amountMinor: 2_000,
      status: 'active',
      currentPeriodStart: NOON - 10 * DAY,
      currentPeriodEnd: NOON + 20 * DAY,
      createdAt: NOON - 10 * DAY,
      syncedAt: NOON,
      ...change,
    })
  const invoice = (change: Partial<Invoice> & { id: string }) =>
    db.insert(invoices).values({
      organizationId: 'org_1',
      purpose: 'subscription',
      status: 'paid',
      currency: 'usd',
      subtotalMinor: 2_000,
      discountMinor: 0,
      taxMinor: 0,
      totalMinor: 2_000,
      paidMinor: 2_000,
      attempts: 1,
      createdAt: NOON,
      paidAt: NOON,
      syncedAt: NOON,
      ...change,
    })
  const grant = (change: Partial<Grant> = {}) =>
    db.insert(creditGrants).values({
      id: 'invoice:in_1',
      organizationId: 'org_1',
      invoiceId: 'in_1',
      source: 'included',
      amountMicros: 1_000,
      series: 'subscription:sub_1',
      startsAt: NOON - 10 * DAY,
      grantedAt: NOON - 10 * DAY,
      createdAt: NOON - 10 * DAY,
      ...change,
    })
  return {
    database,
    db,
    clock,
    lots,
    asked,
    notices,
    audits,
    away,
    contextFor,
    record: (list: PublishedEntry[]) => createBook(database).record(list),
    subscribe,
    invoice,
    grant,
  }
}

/** How SQLite would answer: a line for each table it looks at. */
export async function planOf(database: D1Database, sql: string, ...values: unknown[]): Promise<string[]> {
  const { results } = await database
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>()
  return results.map(({ detail }) => detail)
}
