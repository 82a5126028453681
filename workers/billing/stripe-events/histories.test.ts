// A history at Stripe, and its events told in any order, twice, one by one or in batches, while it happens or long after.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { creditGrants, disputes, invoices, stripeEvents, subscriptions } from '#db/schema/billing'
import { invoiceOf, lineOf, subscriptionOf } from './testing/fake-stripe.ts'
import { BEGIN, createMoneyWorld, INCLUDED, seconds, type MoneyWorld } from './testing/money-world.ts'

const MONTH_1 = BEGIN
const MONTH_2 = Date.UTC(2026, 1, 10)
const MONTH_3 = Date.UTC(2026, 2, 10)
const customer = 'cus_org_1'
const price = 'price_pro_month'

interface Happening {
  events: { type: string; object: Record<string, unknown> }[]
  happen(world: MoneyWorld): void
}

const invoice = (id: string, from: number, to: number, reason: string) =>
  invoiceOf({
    id,
    customer,
    created: seconds(from),
    subscription: 'sub_1',
    reason,
    lines: [lineOf({ price, amount: 2_000, start: seconds(from), end: seconds(to) })],
  })

const about = (type: string, id: string) => ({ type, object: { id, customer } })

/** Subscribe, renew with a payment that fails first, buy credit, give some of it back, dispute and win. */
const history: Happening[] = [
  {
    events: [about('customer.subscription.created', 'sub_1'), about('invoice.created', 'in_1')],
    happen({ fake }) {
      const period = { start: seconds(MONTH_1), end: seconds(MONTH_2) }
      fake.put(
        'subscription',
        subscriptionOf({ id: 'sub_1', customer, created: seconds(MONTH_1), price, ...period, latest: 'in_1' }),
      )
      fake.put('invoice', invoice('in_1', MONTH_1, MONTH_2, 'subscription_create'))
    },
  },
  { events: [about('invoice.paid', 'in_1')], happen: ({ fake }) => void fake.pay('in_1') },
  {
    events: [about('invoice.payment_failed', 'in_2'), about('customer.subscription.updated', 'sub_1')],
    happen({ fake, clock }) {
      clock.set(MONTH_2)
      fake.put('invoice', invoice('in_2', MONTH_2, MONTH_3, 'subscription_cycle'))
      const subscription = fake.get('subscription', 'sub_1')
      Object.assign(subscription, { status: 'past_due', latest_invoice: 'in_2' })
      Object.assign(subscription.items.data[0], {
        current_period_start: seconds(MONTH_2),
        current_period_end: seconds(MONTH_3),
      })
    },
  },
  {
    events: [about('invoice.paid', 'in_2'), about('customer.subscription.updated', 'sub_1')],
    happen({ fake }) {
      fake.pay('in_2')
      fake.get('subscription', 'sub_1').status = 'active'
    },
  },
  {
    events: [about('invoice.paid', 'in_3'), about('customer.updated', customer)],
    happen({ fake }) {
      const lines = [lineOf({ price: 'price_ten', amount: 2_000, quantity: 2 })]
      const metadata = { purpose: 'credit_pack' }
      fake.put('invoice', invoiceOf({ id: 'in_3', customer, created: seconds(MONTH_2) + 60, lines, metadata }))
      fake.pay('in_3')
    },
  },
  {
    events: [about('refund.created', 're_1'), about('charge.refunded', 'ch_pi_in_3')],
    happen({ fake }) {
      fake.addRefund({ id: 're_1', payment_intent: 'pi_in_3', amount: 500 })
      fake.put('charge', { id: 'ch_pi_in_3', payment_intent: 'pi_in_3' })
    },
  },
  {
    events: [about('charge.dispute.created', 'dp_1')],
    happen({ fake }) {
      const facts = { charge: 'ch_pi_in_2', payment_intent: 'pi_in_2', currency: 'usd', reason: 'fraudulent' }
      fake.put('dispute', {
        id: 'dp_1',
        amount: 2_000,
        status: 'needs_response',
        created: seconds(MONTH_2) + 90,
        ...facts,
      })
    },
  },
  {
    events: [about('charge.dispute.closed', 'dp_1')],
    happen: ({ fake }) => void (fake.get('dispute', 'dp_1').status = 'won'),
  },
]

const told = history.flatMap(({ events }, index) =>
  events.map((event, place) => ({ ...event, id: `evt_${index}_${place}`, index })),
)

