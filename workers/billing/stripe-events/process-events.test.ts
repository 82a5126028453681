import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { creditGrants, invoices, stripeEvents, subscriptions } from '#db/schema/billing'
import { invoiceOf, lineOf, subscriptionOf } from './testing/fake-stripe.ts'
import { BEGIN, createMoneyWorld, DAY, INCLUDED, seconds, type MoneyWorld } from './testing/money-world.ts'

const customer = 'cus_org_1'
const start = seconds(BEGIN)
const end = seconds(Date.UTC(2026, 1, 10))

function subscribe(
  { fake }: MoneyWorld,
  { price = 'price_pro_month', quantity = 1, id = 'sub_1', invoice = 'in_1' } = {},
) {
  fake.put(
    'subscription',
    subscriptionOf({ id, customer, created: start, price, start, end, quantity, latest: invoice }),
  )
  const lines = [lineOf({ price, amount: 2_000 * quantity, quantity, start, end })]
  fake.put(
    'invoice',
    invoiceOf({ id: invoice, customer, created: start, subscription: id, reason: 'subscription_create', lines }),
  )
  fake.pay(invoice)
}

const event = (id: string, type: string, object: Record<string, unknown>) => ({ id, type, object })
const paid = event('evt_paid', 'invoice.paid', {
  id: 'in_1',
  parent: { subscription_details: { subscription: 'sub_1' } },
})
const created = event('evt_created', 'customer.subscription.created', { id: 'sub_1', customer })

async function run(world: MoneyWorld, events: ReturnType<typeof event>[]) {
  for (const each of events) await world.store(each)
  await world.deliver(events.map(({ id }) => ({ kind: 'event', id })))
}

test('a subscription that is paid gives its plan, its credit and one word of each', async () => {
  const world = await createMoneyWorld()
  subscribe(world)
  await run(world, [created, paid])
  expect(await world.balance()).toBe(INCLUDED)
  expect((await world.ledgerOf('org_1').plan())?.planId).toBe('pro')
  expect(world.told()).toEqual(['credit.granted', 'invoice.paid', 'subscription.activated'])
  expect(
    (await world.db.select().from(stripeEvents)).map(({ state, organizationId }) => [state, organizationId]),
  ).toEqual([
    ['processed', 'org_1'],
    ['processed', 'org_1'],
  ])
})

test('what is told twice, late or in the wrong order is granted once', async () => {
  const world = await createMoneyWorld()
  subscribe(world)
  for (const batch of [[paid], [paid, created], [created, paid]]) {
    for (const each of batch) await world.store({ ...each, id: `${each.id}_${world.clock()}_${batch.length}` })
    const ids = (await world.db.select({ id: stripeEvents.id }).from(stripeEvents)).map(({ id }) => ({
      kind: 'event',
      id,
    }))
    await world.deliver(ids)
    world.clock.advance(DAY)
  }
  expect(await world.balance()).toBe(INCLUDED)
  expect(world.notices.size).toBe(3)
})

test('several events about one thing are one look at it', async () => {
  const world = await createMoneyWorld()
  subscribe(world)
  await run(world, [created])
  const { calls } = world.fake.state
  await run(
    world,
    Array.from({ length: 5 }, (_, place) => event(`evt_${place}`, 'customer.updated', { id: customer })),
  )
  // The customer, and what it pays with.
  expect(world.fake.state.calls - calls).toBe(2)
})

test('credit of a team is for each of its seats', async () => {
  const world = await createMoneyWorld()
  subscribe(world, { price: 'price_team_month', quantity: 3 })
  await run(world, [paid])
  expect(await world.balance()).toBe(3 * INCLUDED)
})

test('what is of no interest is said to be ignored', async () => {
  const world = await createMoneyWorld()
  await run(world, [event('evt_x', 'issuing_card.created', { id: 'ic_1' })])
  expect((await world.db.select().from(stripeEvents))[0]).toMatchObject({ state: 'ignored', attempts: 0 })
})

test('what fails is tried again, and in the end shown as failed with its reason', async () => {
  const world = await createMoneyWorld()
  subscribe(world)
  world.ledgerOf('org_1').failWith(new Error('the ledger is away'))
  await world.store(paid)
  const job = { kind: 'event', id: paid.id }
  await expect(world.deliver([job])).rejects.toThrow('come again')
  const row = async () => (await world.db.select().from(stripeEvents).where(eq(stripeEvents.id, paid.id)))[0]
  expect(await row()).toMatchObject({
    state: 'received',
    attempts: 1,
    error: expect.stringContaining('the ledger is away'),
  })
  await expect(world.deliver([job], 11)).rejects.toThrow('come again')
  expect(await row()).toMatchObject({ state: 'failed', attempts: 2 })
})

