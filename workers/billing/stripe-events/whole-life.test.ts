// The whole life of a subscription at the local Stripe, through the official SDK, and its events told to the inbox well,
// doubled, late, shuffled and backwards: it ends the same.
import { expect, test } from 'vitest'
import { creditGrants, disputes, invoices, stripeEvents, subscriptions } from '#db/schema/billing'
import { pay } from '../paying.ts'
import { createBilling, ORGANIZATION, type TestBilling } from '../testing.ts'
import { createEventRows } from './event-repository.ts'
import { processEvents } from './process-events.ts'

const DAY = 86_400_000

type Events = { id: string; type: string; created: number; data: { object: { id?: string } } }[]

const eventsOf = (billing: TestBilling): Events => billing.local.engine.store.list('event') as unknown as Events

async function control({ local }: TestBilling, action: string, body: object) {
  const headers = { 'content-type': 'application/json' }
  const response = await local.fetch(`http://stripe.test/_control/${action}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as Record<string, unknown>
}

async function wait(billing: TestBilling, milliseconds: number) {
  billing.clock.advance(milliseconds)
  await control(billing, 'advance', { seconds: 0 })
}

async function theSubscription({ stripe }: TestBilling) {
  const [found] = (await stripe.subscriptions.list({ limit: 1, status: 'all' })).data
  return found!
}

async function useCard(billing: TestBilling, token: string) {
  const { customer } = await theSubscription(billing)
  const method = await billing.stripe.paymentMethods.attach(token, { customer: customer as string })
  const invoice_settings = { default_payment_method: method.id }
  await billing.stripe.customers.update(customer as string, { invoice_settings })
  await billing.stripe.subscriptions.update((await theSubscription(billing)).id, { default_payment_method: method.id })
}

async function openInvoice({ stripe }: TestBilling) {
  return (await stripe.invoices.list({ status: 'open', limit: 1 })).data[0]!
}

async function packPayment(billing: TestBilling) {
  const all = (await billing.stripe.invoices.list({ limit: 20, expand: ['data.payments'] })).data
  const pack = all.find(({ metadata }) => metadata?.purpose === 'credit_pack')!
  return pack.payments!.data[0]!.payment.payment_intent as string
}

const life: ((billing: TestBilling) => Promise<unknown>)[] = [
  async function subscribes(billing) {
    const wanted = { plan_id: 'team', interval: 'month', currency: 'usd', seats: 2 }
    const { body } = await billing.ask('checkout', { body: wanted })
    expect(pay(billing, body.url)).toBe('complete')
  },
  async function addsSeats(billing) {
    await wait(billing, 10 * DAY)
    const { id, items } = await theSubscription(billing)
    const [item] = items.data
    await billing.stripe.subscriptions.update(id, {
      items: [{ id: item!.id, quantity: 4 }],
      proration_behavior: 'always_invoice',
    })
  },
  (billing) => wait(billing, 23 * DAY),
  async function failsToPay(billing) {
    await useCard(billing, 'pm_card_chargeCustomerFail')
    await wait(billing, 30 * DAY)
    expect((await theSubscription(billing)).status).toBe('past_due')
  },
  async function pays(billing) {
    await useCard(billing, 'pm_card_visa')
    await billing.stripe.invoices.pay((await openInvoice(billing)).id)
    expect((await theSubscription(billing)).status).toBe('active')
  },
  async function buysCredit(billing) {
    const { body } = await billing.ask('credit-packs/credit-10/checkout', { body: { currency: 'usd', quantity: 2 } })
    expect(pay(billing, body.url)).toBe('complete')
  },
  async function isRefunded(billing) {
    await billing.stripe.refunds.create({ payment_intent: await packPayment(billing), amount: 500 })
  },
  async function disputes(billing) {
    const intent = await billing.stripe.paymentIntents.retrieve(await packPayment(billing))
    const { id } = await control(billing, 'dispute', { charge: intent.latest_charge })
    await wait(billing, DAY)
    await control(billing, 'dispute', { dispute: id, outcome: 'won' })
  },
  async (billing) => billing.stripe.subscriptions.cancel((await theSubscription(billing)).id),
  async function isRefundedAfterwards(billing) {
    const { latest_invoice: latest } = await theSubscription(billing)
    const invoice = await billing.stripe.invoices.retrieve(latest as string, { expand: ['payments'] })
    expect(invoice.status).toBe('paid')
    const payment_intent = invoice.payments!.data.find(({ status }) => status === 'paid')!.payment.payment_intent
    await billing.stripe.refunds.create({ payment_intent: payment_intent as string })
  },
]

async function tell(billing: TestBilling, events: Events) {
  const { db, clock } = billing.system
  for (const event of events)
    await createEventRows(db).store({
      id: event.id,
      type: event.type,
      createdAt: event.created * 1_000,
      receivedAt: clock(),
      objectId: event.data.object.id ?? null,
      livemode: false,
      body: JSON.stringify(event),
    })
  const ids = events.map(({ id }) => id)
  for (let from = 0; from < ids.length; from += 7)
    await processEvents({ ids: ids.slice(from, from + 7), isFinal: () => false, ctx: billing.system })
  billing.clock.advance(1_000)
}

/** What must be the same; ids differ from life to life. */
async function endOf(billing: TestBilling) {
  const { db } = billing.system
  const ledger = billing.ledgerOf(ORGANIZATION)
  const { lots, owedMicros } = await ledger.credits()
  return {
    balance: (await ledger.balance()).balanceMicros,
    owedMicros,
    left: lots.map(({ source, remainingMicros }) => [source, remainingMicros]).toSorted(),
    plan: (await ledger.plan())?.planId,
    subscriptions: (await db.select().from(subscriptions)).map(({ status, seats, planId }) => [status, seats, planId]),
    invoices: (await db.select().from(invoices))
      .map((row) =>
        [row.createdAt, row.status, row.purpose, row.paidMinor, row.refundedMinor, row.disputedMinor].join(' '),
      )
      .toSorted(),
    grants: (await db.select().from(creditGrants))
      .map((row) => [row.source, row.amountMicros, row.takenBackMicros, row.grantedAt !== null].join(' '))
      .toSorted(),
    disputes: (await db.select().from(disputes)).map(({ status, amountMinor }) => [status, amountMinor]),
    unfinished: (await db.select().from(stripeEvents))
      .filter(({ state }) => state === 'received' || state === 'failed')
      .map(({ type, error }) => [type, error]),
  }
}

/** `when` says what of what is known so far is told after each part of the life; the rest is told in the end. */
async function live(when: (known: Events, part: number) => Events, last: (rest: Events) => Events) {
  const billing = createBilling()
  const told = new Set<string>()
  for (const [part, happens] of life.entries()) {
    await happens(billing)
    const now = when(
      eventsOf(billing).filter(({ id }) => !told.has(id)),
      part,
    )
    for (const { id } of now) told.add(id)
    await tell(billing, now)
  }
  await tell(billing, last(eventsOf(billing)))
  return endOf(billing)
}

const everything = (events: Events) => events
const nothing = () => []

const wellTold = live(everything, nothing)

test('a life that is told well ends with the credit that was bought and not refunded, and the free plan', async () => {
  expect(await wellTold).toMatchObject({
    balance: 15_000_000,
    owedMicros: 0,
    left: [['bought', 15_000_000]],
    plan: 'free',
    subscriptions: [['canceled', 4, 'team']],
    unfinished: [],
  })
  const { grants } = await wellTold
  expect(grants.filter((grant) => grant.startsWith('included'))).toHaveLength(4)
})

const tellings: [string, Parameters<typeof live>[0], Parameters<typeof live>[1]][] = [
  ['twice each', (known) => [...known, ...known], everything],
  ['backwards in each part', (known) => known.toReversed(), nothing],
  ['late: each part’s events in the one after it', (known, part) => (part % 2 === 1 ? [] : known), everything],
  ['only in the end', nothing, everything],
  ['only in the end, and backwards', nothing, (rest) => rest.toReversed()],
  [
    'every third at once, the rest in the end, backwards and twice',
    (known) => known.filter((_, place) => place % 3 === 0),
    (rest) => [...rest, ...rest].toReversed(),
  ],
]

test.each(tellings)('told %s, it ends the same', async (_, when, last) => {
  expect(await live(when, last)).toEqual(await wellTold)
})
