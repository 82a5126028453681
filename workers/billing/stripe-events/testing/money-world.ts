// Money in a test: the real rows in a real database, a Stripe that says what the test put there, ledgers in memory, a
// queue that delivers at least once, and a Worker that can be lost at any of its steps.
import { drizzle } from 'drizzle-orm/d1'
import {
  billingCustomers,
  creditPacks,
  creditPackVersions,
  plans,
  planVersions,
  stripePrices,
} from '#db/schema/billing'
import { createTestDatabase } from '#db/testing'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { Notice } from '#shared/contracts/notices'
import { silentLogger } from '#shared/http/log'
import { createTestClock } from '#shared/lib/clock'
import { createIds } from '#shared/lib/ids'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import type { BillingSystem } from '../../context.ts'
import { consumeDeadJobs, consumeJobs } from '../consume-jobs.ts'
import { createEventRows } from '../event-repository.ts'
import type { MoneyJob } from '../jobs.ts'
import { createFakeStripe } from './fake-stripe.ts'

export const DAY = 86_400_000
export const BEGIN = Date.UTC(2026, 0, 10)
export const INCLUDED = 20_000_000
export const seconds = (at: number): number => Math.floor(at / 1_000)

const name = { en: 'A', ar: 'أ' }
const limits = {
  requests_per_minute: null,
  tokens_per_minute: null,
  parallel_requests: null,
  models: null,
  storage_bytes: null,
}
const offer = {
  name,
  description: name,
  features: [],
  ...limits,
  seats: { minimum: 1, maximum: null },
  overage: { policy: 'metered', cap_micros: 50_000_000 },
}
const included = { month: INCLUDED, year: 12 * INCLUDED }
const monthly = { interval: 'month', currency: 'usd', amount_minor: 2_000 }
const trial = { days: 14, credit_micros: 3_000_000, needs_payment_method: true }
const bodies = {
  free: {
    ...offer,
    kind: 'free',
    prices: [],
    included_credit_micros: { month: 0, year: 0 },
    carry_over: 'none',
    trial: null,
  },
  pro: { ...offer, kind: 'flat', prices: [monthly], included_credit_micros: included, carry_over: 'none', trial },
  team: {
    ...offer,
    kind: 'per_seat',
    prices: [monthly],
    included_credit_micros: included,
    carry_over: 'one_period',
    trial: null,
  },
  keeper: {
    ...offer,
    kind: 'flat',
    prices: [monthly],
    included_credit_micros: included,
    carry_over: 'unlimited',
    trial: null,
  },
}

/** Where a Worker dies: at which of its effects, and whether that one still happened. */
export interface Death {
  step: number
  after: boolean
}

function mortalDatabase(database: D1Database, step: <T>(effect: () => Promise<T>) => Promise<T>): D1Database {
  interface Mortal {
    inner: D1PreparedStatement
  }
  const wrap = (inner: D1PreparedStatement): D1PreparedStatement & Mortal =>
    ({
      inner,
      bind: (...values: unknown[]) => wrap(inner.bind(...values)),
      all: () => step(() => inner.all()),
      run: () => step(() => inner.run()),
      first: () => step(() => inner.first()),
      raw: (options?: { columnNames?: false }) => step(() => inner.raw(options)),
    }) as unknown as D1PreparedStatement & Mortal
  return {
    prepare: (sql: string) => wrap(database.prepare(sql)),
    batch: (statements: Mortal[]) => step(() => database.batch(statements.map(({ inner }) => inner))),
  } as unknown as D1Database
}

export type MoneyWorld = Awaited<ReturnType<typeof createMoneyWorld>>