test('a job that nobody could do in the end leaves its event failed', async () => {
  const world = await createMoneyWorld()
  await world.store(paid)
  await world.deliverDead([{ kind: 'event', id: paid.id }, 'nonsense'])
  expect((await world.db.select().from(stripeEvents))[0]).toMatchObject({ state: 'failed' })
})

test('a renewal takes the place of what is left of the month before, in whatever order they are told', async () => {
  const balances = []
  for (const order of [
    ['in_1', 'in_2'],
    ['in_2', 'in_1'],
  ]) {
    const world = await createMoneyWorld()
    subscribe(world)
    const next = seconds(Date.UTC(2026, 2, 10))
    const lines = [lineOf({ price: 'price_pro_month', amount: 2_000, start: end, end: next })]
    world.fake.put(
      'invoice',
      invoiceOf({ id: 'in_2', customer, created: end, subscription: 'sub_1', reason: 'subscription_cycle', lines }),
    )
    world.fake.pay('in_2')
    world.clock.set(end * 1_000)
    for (const id of order) {
      await run(world, [event(`evt_${id}`, 'invoice.paid', { id })])
      world.clock.advance(1_000)
    }
    balances.push(await world.balance())
  }
  expect(balances).toEqual([INCLUDED, INCLUDED])
})

test('what a subscription included ends with it, whether its end or its invoice is told first', async () => {
  const balances = []
  for (const order of [
    [paid, created],
    [created, paid],
  ]) {
    const world = await createMoneyWorld()
    subscribe(world)
    await run(world, [order[0]!])
    Object.assign(world.fake.get('subscription', 'sub_1'), { status: 'canceled', ended_at: start + 100 })
    world.clock.advance(100_000)
    for (const each of order) await run(world, [{ ...each, id: `${each.id}_2` }])
    balances.push(await world.balance())
  }
  expect(balances).toEqual([0, 0])
})

test('an upgrade grants the difference for the rest of the period', async () => {
  const world = await createMoneyWorld()
  subscribe(world, { price: 'price_team_month', quantity: 2 })
  const half = start + (end - start) / 2
  const part = { proration: true, start: half, end, price: 'price_team_month' }
  const lines = [lineOf({ ...part, amount: -2_000, quantity: 2 }), lineOf({ ...part, amount: 4_000, quantity: 4 })]
  world.fake.put(
    'invoice',
    invoiceOf({ id: 'in_2', customer, created: half, subscription: 'sub_1', reason: 'subscription_update', lines }),
  )
  world.fake.pay('in_2')
  await run(world, [paid, event('evt_2', 'invoice.paid', { id: 'in_2' })])
  expect(await world.balance()).toBe(2 * INCLUDED + INCLUDED)
})

test('a trial gives its own credit once, whatever is subscribed to afterwards', async () => {
  const world = await createMoneyWorld()
  for (const number of [1, 2]) {
    const id = `sub_${number}`
    const more = { status: number === 1 ? 'canceled' : 'trialing', trial_start: start, trial_end: end }
    world.fake.put(
      'subscription',
      subscriptionOf({ id, customer, created: start, price: 'price_pro_month', start, end, ...more }),
    )
    const lines = [lineOf({ price: 'price_pro_month', amount: 0, start, end })]
    world.fake.put(
      'invoice',
      invoiceOf({
        id: `in_${number}`,
        customer,
        created: start,
        subscription: id,
        reason: 'subscription_create',
        lines,
      }),
    )
    world.fake.pay(`in_${number}`)
    await run(world, [event(`evt_${number}`, 'invoice.paid', { id: `in_${number}` })])
  }
  expect(await world.balance()).toBe(3_000_000)
  expect(await world.db.select().from(creditGrants)).toMatchObject([{ id: 'trial:org_1', source: 'promotion' }])
})

test('an older answer never replaces a newer one', async () => {
  const world = await createMoneyWorld()
  subscribe(world)
  await run(world, [created])
  world.clock.advance(1_000)
  await run(world, [{ ...created, id: 'evt_newer' }])
  world.clock.set(BEGIN)
  world.fake.get('subscription', 'sub_1').status = 'past_due'
  await run(world, [{ ...created, id: 'evt_older' }])
  expect((await world.db.select().from(subscriptions))[0]?.status).toBe('active')
})

test('an invoice of nobody here is processed and leaves nothing', async () => {
  const world = await createMoneyWorld({ organizations: [] })
  world.fake.put('customer', { id: customer, created: 0, metadata: {}, invoice_settings: {} })
  subscribe(world)
  await run(world, [paid, created])
  expect(await world.db.select().from(invoices)).toEqual([])
  expect(world.notices.size).toBe(0)
})
