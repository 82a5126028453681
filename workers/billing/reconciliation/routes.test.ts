import { expect, test } from 'vitest'
import { createTestDatabase } from '#db/testing'
import { drizzle } from 'drizzle-orm/d1'
import { discrepancies, stripeEvents } from '#db/schema/billing'
import type { ServiceAudit } from '#shared/contracts/account'
import { DiscrepancyPage, ReconciliationPage, StripeEventPage } from '#shared/contracts/billing-administration'
import type { Principal } from '#shared/contracts/principal'
import { createServiceApp } from '#shared/http/create-service-app'
import { principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import type { BillingEnv } from '../context.ts'
import { reconciliationRoutes } from './routes.ts'

const operator: Principal = {
  kind: 'user',
  organizationId: 'org_9',
  userId: 'usr_9',
  role: 'owner',
  platformAdmin: true,
}
const owner: Principal = { ...operator, platformAdmin: false }

function createAdministration(settings: Partial<BillingEnv> = { STRIPE_SECRET_KEY: 'sk_test_1' }) {
  const audits: ServiceAudit[] = []
  const jobs: unknown[] = []
  const env = {
    DB: createTestDatabase(),
    AUTH_RPC: { recordAudit: async (audit: ServiceAudit) => void audits.push(audit) },
    STRIPE_EVENTS: {
      send: async (job: unknown) => void jobs.push(job),
      sendBatch: async (bodies: { body: unknown }[]) => void jobs.push(...bodies.map(({ body }) => body)),
    },
    PRINCIPAL_KEY: TEST_PRINCIPAL_KEY,
    ...settings,
  } as unknown as BillingEnv
  const app = createServiceApp<BillingEnv>('billing', reconciliationRoutes)
  async function ask(
    path: string,
    { method = 'GET', body, as = operator }: { method?: string; body?: unknown; as?: Principal } = {},
  ) {
    const init = {
      method,
      headers: await principalHeaders(as),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }
    const response = await app.request(`/api/billing/admin/${path}`, init, env)
    return {
      status: response.status,
      body: (await response.json()) as Record<string, unknown> & { data: { id: string }[]; next_cursor: string | null },
    }
  }
  const db = drizzle(env.DB)
  const addEvent = (id: string, change: Partial<typeof stripeEvents.$inferInsert> = {}) =>
    db.insert(stripeEvents).values({
      id,
      type: 'invoice.paid',
      createdAt: 1,
      receivedAt: Number(id.slice(4)),
      state: 'processed',
      livemode: false,
      body: '{"secret":true}',
      ...change,
    })
  const addDifference = (id: string) =>
    db
      .insert(discrepancies)
      .values({ id, foundAt: 1, kind: 'grant_unpaid', subjectId: id, expected: 'a', actual: 'b', state: 'raised' })
  return { ask, audits, jobs, db, addEvent, addDifference }
}

test('only operators see and do any of it', async () => {
  const { ask, jobs } = createAdministration()
  for (const [method, path] of [
    ['GET', 'events'],
    ['GET', 'reconciliations'],
    ['GET', 'discrepancies'],
    ['POST', 'reconcile'],
    ['POST', 'events/replay-failed'],
    ['POST', 'events/evt_1/replay'],
    ['POST', 'discrepancies/dis_1/resolve'],
    ['POST', 'invoices/in_1/refund'],
  ] as const)
    expect([path, (await ask(path, { method, as: owner })).status]).toEqual([path, 403])
  expect(jobs).toEqual([])
})

test('events are shown page by page, the newest first, without what was in them', async () => {
  const { ask, addEvent } = createAdministration()
  for (const at of [1, 2, 3]) await addEvent(`evt_${at}`)
  const first = (await ask('events?limit=2')).body
  expect(StripeEventPage.parse(first).data.map(({ id }) => id)).toEqual(['evt_3', 'evt_2'])
  expect(JSON.stringify(first)).not.toContain('secret')
  const second = (await ask(`events?limit=2&cursor=${first.next_cursor}`)).body
  expect([second.data.map(({ id }) => id), second.next_cursor]).toEqual([['evt_1'], null])
  expect((await ask('events?cursor=nonsense')).body.code).toBe('invalid_cursor')
})

test('events are found by their state and type', async () => {
  const { ask, addEvent } = createAdministration()
  await addEvent('evt_1', { state: 'failed' })
  await addEvent('evt_2', { type: 'invoice.created' })
  expect((await ask('events?state=failed')).body.data.map(({ id }) => id)).toEqual(['evt_1'])
  expect((await ask('events?type=invoice.created')).body.data.map(({ id }) => id)).toEqual(['evt_2'])
  expect((await ask('events?state=odd')).status).toBe(400)
})

test('an event is looked at again, whatever became of it, and that is recorded', async () => {
  const { ask, addEvent, db, jobs, audits } = createAdministration()
  await addEvent('evt_1', { state: 'failed', error: 'away', attempts: 11 })
  expect((await ask('events/evt_1/replay', { method: 'POST' })).body).toEqual({ replayed: 1 })
  expect((await db.select().from(stripeEvents))[0]).toMatchObject({ state: 'received', attempts: 0, error: null })
  expect(jobs).toEqual([{ kind: 'event', id: 'evt_1' }])
  expect(audits).toMatchObject([{ action: 'stripe-event.replayed', targetId: 'evt_1' }])
  expect((await ask('events/evt_9/replay', { method: 'POST' })).status).toBe(404)
})

test('all that failed are looked at again at once, and no others', async () => {
  const { ask, addEvent, jobs } = createAdministration()
  for (let at = 0; at < 120; at++) await addEvent(`evt_${at}`, { state: at < 110 ? 'failed' : 'processed' })
  expect((await ask('events/replay-failed', { method: 'POST' })).body).toEqual({ replayed: 110 })
  expect(jobs).toHaveLength(110)
})

test('a comparison that is asked for twice runs once', async () => {
  const { ask, jobs } = createAdministration()
  const first = await ask('reconcile', { method: 'POST' })
  const second = await ask('reconcile', { method: 'POST' })
  expect([first.status, second.body]).toEqual([202, first.body])
  expect(ReconciliationPage.parse((await ask('reconciliations')).body).data).toMatchObject([{ finished_at: null }])
  expect(jobs).toHaveLength(2)
})

test('where nothing is sold there is nothing to compare', async () => {
  const { ask } = createAdministration({ BILLING_MODE: 'granted' })
  expect((await ask('reconcile', { method: 'POST' })).body.code).toBe('billing_disabled')
  expect((await ask('events')).body.data).toEqual([])
})

test('a difference is settled once, with a word about it', async () => {
  const { ask, addDifference } = createAdministration()
  await addDifference('dis_1')
  expect(DiscrepancyPage.parse((await ask('discrepancies?state=raised')).body).data).toHaveLength(1)
  const resolve = (id: string, note = 'called them') =>
    ask(`discrepancies/${id}/resolve`, { method: 'POST', body: { note } })
  expect((await resolve('dis_1', '  ')).status).toBe(400)
  expect((await resolve('dis_1')).body).toMatchObject({ state: 'resolved', note: 'called them' })
  expect((await resolve('dis_1')).status).toBe(409)
  expect((await resolve('dis_9')).status).toBe(404)
  expect((await ask('discrepancies?state=raised')).body.data).toEqual([])
})

test('an invoice that is not ours cannot be refunded', async () => {
  const { ask } = createAdministration()
  expect((await ask('invoices/in_9/refund', { method: 'POST', body: { id: 'a' } })).status).toBe(404)
})