/** What must be the same in the end, however it was told. */
async function endOf(world: MoneyWorld) {
  const { lots, owedMicros } = await world.ledgerOf('org_1').credits()
  return {
    balance: await world.balance(),
    owedMicros,
    left: lots.map(({ source, remainingMicros }) => [source, remainingMicros]).toSorted(),
    plan: (await world.ledgerOf('org_1').plan())?.planId,
    readOnly: (await world.ledgerOf('org_1').plan())?.readOnly,
    subscriptions: (await world.db.select().from(subscriptions)).map(
      ({ status, currentPeriodEnd, pastDueSince, remindersSent }) => [
        status,
        currentPeriodEnd,
        pastDueSince,
        remindersSent,
      ],
    ),
    invoices: (await world.db.select().from(invoices))
      .map((row) => [row.id, row.status, row.paidMinor, row.refundedMinor, row.disputedMinor])
      .toSorted(),
    grants: (await world.db.select().from(creditGrants))
      .map((row) => [row.id, row.amountMicros, row.takenBackMicros, row.grantedAt !== null])
      .toSorted(),
    disputes: (await world.db.select().from(disputes)).map(({ id, status }) => [id, status]),
    waiting: (await world.db.select().from(stripeEvents)).filter(({ state }) => state !== 'processed').length,
  }
}

async function tell(world: MoneyWorld, ids: string[]) {
  for (const id of ids) {
    const event = told.find((each) => each.id === id)!
    await world.store(event)
  }
  await world.deliver(ids.map((id) => ({ kind: 'event', id })))
  world.clock.advance(1_000)
}

/** Everything in its order, at once. */
async function wellTold() {
  const world = await createMoneyWorld()
  for (const [index, { happen }] of history.entries()) {
    happen(world)
    await tell(
      world,
      told.filter((each) => each.index === index).map(({ id }) => id),
    )
  }
  return endOf(world)
}

test('a history that is told well ends with what was paid for', async () => {
  expect(await wellTold()).toMatchObject({
    // A renewal, and a pack of two of which a quarter went back.
    balance: INCLUDED + 15_000_000,
    owedMicros: 0,
    plan: 'pro',
    readOnly: false,
    waiting: 0,
  })
})

/** Each event twice, shuffled, in batches; and before which of them each part of the history happens. */
const telling = fc.record({
  order: fc.shuffledSubarray(
    [...told, ...told].map(({ id }, place) => ({ id, place })),
    { minLength: 2 * told.length },
  ),
  cuts: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2 * told.length, maxLength: 2 * told.length }),
  patience: fc.integer({ min: 0, max: 4 }),
})

test('told doubled, late and in any order it ends the same', { timeout: 120_000 }, async () => {
  const expected = await wellTold()
  await fc.assert(
    fc.asyncProperty(telling, async ({ order, cuts, patience }) => {
      const world = await createMoneyWorld()
      const rest = [...order]
      const held: string[] = []
      for (const [index, { happen }] of history.entries()) {
        happen(world)
        // Of what has happened so far, some is told now and some much later.
        const ripe = rest.filter(({ id }) => told.find((each) => each.id === id)!.index <= index)
        for (const each of ripe.slice(0, patience)) {
          rest.splice(rest.indexOf(each), 1)
          await tell(world, [each.id])
        }
      }
      held.push(...rest.map(({ id }) => id))
      while (held.length > 0) await tell(world, held.splice(0, cuts[held.length % cuts.length]))
      expect(await endOf(world)).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})

test('told only in the end, and backwards, it ends the same', async () => {
  const world = await createMoneyWorld()
  for (const { happen } of history) happen(world)
  for (const { id } of told.toReversed()) await tell(world, [id])
  expect(await endOf(world)).toEqual(await wellTold())
})

test('a Worker that is lost at any step loses no credit and grants none twice', { timeout: 120_000 }, async () => {
  const expected = await wellTold()
  let step = 0
  for (let died = true; died; step += 1) {
    died = false
    for (const after of [false, true]) {
      const world = await createMoneyWorld()
      // The first two months: granting, and a renewal.
      for (const { happen } of history) happen(world)
      const ids = told.map(({ id }) => id)
      for (const id of ids) await world.store(told.find((each) => each.id === id)!)
      const jobs = ids.map((id) => ({ kind: 'event', id }))
      world.mortal.steps = 0
      world.mortal.death = { step, after }
      const outcome = await world.deliver(jobs).then(
        () => 'done',
        () => 'died',
      )
      if (outcome === 'done') continue
      died = true
      world.revive()
      world.clock.advance(1_000)
      await world.deliver(jobs)
      expect(await endOf(world), `dies ${after ? 'after' : 'before'} step ${step}`).toEqual(expected)
    }
  }
  // Every step of the way was one to die at.
  expect(step).toBeGreaterThan(50)
})