export async function createMoneyWorld({ organizations = ['org_1'], graceDays = 7 } = {}) {
  const clock = createTestClock(BEGIN)
  const mortal = { steps: 0, death: null as Death | null, dead: false }
  async function step<T>(effect: () => T | Promise<T>): Promise<T> {
    if (mortal.dead) throw new Error('dead')
    const dies = mortal.death?.step === mortal.steps++
    if (dies && !mortal.death?.after) {
      mortal.dead = true
      throw new Error('died before')
    }
    const result = await effect()
    if (dies) {
      mortal.dead = true
      throw new Error('died after')
    }
    return result
  }

  const database = createTestDatabase()
  const fake = createFakeStripe({ step, now: clock })
  const ledgers = new Map<string, ReturnType<typeof createInMemoryLedger>>()
  const ledgerOf = (organizationId: string) => {
    const ledger = ledgers.get(organizationId) ?? createInMemoryLedger({ clock, organizationId, ids: createIds(clock) })
    ledgers.set(organizationId, ledger)
    return ledger
  }
  const mortalLedger = (organizationId: string) =>
    new Proxy(ledgerOf(organizationId), {
      get(ledger, method: keyof LedgerRpc) {
        const call = ledger[method] as (...input: unknown[]) => Promise<unknown>
        return (...input: unknown[]) => step(() => call.apply(ledger, input))
      },
    })
  const notices = new Map<string, Notice>()
  const jobs: MoneyJob[] = []
  const ctx = {
    db: drizzle(mortalDatabase(database, step)),
    stripe: fake.stripe,
    settings: {
      mode: 'stripe',
      testPayments: true,
      stripe: { secretKey: 'sk_test_local', webhookSecret: 'whsec_one, whsec_two', apiBase: null },
      hasTax: false,
      graceMs: graceDays * DAY,
      defaultCurrency: 'usd',
      seller: { name: 'Riwaq', address: [], taxIds: [] },
      siteUrl: 'https://ai.example.com',
    },
    ledgerOf: mortalLedger,
    notices: { send: (notice: Notice) => step(() => void notices.set(notice.id, notice)) },
    jobs: {
      send: (job: MoneyJob) => step(() => void jobs.push(job)),
      sendBatch: (bodies: { body: MoneyJob }[]) => step(() => void jobs.push(...bodies.map(({ body }) => body))),
    },
    clock,
    createId: createIds(clock),
    logger: silentLogger,
  } as unknown as BillingSystem

  const plain = drizzle(database)
  const createdAt = BEGIN
  for (const [planId, body] of Object.entries(bodies)) {
    await plain.insert(planVersions).values({ planId, version: 1, body, createdAt })
    await plain.insert(plans).values({ id: planId, version: 1, position: 0 })
    for (const [interval, amountMinor] of [
      ['month', 2_000],
      ['year', 20_000],
    ] as const) {
      const id = `price_${planId}_${interval}`
      await plain.insert(stripePrices).values({
        id,
        productId: planId,
        kind: 'plan',
        itemId: planId,
        version: 1,
        interval,
        currency: 'usd',
        amountMinor,
      })
      fake.put('price', { id, unit_amount: amountMinor, metadata: {}, active: true })
    }
  }
  const pack = {
    name,
    credit_micros: 10_000_000,
    prices: [{ currency: 'usd', amount_minor: 1_000 }],
    expires_after_days: 365,
  }
  await plain.insert(creditPackVersions).values({ packId: 'ten', version: 1, body: pack, createdAt })
  await plain.insert(creditPacks).values({ id: 'ten', version: 1, position: 0 })
  for (const [id, kind, itemId, interval, amountMinor] of [
    ['price_ten', 'credit_pack', 'ten', 'once', 1_000],
    ['price_overage', 'overage', 'overage', 'month', 0],
  ] as const) {
    await plain
      .insert(stripePrices)
      .values({ id, productId: itemId, kind, itemId, version: 1, interval, currency: 'usd', amountMinor })
    fake.put('price', { id, unit_amount: amountMinor, metadata: {}, active: true })
  }
  for (const organizationId of organizations) {
    const id = `cus_${organizationId}`
    await plain.insert(billingCustomers).values({ organizationId, stripeCustomerId: id, createdAt, syncedAt: 0 })
    fake.put('customer', {
      id,
      created: 0,
      currency: 'usd',
      metadata: { organization_id: organizationId },
      invoice_settings: {},
    })
  }

  async function deliver(bodies: unknown[], attempts = 1): Promise<void> {
    const left: unknown[] = []
    const messages = bodies.map((body, index) => ({
      id: String(index),
      body,
      attempts,
      ack: () => {},
      retry: () => void left.push(body),
    }))
    await consumeJobs({ queue: 'riwaq-stripe-events', messages } as never, ctx)
    if (mortal.dead) throw new Error('dead')
    if (left.length > 0) throw new Error(`${left.length} come again`)
  }

  return {
    ctx,
    db: plain,
    database,
    clock,
    fake,
    notices,
    jobs,
    mortal,
    ledgerOf,
    deliver,
    deliverDead: (bodies: unknown[]) =>
      consumeDeadJobs(
        {
          queue: 'dead',
          messages: bodies.map((body) => ({ id: '1', body, attempts: 1, ack() {}, retry() {} })),
        } as never,
        ctx,
      ),
    /** As the door does once it has looked at the signature. */
    async store(event: {
      id: string
      type: string
      object: Record<string, unknown>
      previous?: Record<string, unknown>
    }) {
      const { id, type, object, previous } = event
      const body = JSON.stringify({ id, type, data: { object, previous_attributes: previous } })
      const objectId = typeof object.id === 'string' ? object.id : null
      return createEventRows(plain).store({
        id,
        type,
        createdAt: clock(),
        receivedAt: clock(),
        objectId,
        livemode: false,
        body,
      })
    },
    told: () => [...notices.values()].map(({ type }) => type).toSorted(),
    balance: async (organizationId = 'org_1') => (await ledgerOf(organizationId).balance()).balanceMicros,
    revive() {
      mortal.dead = false
      mortal.death = null
    },
  }
}
