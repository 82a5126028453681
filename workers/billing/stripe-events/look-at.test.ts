import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { billingActions, billingCustomers, discrepancies, stripePrices, subscriptions } from '#db/schema/billing'
import { lookAt } from './look-at.ts'
import { targetsOf } from './targets-of.ts'
import { subscriptionOf } from './testing/fake-stripe.ts'
import { BEGIN, createMoneyWorld, DAY, seconds } from './testing/money-world.ts'

const customer = 'cus_org_1'
const start = seconds(BEGIN)
const end = start + 31 * 86_400
const price = 'price_pro_month'
const sub = (more: Record<string, unknown> = {}) =>
  subscriptionOf({ id: 'sub_1', customer, created: start, price, start, end, ...more })

const targets = (type: string, object: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  targetsOf({ type, body: JSON.stringify({ data: { object, ...more } }) })

test.each([
  [
    'invoice.paid',
    { id: 'in_1', parent: { subscription_details: { subscription: 'sub_1' } } },
    'invoice in_1, subscription sub_1',
  ],
  ['invoice.paid', { id: 'in_1', parent: null }, 'invoice in_1'],
  ['customer.subscription.trial_will_end', { id: 'sub_1' }, 'subscription sub_1'],
  ['customer.subscription.pending_update_expired', { id: 'sub_1' }, 'subscription sub_1'],
  [
    'subscription_schedule.released',
    { id: 'sub_sched_1', subscription: null, released_subscription: 'sub_1' },
    'subscription sub_1',
  ],
  [
    'checkout.session.async_payment_succeeded',
    { id: 'cs_1', customer: { id: 'cus_1' }, invoice: 'in_1' },
    'checkout cs_1, customer cus_1, invoice in_1',
  ],
  ['customer.tax_id.updated', { id: 'txi_1', customer: 'cus_1' }, 'customer cus_1'],
  ['charge.dispute.funds_withdrawn', { id: 'dp_1' }, 'dispute dp_1'],
  ['charge.refunded', { id: 'ch_1' }, 'charge ch_1'],
  ['refund.failed', { id: 're_1' }, 'refund re_1'],
  ['payment_intent.payment_failed', { id: 'pi_1', customer: 'cus_1' }, 'payment pi_1, customer cus_1'],
  ['billing.meter.error_report_triggered', { id: 'mtr_1' }, 'meter mtr_1'],
  ['radar.early_fraud_warning.created', { id: 'issfr_1' }, ''],
])('%s is a reason to look at what it names', (type, object, names) => {
  expect(
    targets(type, object)
      .map(({ kind, id }) => `${kind} ${id}`)
      .join(', '),
  ).toBe(names)
})

test('a payment method that was taken away names whose it was', () => {
  const before = { previous_attributes: { customer: 'cus_1' } }
  expect(targets('payment_method.detached', { id: 'pm_1', customer: null }, before)).toEqual([
    { kind: 'customer', id: 'cus_1' },
  ])
})

test('a session that is over makes room for the next; an open one is left alone', async () => {
  const { ctx, db, fake } = await createMoneyWorld()
  const action = { kind: 'checkout', fingerprint: 'a', startedAt: 0, expiresAt: 1 }
  await db.insert(billingActions).values({ ...action, organizationId: 'org_1', objectId: 'cs_1' })
  const session = fake.put('checkout.session', { id: 'cs_1', status: 'open', client_reference_id: 'org_1' })
  await lookAt({ kind: 'checkout', id: 'cs_1' }, ctx)
  expect(await db.select().from(billingActions)).toHaveLength(1)
  fake.put('checkout.session', { ...session, status: 'expired' })
  expect(await lookAt({ kind: 'checkout', id: 'cs_1' }, ctx)).toBe('org_1')
  expect(await db.select().from(billingActions)).toEqual([])
})

test('a price that is switched off sells nothing more, and one that vanished is raised as well', async () => {
  const { ctx, db, fake } = await createMoneyWorld()
  const row = async () => (await db.select().from(stripePrices).where(eq(stripePrices.id, price)))[0]
  fake.get('price', price).active = false
  await lookAt({ kind: 'price', id: price }, ctx)
  expect(await row()).toMatchObject({ active: false })
  expect(await db.select().from(discrepancies)).toEqual([])
  fake.remove('price', price)
  await lookAt({ kind: 'price', id: price }, ctx)
  expect(await db.select().from(discrepancies)).toMatchObject([
    { kind: 'price_missing', subjectId: price, state: 'raised' },
  ])
})

test('a product that is gone takes its prices with it', async () => {
  const { ctx, db } = await createMoneyWorld()
  await lookAt({ kind: 'product', id: 'pro' }, ctx)
  const prices = await db.select().from(stripePrices).where(eq(stripePrices.productId, 'pro'))
  expect(prices.every(({ active }) => !active)).toBe(true)
})

test('errors of the meter are for a person to see', async () => {
  const { ctx, db } = await createMoneyWorld()
  await lookAt({ kind: 'meter', id: 'mtr_1' }, ctx)
  await lookAt({ kind: 'meter', id: 'mtr_1' }, ctx)
  expect(await db.select().from(discrepancies)).toMatchObject([{ kind: 'overage_unreported', subjectId: 'mtr_1' }])
})

test('a customer who was deleted at Stripe is known to be, and raised while something of theirs lives', async () => {
  const { ctx, db, fake } = await createMoneyWorld()
  fake.put('subscription', sub())
  await lookAt({ kind: 'subscription', id: 'sub_1' }, ctx)
  fake.put('customer', { id: customer, deleted: true })
  await lookAt({ kind: 'customer', id: customer }, ctx)
  expect((await db.select().from(billingCustomers))[0]).toMatchObject({ deletedAt: BEGIN, paymentMethod: null })
  expect(await db.select().from(discrepancies)).toMatchObject([{ kind: 'customer_deleted', state: 'raised' }])
  fake.get('subscription', 'sub_1').status = 'canceled'
  await lookAt({ kind: 'subscription', id: 'sub_1' }, ctx)
  await lookAt({ kind: 'customer', id: customer }, ctx)
  expect(await db.select().from(discrepancies)).toMatchObject([{ state: 'resolved' }])
})

test('a subscription to nothing of ours is raised, and what was known of it stays', async () => {
  const { ctx, db, fake } = await createMoneyWorld()
  fake.put('subscription', sub())
  await lookAt({ kind: 'subscription', id: 'sub_1' }, ctx)
  fake.put('subscription', sub({ price: 'price_odd' }))
  expect(await lookAt({ kind: 'subscription', id: 'sub_1' }, ctx)).toBeNull()
  expect((await db.select().from(subscriptions))[0]).toMatchObject({ planId: 'pro', status: 'active' })
  expect(await db.select().from(discrepancies)).toMatchObject([
    { kind: 'price_missing', subjectId: 'sub_1', actual: 'price_odd' },
  ])
})

test('a price whose row was lost is known by what it carries', async () => {
  const { ctx, db, fake } = await createMoneyWorld()
  await db.delete(stripePrices)
  fake.get('price', price).metadata = { riwaq_kind: 'plan', riwaq_item: 'pro', riwaq_version: '1' }
  fake.get('price', price).recurring = { interval: 'month' }
  fake.put('subscription', sub())
  expect(await lookAt({ kind: 'subscription', id: 'sub_1' }, ctx)).toBe('org_1')
  expect((await db.select().from(subscriptions))[0]).toMatchObject({ planId: 'pro', interval: 'month' })
})

test('what is scheduled, cancelled and discounted is kept as it will be shown', async () => {
  const { ctx, db, fake } = await createMoneyWorld()
  fake.put('subscription_schedule', {
    id: 'sub_sched_1',
    current_phase: { start_date: start, end_date: end },
    phases: [
      { start_date: start, items: [{ price, quantity: 1 }] },
      { start_date: end, items: [{ price: 'price_team_year', quantity: 5 }] },
    ],
  })
  const coupon = { id: 'LAUNCH', name: 'Launch', percent_off: 20, amount_off: null }
  const discounts = [{ source: { coupon } }]
  const cancellation_details = { feedback: 'unused' }
  fake.put(
    'subscription',
    sub({ schedule: 'sub_sched_1', discounts, cancel_at_period_end: true, cancellation_details }),
  )
  await lookAt({ kind: 'subscription', id: 'sub_1' }, ctx)
  expect((await db.select().from(subscriptions))[0]).toMatchObject({
    pendingChange: { plan_id: 'team', interval: 'year', seats: 5, at: end * 1_000 },
    cancelsAt: end * 1_000,
    cancelReason: 'unused',
    discount: { name: 'Launch', percent_off: 20 },
  })
})

test('that a trial ends soon is told once, and not where it has ended meanwhile', async () => {
  const world = await createMoneyWorld()
  const trial = { status: 'trialing', trial_start: start, trial_end: start + 14 * 86_400 }
  world.fake.put('subscription', sub(trial))
  world.clock.advance(11 * DAY)
  for (const id of ['evt_1', 'evt_2']) {
    await world.store({ id, type: 'customer.subscription.trial_will_end', object: { id: 'sub_1' } })
    await world.deliver([{ kind: 'event', id }])
  }
  expect(world.told().filter((type) => type === 'subscription.trial_ending')).toHaveLength(1)
})

test('what changes in a subscription is told as what it is', async () => {
  const world = await createMoneyWorld()
  const look = async (more: Record<string, unknown>) => {
    world.fake.put('subscription', sub(more))
    await lookAt({ kind: 'subscription', id: 'sub_1' }, world.ctx)
    world.clock.advance(1_000)
    const told = world.told()
    world.notices.clear()
    return told
  }
  expect(await look({ status: 'incomplete' })).toEqual([])
  expect(await look({})).toEqual(['subscription.activated'])
  expect(await look({})).toEqual([])
  expect(await look({ price: 'price_team_month', quantity: 3 })).toEqual(['subscription.changed'])
  expect(await look({ price: 'price_team_month', quantity: 3, cancel_at_period_end: true })).toEqual([
    'subscription.canceled',
  ])
  expect(await look({ price: 'price_team_month', quantity: 3 })).toEqual([])
  expect(await look({ price: 'price_team_month', quantity: 3, status: 'canceled' })).toEqual(['subscription.canceled'])
})
