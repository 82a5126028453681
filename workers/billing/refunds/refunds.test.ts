import fc from 'fast-check'
import { expect, test } from 'vitest'
import { creditGrants, invoices } from '#db/schema/billing'
import type { BillingContext } from '../context.ts'
import { invoiceOf, lineOf, subscriptionOf } from '../stripe-events/testing/fake-stripe.ts'
import { BEGIN, createMoneyWorld, seconds } from '../stripe-events/testing/money-world.ts'
import { syncDispute, syncRefund } from '../sync/sync-charge.ts'
import { syncInvoice } from '../sync/sync-invoice.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'
import { creditToTake } from './credit-to-take.ts'
import { refundInvoice } from './refund-invoice.ts'

const CREDIT = 10_000_000

async function bought() {
  const world = await createMoneyWorld()
  const { fake, ctx } = world
  const lines = [lineOf({ price: 'price_ten', amount: 1_000 })]
  fake.put(
    'invoice',
    invoiceOf({
      id: 'in_1',
      customer: 'cus_org_1',
      created: seconds(BEGIN),
      lines,
      metadata: { purpose: 'credit_pack' },
    }),
  )
  fake.pay('in_1')
  await syncInvoice({ id: 'in_1', ctx })
  const refund = async (id: string, amount: number, more = {}) => {
    fake.addRefund({ id, payment_intent: 'pi_in_1', amount, ...more })
    await syncRefund({ id, ctx })
  }
  const dispute = async (status: string) => {
    const facts = {
      charge: 'ch_1',
      payment_intent: 'pi_in_1',
      currency: 'usd',
      reason: 'fraudulent',
      created: seconds(BEGIN),
    }
    fake.put('dispute', { id: 'dp_1', amount: 1_000, status, ...facts })
    await syncDispute({ id: 'dp_1', ctx })
    world.clock.advance(1_000)
  }
  const spend = (micros: number) =>
    world.ledgerOf('org_1').grant({ id: `spent ${micros}`, amountMicros: 0 - micros, kind: 'adjustment' })
  const owed = async () => (await world.ledgerOf('org_1').credits()).owedMicros
  return { ...world, refund, dispute, spend, owed }
}

test('credit goes back with the money, in proportion, once', async () => {
  const world = await bought()
  await world.refund('re_1', 250)
  await world.refund('re_1', 250)
  expect(await world.balance()).toBe(7_500_000)
  expect((await world.db.select().from(invoices))[0]).toMatchObject({ refundedMinor: 250 })
  expect((await world.db.select().from(creditGrants))[0]).toMatchObject({ takenBackMicros: 2_500_000 })
  expect(world.told().filter((type) => type === 'refund.made' || type === 'credit.taken_back')).toHaveLength(2)
})

test('what was spent already is owed, told, and paid by the next credit', async () => {
  const world = await bought()
  await world.spend(8_000_000)
  await world.refund('re_1', 1_000)
  expect([await world.balance(), await world.owed()]).toEqual([0, 8_000_000])
  const told = [...world.notices.values()].find(({ type }) => type === 'credit.taken_back')
  expect(told?.data).toMatchObject({ amount_micros: CREDIT, owed_micros: 8_000_000 })
})

test('a refund that failed after all gives the credit back', async () => {
  const world = await bought()
  await world.refund('re_1', 1_000)
  expect(await world.balance()).toBe(0)
  world.fake.get('refund', 're_1').status = 'failed'
  await syncRefund({ id: 're_1', ctx: world.ctx })
  expect(await world.balance()).toBe(CREDIT)
  expect((await world.db.select().from(invoices))[0]).toMatchObject({ refundedMinor: 0 })
})

test('a refund that is told before its payment is found all the same', async () => {
  const world = await createMoneyWorld()
  const lines = [lineOf({ price: 'price_ten', amount: 1_000 })]
  world.fake.put('invoice', invoiceOf({ id: 'in_1', customer: 'cus_org_1', created: 0, lines }))
  world.fake.pay('in_1')
  world.fake.addRefund({ id: 're_1', payment_intent: 'pi_in_1', amount: 1_000 })
  await syncRefund({ id: 're_1', ctx: world.ctx })
  expect([await world.balance(), (await world.db.select().from(creditGrants)).length]).toEqual([0, 1])
})

test('a dispute takes the credit until it is won, and for good where it is lost', async () => {
  for (const [end, balance] of [
    ['won', CREDIT],
    ['lost', 0],
  ] as const) {
    const world = await bought()
    await world.dispute('needs_response')
    expect(await world.balance()).toBe(0)
    expect((await world.db.select().from(invoices))[0]).toMatchObject({ disputedMinor: 1_000 })
    await world.dispute(end)
    await world.dispute(end)
    expect(await world.balance()).toBe(balance)
    expect(world.told().filter((type) => type.startsWith('dispute.'))).toEqual(['dispute.closed', 'dispute.opened'])
  }
})

