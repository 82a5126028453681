import { expect, test } from 'vitest'
import { subscriptions } from '#db/schema/billing'
import { updateCustomer } from '../customers/customers-repository.ts'
import { createBilling, NOON, ORGANIZATION, type TestBilling } from '../testing.ts'
import { applyPlan } from './apply-plan.ts'

const DAY = 86_400_000

type Row = typeof subscriptions.$inferInsert

const row = (change: Partial<Row> = {}): Row => ({
  id: 'sub_1',
  organizationId: ORGANIZATION,
  stripeCustomerId: 'cus_1',
  planId: 'pro',
  planVersion: 1,
  interval: 'month',
  currency: 'usd',
  seats: 1,
  amountMinor: 2_000,
  status: 'active',
  currentPeriodStart: NOON - DAY,
  currentPeriodEnd: NOON + 29 * DAY,
  createdAt: NOON - DAY,
  syncedAt: NOON,
  ...change,
})

/** Rows as the service keeps them, and what the ledger is told. */
async function applied(billing: TestBilling, rows: Partial<Row>[] = []) {
  for (const each of rows) await billing.system.db.insert(subscriptions).values(row(each))
  const terms = await applyPlan({ organizationId: ORGANIZATION, ctx: billing.system })
  expect(await billing.ledgerOf(ORGANIZATION).plan()).toEqual(terms)
  return terms
}

test('whoever pays for nothing has the free plan, which limits nothing', async () => {
  expect(await applied(createBilling())).toEqual({
    planId: 'free',
    planVersion: 1,
    asOf: NOON,
    requestsPerMinute: null,
    tokensPerMinute: null,
    parallelRequests: null,
    models: null,
    readOnly: false,
    overdraft: null,
  })
})

test('a subscription gives its plan’s limits', async () => {
  expect(await applied(createBilling(), [{}])).toMatchObject({
    planId: 'pro',
    requestsPerMinute: 600,
    parallelRequests: 50,
    readOnly: false,
  })
})

test.each(['canceled', 'incomplete', 'incomplete_expired', 'paused'])(
  'one that is %s gives the free plan',
  async (status) => {
    expect(await applied(createBilling(), [{ status }])).toMatchObject({ planId: 'free' })
  },
)

test('of two that live the eldest counts', async () => {
  const rows = [{}, { id: 'sub_2', planId: 'team', seats: 2, createdAt: NOON }]
  expect(await applied(createBilling(), rows)).toMatchObject({ planId: 'pro' })
})

test('an overdue payment stops paid calls when the grace is over, and not before', async () => {
  const billing = createBilling()
  await applied(billing, [{ status: 'past_due', pastDueSince: NOON }])
  billing.clock.advance(7 * DAY - 1)
  expect(await applied(billing)).toMatchObject({ planId: 'pro', readOnly: false })
  billing.clock.advance(1)
  expect(await applied(billing)).toMatchObject({ planId: 'pro', readOnly: true })
})

test('without grace paid calls stop at once', async () => {
  const billing = createBilling({ STRIPE_SECRET_KEY: 'sk_test_1', BILLING_GRACE_DAYS: '0' })
  expect(await applied(billing, [{ status: 'past_due', pastDueSince: NOON }])).toMatchObject({ readOnly: true })
})

test('use beyond credit is what the organization allows itself, and never more than its plan does', async () => {
  const billing = createBilling()
  const allow = (overageCapMicros: number) =>
    updateCustomer({
      organizationId: ORGANIZATION,
      change: { overageEnabled: true, overageCapMicros },
      ctx: billing.system,
    })
  await allow(30_000_000)
  expect(await applied(billing)).toMatchObject({ overdraft: null })
  expect(await applied(billing, [{ planId: 'team', seats: 3 }])).toMatchObject({
    overdraft: { kind: 'metered', capMicros: 30_000_000, since: NOON - DAY },
  })
  await allow(900_000_000)
  billing.clock.advance(1)
  expect(await applied(billing)).toMatchObject({ overdraft: { capMicros: 300_000_000 } })
})

test('where nobody is billed nothing is limited by credit, and what was sold before binds nobody', async () => {
  const unlimited = createBilling({ BILLING_MODE: 'unlimited' })
  expect(await applied(unlimited, [{ status: 'past_due', pastDueSince: 0 }])).toMatchObject({
    planId: 'free',
    readOnly: false,
    overdraft: { kind: 'unlimited', capMicros: null },
  })
  expect(await applied(createBilling({ BILLING_MODE: 'granted' }))).toMatchObject({ planId: 'free', overdraft: null })
})

test('what was read earlier does not replace what was read later', async () => {
  const billing = createBilling()
  await applied(billing, [{}])
  billing.clock.set(NOON - 1)
  await applyPlan({ organizationId: ORGANIZATION, ctx: billing.system })
  expect(await billing.ledgerOf(ORGANIZATION).plan()).toMatchObject({ asOf: NOON })
})
