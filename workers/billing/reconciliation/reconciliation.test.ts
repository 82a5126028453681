import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { billingCustomers, creditGrants, discrepancies, reconciliations, stripeEvents } from '#db/schema/billing'
import { invoiceOf, lineOf, subscriptionOf } from '../stripe-events/testing/fake-stripe.ts'
import { BEGIN, createMoneyWorld, INCLUDED, seconds, type MoneyWorld } from '../stripe-events/testing/money-world.ts'
import { syncInvoice } from '../sync/sync-invoice.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'
import { startReconciliation } from './start-reconciliation.ts'

const customer = 'cus_org_1'
const price = 'price_pro_month'
const start = seconds(BEGIN)
const end = start + 31 * 86_400

function subscribe({ fake }: MoneyWorld, { id = 'sub_1', invoice = 'in_1', created = start } = {}) {
  fake.put('subscription', subscriptionOf({ id, customer, created, price, start, end, latest: invoice }))
  const lines = [lineOf({ price, amount: 2_000, start, end })]
  fake.put(
    'invoice',
    invoiceOf({ id: invoice, customer, created, subscription: id, lines, reason: 'subscription_create' }),
  )
  fake.pay(invoice)
}

/** A night's run, step by step, as the queue brings them. */
async function reconcile(world: MoneyWorld) {
  world.clock.advance(3_600_000)
  await startReconciliation({ ctx: world.ctx })
  for (let job = world.jobs.shift(); job; job = world.jobs.shift()) await world.deliver([job])
  const [run] = (await world.db.select().from(reconciliations)).toSorted((a, b) => b.startedAt - a.startedAt)
  return run!
}

const found = async (world: MoneyWorld) =>
  (await world.db.select().from(discrepancies)).map(({ kind, subjectId, state }) => [kind, subjectId, state]).toSorted()

async function inOrder() {
  const world = await createMoneyWorld()
  subscribe(world)
  await syncSubscription({ id: 'sub_1', ctx: world.ctx })
  await syncInvoice({ id: 'in_1', ctx: world.ctx })
  return world
}

test('where all is well nothing is found and nothing changed', async () => {
  const world = await inOrder()
  const run = await reconcile(world)
  expect(run).toMatchObject({ subscriptions: 1, invoices: 1, grants: 1, repaired: 0, raised: 0, error: null })
  expect(run.finishedAt).not.toBeNull()
  expect(await found(world)).toEqual([])
  expect(await world.balance()).toBe(INCLUDED)
})

test('what every webhook about it was lost of is found and put right', async () => {
  const world = await createMoneyWorld()
  subscribe(world)
  const run = await reconcile(world)
  expect(await world.balance()).toBe(INCLUDED)
  expect((await world.ledgerOf('org_1').plan())?.planId).toBe('pro')
  expect(run).toMatchObject({ repaired: 2, raised: 0 })
  expect(await found(world)).toEqual([
    ['grant_missing', 'invoice:in_1', 'repaired'],
    ['subscription_missing', 'sub_1', 'repaired'],
  ])
  expect((await reconcile(world)).repaired).toBe(0)
})

test('a subscription that ended unheard of has ended here as well', async () => {
  const world = await inOrder()
  Object.assign(world.fake.get('subscription', 'sub_1'), { status: 'canceled', ended_at: start + 1 })
  await reconcile(world)
  expect((await world.ledgerOf('org_1').plan())?.planId).toBe('free')
  expect(await found(world)).toEqual([['subscription_differs', 'sub_1', 'repaired']])
})

test('credit that the ledger lost is granted again, by its name', async () => {
  const world = await inOrder()
  await world.ledgerOf('org_1').erase()
  await reconcile(world)
  expect(await world.balance()).toBe(INCLUDED)
  expect(await found(world)).toEqual([['grant_missing', 'invoice:in_1', 'repaired']])
})

test('credit whose invoice is not paid, and an amount that differs, are raised and never guessed', async () => {
  const world = await inOrder()
  await world.db.insert(creditGrants).values({
    id: 'invoice:in_9',
    organizationId: 'org_1',
    invoiceId: 'in_9',
    source: 'bought',
    amountMicros: 5,
    grantedAt: BEGIN,
    createdAt: BEGIN,
  })
  await world.db.update(creditGrants).set({ amountMicros: 7 }).where(eq(creditGrants.id, 'invoice:in_1'))
  const run = await reconcile(world)
  expect(run.raised).toBe(2)
  expect(await found(world)).toEqual([
    ['grant_differs', 'invoice:in_1', 'raised'],
    ['grant_unpaid', 'invoice:in_9', 'raised'],
  ])
  expect((await reconcile(world)).raised, 'the same is raised once').toBe(0)
  await world.db.update(creditGrants).set({ amountMicros: INCLUDED }).where(eq(creditGrants.id, 'invoice:in_1'))
  await reconcile(world)
  expect(await found(world)).toContainEqual(['grant_differs', 'invoice:in_1', 'resolved'])
})