test('a refund after the subscription ended takes what was spent, and not what had expired', async () => {
  const ends = []
  for (const order of ['refunded first', 'ended first']) {
    const world = await createMoneyWorld()
    const { fake, ctx } = world
    const [start, end] = [seconds(BEGIN), seconds(BEGIN) + 31 * 86_400]
    const facts = { customer: 'cus_org_1', created: start }
    fake.put('subscription', subscriptionOf({ id: 'sub_1', ...facts, price: 'price_pro_month', start, end }))
    const lines = [lineOf({ price: 'price_pro_month', amount: 2_000, start, end })]
    fake.put('invoice', invoiceOf({ id: 'in_1', ...facts, subscription: 'sub_1', lines }))
    fake.pay('in_1')
    await syncInvoice({ id: 'in_1', ctx })
    const ledger = world.ledgerOf('org_1')
    await ledger.grant({ id: 'bought', amountMicros: 30_000_000, source: 'bought' })
    await ledger.grant({ id: 'spent', amountMicros: -5_000_000, kind: 'adjustment' })
    const steps = [
      async () => {
        fake.addRefund({ id: 're_1', payment_intent: 'pi_in_1', amount: 2_000 })
        await syncRefund({ id: 're_1', ctx })
      },
      async () => {
        Object.assign(fake.get('subscription', 'sub_1'), { status: 'canceled', ended_at: start + 1 })
        await syncSubscription({ id: 'sub_1', ctx })
      },
    ]
    for (const step of order === 'ended first' ? steps.toReversed() : steps) {
      await step()
      world.clock.advance(1_000)
    }
    ends.push([await world.balance(), (await ledger.credits()).owedMicros])
  }
  // Five of twenty were spent: they are taken from what was bought.
  expect(ends).toEqual([
    [25_000_000, 0],
    [25_000_000, 0],
  ])
})

test('an inquiry takes nothing: no money has moved', async () => {
  const world = await bought()
  await world.dispute('warning_needs_response')
  expect(await world.balance()).toBe(CREDIT)
})

const operator = { kind: 'user', organizationId: 'org_9', userId: 'usr_9', role: 'owner', platformAdmin: true } as const

test('an operator refunds once, however often the button is pressed, and never more than was paid', async () => {
  const world = await bought()
  const ctx: BillingContext = { ...world.ctx, principal: operator }
  const ask = (id: string, amount?: number) =>
    refundInvoice({
      invoiceId: 'in_1',
      input: { id, reason: 'requested_by_customer', ...(amount && { amount_minor: amount }) },
      ctx,
    })
  expect(await ask('a', 400)).toMatchObject({ amount_minor: 400, refunded_minor: 400 })
  expect(await ask('a', 400)).toMatchObject({ amount_minor: 400, refunded_minor: 400 })
  expect(await world.balance()).toBe(6_000_000)
  expect(await ask('b')).toMatchObject({ amount_minor: 600, refunded_minor: 1_000 })
  await expect(ask('c')).rejects.toMatchObject({ code: 'conflict' })
  await expect(ask('d', 2_000)).rejects.toMatchObject({ code: 'invalid_request' })
  expect(await world.balance()).toBe(0)
})

test('an invoice that nobody here knows cannot be refunded', async () => {
  const world = await bought()
  const ctx: BillingContext = { ...world.ctx, principal: operator }
  const input = { id: 'a', reason: 'duplicate' as const }
  await expect(refundInvoice({ invoiceId: 'in_9', input, ctx })).rejects.toMatchObject({ code: 'not_found' })
})

test('in whatever pieces all of the money goes back, exactly all of the credit does', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000_000_000 }),
      fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 20 }),
      (amountMicros, pieces) => {
        const paidMinor = pieces.reduce((sum, piece) => sum + piece, 0)
        const back = pieces.map((amountMinor, place) => ({ id: String(place), amountMinor }))
        const taken = creditToTake({ amountMicros, paidMinor, back })
        expect(taken.reduce((sum, { micros }) => sum + micros, 0)).toBe(amountMicros)
        expect(taken.every(({ micros }) => micros >= 0)).toBe(true)
      },
    ),
  )
  expect(creditToTake({ amountMicros: 5, paidMinor: 0, back: [{ id: 'a', amountMinor: 1 }] })).toEqual([
    { id: 'a', micros: 0, dueMicros: 0 },
  ])
})
