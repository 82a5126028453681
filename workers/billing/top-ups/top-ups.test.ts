import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { autoTopUps, creditGrants, topUpAttempts } from '#db/schema/billing'
import type { PublishedEntry } from '#shared/contracts/ledger'
import { afterEntries } from '../overage/after-entries.ts'
import { createMoneyWorld, BEGIN } from '../stripe-events/testing/money-world.ts'
import { runTopUp, sweepTopUps } from './run-top-up.ts'

const organizationId = 'org_1'
const CREDIT = 10_000_000

async function createWorld({ balance = 1_000_000, maximum = 5_000 } = {}) {
  const world = await createMoneyWorld()
  await world.db.insert(autoTopUps).values({
    organizationId,
    enabled: true,
    thresholdMicros: 2_000_000,
    creditPackId: 'ten',
    currency: 'usd',
    monthlyMaximumMinor: maximum,
    updatedAt: BEGIN,
  })
  if (balance > 0) await world.ledgerOf(organizationId).grant({ id: 'begin', amountMicros: balance })
  const run = () => runTopUp({ organizationId, ctx: world.ctx })
  const attempts = () => world.db.select().from(topUpAttempts)
  const setting = async () => (await world.db.select().from(autoTopUps))[0]!
  let spent = 0
  /** What is left is spent, but for a little. */
  const spend = async () => {
    const ledger = world.ledgerOf(organizationId)
    const { balanceMicros } = await ledger.balance()
    await ledger.grant({ id: `spent ${(spent += 1)}`, amountMicros: 1_000_000 - balanceMicros, kind: 'adjustment' })
  }
  return { ...world, run, attempts, setting, spend }
}

const declined = (code = 'card_declined') =>
  new Stripe.errors.StripeCardError({ message: 'declined', code, type: 'card_error', statusCode: 402 } as never)

test('credit that runs low is topped up once, and told', async () => {
  const world = await createWorld()
  await world.run()
  expect(await world.balance()).toBe(1_000_000 + CREDIT)
  expect(await world.attempts()).toMatchObject([{ state: 'succeeded', amountMinor: 1_000, invoiceId: 'in_made_1' }])
  expect(await world.setting()).toMatchObject({ attemptId: null, failure: null })
  expect(world.told()).toEqual(['credit.granted', 'invoice.paid', 'top_up.succeeded'])
  await world.run()
  expect(await world.attempts()).toHaveLength(1)
})

test('above the threshold nothing is bought', async () => {
  const world = await createWorld({ balance: 2_000_000 })
  await world.run()
  expect(await world.attempts()).toEqual([])
})

test('many that see the same dip at the same time buy once', async () => {
  const world = await createWorld()
  await Promise.all(Array.from({ length: 8 }, world.run))
  expect(await world.attempts()).toHaveLength(1)
  expect(await world.balance()).toBe(1_000_000 + CREDIT)
})

test.each([
  ['declined', declined()],
  ['needs_action', declined('authentication_required')],
] as const)('a payment that is %s stops it and is told once', async (failure, error) => {
  const world = await createWorld()
  world.fake.state.pay = () => error
  await world.run()
  await world.run()
  expect(await world.attempts()).toMatchObject([{ state: 'failed' }])
  expect(await world.setting()).toMatchObject({ failure, attemptId: null })
  expect(world.fake.get('invoice', 'in_made_1').status).toBe('void')
  expect(world.told()).toEqual(['top_up.failed'])
})

test('the maximum of a month is a maximum of money, and the next month begins anew', async () => {
  const world = await createWorld({ maximum: 2_500 })
  for (let time = 0; time < 3; time++) {
    await world.run()
    await world.spend()
  }
  expect(await world.attempts()).toHaveLength(2)
  expect(await world.setting()).toMatchObject({ failure: 'maximum_reached' })
  expect(world.told().filter((type) => type === 'top_up.failed')).toHaveLength(1)
  await world.db.update(autoTopUps).set({ failure: null, failedAt: null })
  world.clock.set(Date.UTC(2026, 1, 1))
  await world.run()
  expect(await world.attempts()).toHaveLength(3)
})

test('tax counts: what would be more than was allowed is not paid', async () => {
  const world = await createWorld({ maximum: 1_100 })
  const { finalizeInvoice } = world.fake.stripe.invoices
  world.fake.stripe.invoices.finalizeInvoice = (async (id: string, ...rest: never[]) => {
    await finalizeInvoice(id, ...rest)
    return Object.assign(world.fake.get('invoice', id), { total: 1_150 })
  }) as never
  await world.run()
  expect(await world.setting()).toMatchObject({ failure: 'maximum_reached' })
  expect(world.fake.get('invoice', 'in_made_1').status).toBe('void')
})

test('without a customer there is nothing to pay with', async () => {
  const world = await createWorld()
  world.fake.remove('customer', 'cus_org_1')
  await world.database.exec("UPDATE billing_customers SET deleted_at = 1 WHERE organization_id = 'org_1'")
  await world.run()
  expect(await world.setting()).toMatchObject({ failure: 'no_payment_method' })
})

test('whatever step a Worker is lost at, the dip is paid for once', { timeout: 60_000 }, async () => {
  let step = 0
  for (let died = true; died; step += 1) {
    died = false
    for (const after of [false, true]) {
      const world = await createWorld()
      world.mortal.steps = 0
      world.mortal.death = { step, after }
      const lost = await world.run().then(
        () => false,
        () => true,
      )
      if (!lost) continue
      died = true
      world.revive()
      // The queue brings it again, and the sweep finds what is stuck.
      await world.run()
      world.clock.advance(3 * 60_000)
      await sweepTopUps({ ctx: world.ctx })
      for (const job of world.jobs.splice(0)) await world.deliver([job])
      const where = `dies ${after ? 'after' : 'before'} step ${step}`
      expect(await world.balance(), where).toBe(1_000_000 + CREDIT)
      expect(await world.db.select().from(creditGrants), where).toHaveLength(1)
      expect(await world.attempts(), where).toMatchObject([{ state: 'succeeded' }])
      expect(await world.setting(), where).toMatchObject({ attemptId: null, failure: null })
      expect(
        world.told().filter((type) => type === 'top_up.succeeded'),
        where,
      ).toHaveLength(1)
    }
  }
  expect(step).toBeGreaterThan(20)
})

const charge = (change: Partial<PublishedEntry> = {}) =>
  ({
    id: 'ent_1',
    organizationId,
    kind: 'charge',
    amountMicros: -5,
    note: null,
    at: BEGIN,
    ...change,
  }) as PublishedEntry

test('charges lead to a look at the balance of those who have it on, and to nothing else', async () => {
  const world = await createWorld()
  await afterEntries({ entries: [charge(), charge({ id: 'ent_2', organizationId: 'org_2' })], ctx: world.ctx })
  expect(world.jobs).toEqual([{ kind: 'top_up', organizationId }])
  await world.run()
  world.jobs.length = 0
  await afterEntries({ entries: [charge()], ctx: world.ctx })
  expect(world.jobs).toEqual([])
})

test('a ledger that is away does not keep the book waiting', async () => {
  const world = await createWorld()
  world.ledgerOf(organizationId).failWith(new Error('away'))
  await afterEntries({ entries: [charge()], ctx: world.ctx })
  expect(world.jobs).toEqual([])
})