test('currencies that differ, and prices that vanished, are raised', async () => {
  const world = await inOrder()
  await world.db.update(billingCustomers).set({ currency: 'eur' })
  world.fake.remove('price', 'price_ten')
  await reconcile(world)
  expect(await found(world)).toEqual([
    ['currency_differs', 'in_1', 'raised'],
    ['price_missing', 'price_ten', 'raised'],
  ])
})

test('money that went back unheard of takes its credit with it', async () => {
  const world = await inOrder()
  world.fake.addRefund({ id: 're_1', payment_intent: 'pi_in_1', amount: 500 })
  const run = await reconcile(world)
  expect(run.repaired).toBe(1)
  expect(await world.balance()).toBe((INCLUDED * 3) / 4)
})

test('a second subscription is ended, its money goes back, and somebody is told', async () => {
  const world = await inOrder()
  subscribe(world, { id: 'sub_2', invoice: 'in_2', created: start + 60 })
  await reconcile(world)
  expect(world.fake.get('subscription', 'sub_2').status).toBe('canceled')
  expect(world.fake.get('subscription', 'sub_1').status).toBe('active')
  expect(await world.balance()).toBe(INCLUDED)
  expect(await found(world)).toContainEqual(['duplicate_subscription', 'sub_2', 'raised'])
  await reconcile(world)
  expect(await found(world)).toContainEqual(['duplicate_subscription', 'sub_2', 'resolved'])
})

test('a second subscription by contract is a person’s to decide', async () => {
  const world = await inOrder()
  subscribe(world, { id: 'sub_2', invoice: 'in_2', created: start + 60 })
  world.fake.get('subscription', 'sub_2').collection_method = 'send_invoice'
  await reconcile(world)
  expect(world.fake.get('subscription', 'sub_2').status).toBe('active')
  expect(await found(world)).toContainEqual(['duplicate_subscription', 'sub_2', 'raised'])
})

test('a run of many pages holds one at a time, and one that was lost is gone on with', async () => {
  const organizations = Array.from({ length: 60 }, (_, place) => `org_${place}`)
  const world = await createMoneyWorld({ organizations })
  for (const [place, organizationId] of organizations.entries()) {
    const facts = { customer: `cus_${organizationId}`, created: start + place }
    world.fake.put('subscription', subscriptionOf({ id: `sub_${place}`, ...facts, price, start, end }))
    const lines = [lineOf({ price, amount: 2_000, start, end })]
    world.fake.put('invoice', invoiceOf({ id: `in_${place}`, ...facts, subscription: `sub_${place}`, lines }))
    world.fake.pay(`in_${place}`)
  }
  await startReconciliation({ ctx: world.ctx })
  const [first] = world.jobs.splice(0)
  // The same step twice, as a queue may deliver it.
  await world.deliver([first])
  await world.deliver([first])
  world.jobs.length = 0
  const run = await reconcile(world)
  expect(await world.db.select().from(reconciliations)).toHaveLength(1)
  expect(run).toMatchObject({ subscriptions: 60, invoices: 60, grants: 60 })
  for (const organizationId of organizations) expect(await world.balance(organizationId)).toBe(INCLUDED)
  expect(await world.db.select().from(stripeEvents)).toEqual([])
})

test('a run that cannot ask Stripe says so, and goes on where it was', async () => {
  const world = await inOrder()
  const { list } = world.fake.stripe.invoices
  world.fake.stripe.invoices.list = (() => Promise.reject(new Error('away'))) as never
  await expect(reconcile(world)).rejects.toThrow('come again')
  const [run] = await world.db.select().from(reconciliations)
  expect(run).toMatchObject({ finishedAt: null, error: expect.stringContaining('invoices') })
  world.fake.stripe.invoices.list = list
  expect(await reconcile(world)).toMatchObject({ id: run!.id, error: null, subscriptions: 1 })
})
