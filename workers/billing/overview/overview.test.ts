import { expect, test } from 'vitest'
import { subscriptions } from '#db/schema/billing'
import { BillingOverview, BillingStatus } from '#shared/contracts/billing'
import { PlanOffer } from '#shared/contracts/plans'
import { createBilling, NOON, ORGANIZATION, person } from '../testing.ts'

const DAY = 86_400_000

const overdue: typeof subscriptions.$inferInsert = {
  id: 'sub_1',
  organizationId: ORGANIZATION,
  stripeCustomerId: 'cus_1',
  planId: 'pro',
  planVersion: 1,
  interval: 'month',
  currency: 'sar',
  seats: 1,
  amountMinor: 7_500,
  status: 'past_due',
  currentPeriodStart: NOON - DAY,
  currentPeriodEnd: NOON + 29 * DAY,
  pastDueSince: NOON,
  payUrl: 'https://pay.example/1',
  createdAt: NOON - DAY,
  syncedAt: NOON,
}

test('whoever looks sees what is sold, in order, and may keep it for a minute', async () => {
  const { ask } = createBilling()
  const { status, body, headers } = await ask('plans', { as: { kind: 'anonymous' } })
  expect(status).toBe(200)
  expect(headers.get('cache-control')).toBe('public, max-age=60')
  const offer = PlanOffer.parse(body)
  expect(offer).toMatchObject({ mode: 'stripe', test_payments: true })
  expect(offer.currencies[0]).toBe('usd')
  expect(offer.plans.map(({ id, available }) => [id, available])).toEqual([
    ['free', false],
    ['pro', true],
    ['team', true],
    ['enterprise', false],
  ])
  expect(offer.credit_packs).toHaveLength(3)
})

test.each(['granted', 'unlimited'])('in the mode %s nothing can be bought, and every page can say so', async (mode) => {
  const { ask } = createBilling({ BILLING_MODE: mode })
  const { body: offer } = await ask('plans')
  expect(offer).toMatchObject({
    mode,
    test_payments: false,
    plans: [{ available: false }, { available: false }, {}, {}],
  })
  expect((await ask('status')).body).toMatchObject({ mode, plan: { id: 'free' }, read_only: false })
  expect((await ask('overview')).body).toMatchObject({ mode, subscription: null })
  const refused = { status: 409, body: { code: 'billing_disabled', facts: { mode } } }
  for (const [path, body] of [
    ['checkout', { plan_id: 'pro', interval: 'month', currency: 'usd' }],
    ['credit-packs/credit-10/checkout', { currency: 'usd' }],
    ['portal', {}],
    ['checkout/return', { session_id: 'cs_1' }],
    ['subscription/preview', { plan_id: 'pro', interval: 'month', seats: 1 }],
    ['subscription/cancel', { reason: 'unused' }],
    ['subscription/resume', {}],
    ['sync', {}],
  ] as const)
    expect(await ask(path, { body }), path).toMatchObject(refused)
  expect(await ask('subscription/change', { method: 'DELETE' })).toMatchObject(refused)
})

test('the billing page at one glance: plan, credit in its order, what is decided and who pays', async () => {
  const { ask, ledgerOf } = createBilling()
  await ledgerOf(ORGANIZATION).grant({ id: 'signup', amountMicros: 1_000_000 })
  const overview = BillingOverview.parse((await ask('overview')).body)
  expect(overview).toMatchObject({
    plan: { id: 'free' },
    plan_is_current: true,
    subscription: null,
    payment_method: null,
    credit: {
      balance_micros: 1_000_000,
      owed_micros: 0,
      lots: [{ id: 'signup', source: 'promotion', remaining_micros: 1_000_000 }],
    },
    auto_top_up: { enabled: false, failure: null },
    overage: { enabled: false, allowed: false, used_micros: 0 },
    details: { name: 'Rihla', email: 'salma@example.com', locale: 'ar', address: null, tax_id: null },
  })
})

test('an overdue payment says since when, until when, and where it is paid', async () => {
  const { ask, system } = createBilling()
  await system.db.insert(subscriptions).values(overdue)
  expect((await ask('overview')).body.subscription).toMatchObject({
    status: 'past_due',
    past_due_since: NOON,
    read_only_at: NOON + 7 * DAY,
    pay_url: 'https://pay.example/1',
    pending_change: null,
  })
})

test('every member sees the plan and the banner, and nobody but owner and billing sees money', async () => {
  const { ask, system, clock } = createBilling()
  await system.db.insert(subscriptions).values(overdue)
  clock.advance(8 * DAY)
  for (const role of ['owner', 'admin', 'member', 'billing', 'viewer'] as const) {
    const as = person(role)
    const status = BillingStatus.parse((await ask('status', { as })).body)
    const isPayer = role === 'owner' || role === 'billing'
    expect(status, role).toMatchObject({ plan: { id: 'pro' }, past_due: true, read_only: true, can_manage: isPayer })
    for (const path of ['overview', 'invoices', 'invoices/in_1', 'details', 'auto-top-up', 'overage'])
      if (!isPayer) expect(await ask(path, { as }), `${role} ${path}`).toMatchObject({ status: 403 })
  }
})

test('where a platform has become one without limits, whoever looks next is not limited any more', async () => {
  const { ask, ledgerOf } = createBilling({ BILLING_MODE: 'unlimited' })
  expect(await ledgerOf(ORGANIZATION).plan()).toBeNull()
  await ask('status', { as: person('member') })
  expect(await ledgerOf(ORGANIZATION).plan()).toMatchObject({ planId: 'free', overdraft: { kind: 'unlimited' } })
})

test('who looks while the ledger is away sees the plan all the same', async () => {
  const { ask, ledgerOf } = createBilling()
  ledgerOf(ORGANIZATION).failWith(new Error('overloaded'))
  expect(await ask('status')).toMatchObject({ status: 200, body: { plan: { id: 'free' } } })
})

test('a stranger and a key see no money and change nothing', async () => {
  const { ask } = createBilling()
  const key = {
    kind: 'api-key',
    organizationId: ORGANIZATION,
    keyId: 'key_1',
    userId: 'usr_owner',
    scopes: [],
  } as const
  expect(await ask('status', { as: { kind: 'anonymous' } })).toMatchObject({ status: 401 })
  expect(await ask('overview', { as: { kind: 'anonymous' } })).toMatchObject({ status: 401 })
  expect(await ask('overview', { as: { ...key, scopes: ['usage'] } })).toMatchObject({ status: 403 })
  expect(await ask('portal', { as: { ...key, scopes: ['organization'] }, body: {} })).toMatchObject({ status: 403 })
})

test('a ledger that is away is a 503', async () => {
  const { ask, ledgerOf } = createBilling()
  ledgerOf(ORGANIZATION).failWith(new Error('overloaded'))
  expect(await ask('overview')).toMatchObject({ status: 503, body: { code: 'service_unavailable' } })
})
