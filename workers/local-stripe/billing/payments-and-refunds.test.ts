import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { refusalOf } from '../test-client.ts'
import { at, startAccount } from './test-account.ts'

const taxed = { automatic_tax: { enabled: true } }

test('credit packs: an invoice of our own is written, finalized and paid', async () => {
  const { stripe, customer, types } = await startAccount()
  const draft = await stripe.invoices.create({
    customer: customer.id,
    currency: 'usd',
    auto_advance: false,
    pending_invoice_items_behavior: 'exclude',
    metadata: { purpose: 'auto_top_up' },
    ...taxed,
  })
  await stripe.invoiceItems.create({
    customer: customer.id,
    invoice: draft.id,
    amount: 2500,
    currency: 'usd',
    description: 'Credit',
  })
  const paid = await stripe.invoices.pay(draft.id, { off_session: true, expand: ['payments'] })
  expect(paid).toMatchObject({
    status: 'paid',
    total: 2875,
    billing_reason: 'manual',
    metadata: { purpose: 'auto_top_up' },
    lines: { data: [{ amount: 2500, description: 'Credit' }] },
    payments: { data: [{ amount_paid: 2875 }] },
  })
  expect(paid.parent).toBeNull()
  expect(types()).toContain('payment_intent.succeeded')
})

test('what waits for an invoice is taken up when it is asked for', async () => {
  const { stripe, customer } = await startAccount()
  const price = await stripe.prices.create({ currency: 'usd', unit_amount: 700, product_data: { name: 'Pack' } })
  await stripe.invoiceItems.create({ customer: customer.id, pricing: { price: price.id }, quantity: 2 })
  const preview = await stripe.invoices.createPreview({ customer: customer.id })
  const invoice = await stripe.invoices.create({ customer: customer.id, pending_invoice_items_behavior: 'include' })
  expect([invoice.total, preview.total]).toEqual([1400, 1400])
  expect(await refusalOf(stripe.invoices.createPreview({ customer: customer.id }))).toMatchObject({
    code: 'invoice_upcoming_none',
  })
  await stripe.invoices.finalizeInvoice(invoice.id)
  expect(await stripe.invoices.voidInvoice(invoice.id)).toMatchObject({ status: 'void' })
})

async function paidAccount(card = 'pm_card_visa') {
  const account = await startAccount({ card })
  const subscription = await account.subscribe({ expand: ['latest_invoice.payments'] })
  const invoice = subscription.latest_invoice as Stripe.Invoice
  const intent = invoice.payments?.data[0]?.payment.payment_intent as string
  return { ...account, subscription, invoice, intent }
}

test('a payment is given back in parts, never more than there is, and twice with one key is once', async () => {
  const { stripe, intent, eventsOf } = await paidAccount()
  const part = { payment_intent: intent, amount: 500 }
  const first = await stripe.refunds.create(part, { idempotencyKey: 'refund_1' })
  expect((await stripe.refunds.create(part, { idempotencyKey: 'refund_1' })).id).toBe(first.id)
  await stripe.refunds.create({ payment_intent: intent })
  expect(await refusalOf(stripe.refunds.create({ payment_intent: intent }))).toMatchObject({
    code: 'charge_already_refunded',
  })
  expect(await stripe.charges.retrieve(first.charge as string)).toMatchObject({ amount_refunded: 2000, refunded: true })
  expect(eventsOf('charge.refunded')).toHaveLength(2)
})

test('a credit note gives back what an invoice was paid with', async () => {
  const { stripe, invoice, intent } = await paidAccount()
  const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 800, refund_amount: 800 })
  expect(note).toMatchObject({
    status: 'issued',
    total: 800,
    type: 'post_payment',
    refunds: [{ amount_refunded: 800 }],
  })
  expect((await stripe.refunds.list({ payment_intent: intent })).data).toMatchObject([{ amount: 800 }])
  expect((await stripe.invoices.retrieve(invoice.id)).post_payment_credit_notes_amount).toBe(800)
  expect(await refusalOf(stripe.creditNotes.create({ invoice: invoice.id, amount: 1300 }))).toMatchObject({
    statusCode: 400,
  })
})

test.each([
  ['winning_evidence', 'won', true],
  ['losing_evidence', 'lost', false],
] as const)('a disputed charge is decided by %s', async (text, status, returns) => {
  const { stripe, types } = await paidAccount('pm_card_createDispute')
  const [dispute] = (await stripe.disputes.list()).data
  expect(dispute).toMatchObject({ status: 'needs_response', amount: 2000 })
  expect(types()).toEqual(expect.arrayContaining(['charge.dispute.created', 'charge.dispute.funds_withdrawn']))
  expect(await refusalOf(stripe.refunds.create({ charge: dispute?.charge as string }))).toMatchObject({
    code: 'charge_disputed',
  })
  const closed = await stripe.disputes.update(dispute?.id ?? '', { evidence: { uncategorized_text: text } })
  expect(closed.status).toBe(status)
  expect(types()).toContain('charge.dispute.closed')
  expect(types().includes('charge.dispute.funds_reinstated')).toBe(returns)
})

test('a test clock moves its own customers alone', async () => {
  const { stripe, prices, subscribe, customer, types } = await startAccount()
  await subscribe()
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: at('2026-01-31T00:00:00Z'), name: 'life' })
  const other = await stripe.customers.create({ test_clock: clock.id })
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: other.id })
  const theirs = await stripe.subscriptions.create({
    customer: other.id,
    items: [{ price: prices.pro.id }],
    default_payment_method: method.id,
  })
  const target = at('2026-03-31T02:00:00Z')
  expect(await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: target })).toMatchObject({
    status: 'advancing',
  })
  expect(await stripe.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({ status: 'ready', frozen_time: target })
  expect(types()).toContain('test_helpers.test_clock.ready')
  const invoices = (await stripe.invoices.list({ subscription: theirs.id })).data
  expect(invoices.map(({ status, period_end: end }) => [status, end])).toEqual([
    ['paid', at('2026-03-31T00:00:00Z')],
    ['paid', at('2026-02-28T00:00:00Z')],
    ['paid', at('2026-01-31T00:00:00Z')],
  ])
  expect((await stripe.invoices.list({ customer: customer.id })).data).toHaveLength(1)
  expect(await refusalOf(stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: 1 }))).toMatchObject({
    statusCode: 400,
  })
  expect(await stripe.testHelpers.testClocks.del(clock.id)).toMatchObject({ deleted: true })
})

test('a whole life: subscribed, upgraded, failed, recovered, lowered, cancelled and refunded', async () => {
  const { stripe, subscribe, moveTo, useCard, prices, invoicesOf } = await startAccount()
  const { id, items } = await subscribe({ items: [{ price: prices.pro.id, quantity: 2 }] })
  const item = items.data[0]?.id ?? ''
  moveTo('2026-02-20T12:00:00Z')
  await stripe.subscriptions.update(id, {
    items: [{ id: item, price: prices.team.id, quantity: 2 }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'pending_if_incomplete',
  })
  await useCard('pm_card_chargeCustomerFail')
  moveTo('2026-03-11T00:00:00Z')
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due')
  await useCard('pm_card_visa')
  moveTo('2026-03-14T00:00:00Z')
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('active')
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: id })
  const [present] = schedule.phases
  await stripe.subscriptionSchedules.update(schedule.id, {
    phases: [
      { items: [{ price: prices.team.id, quantity: 2 }], start_date: present?.start_date, end_date: present?.end_date },
      { items: [{ price: prices.pro.id, quantity: 1 }], duration: { interval: 'month' }, proration_behavior: 'none' },
    ],
  })
  moveTo('2026-04-10T14:00:00Z')
  await stripe.subscriptionSchedules.release(schedule.id)
  await stripe.subscriptions.update(id, { cancel_at_period_end: true })
  moveTo('2026-06-01T00:00:00Z')
  const invoices = await invoicesOf()
  const upgrade = Math.round((10_000 * 18) / 28) - Math.round((4000 * 18) / 28)
  expect(invoices.map(({ total }) => total)).toEqual([4000, 4000, upgrade, 10_000, 2000])
  expect(new Set(invoices.map(({ status }) => status))).toEqual(new Set(['paid']))
  const last = await stripe.invoices.retrieve(invoices[4]?.id ?? '', { expand: ['payments'] })
  const refund = await stripe.refunds.create({
    payment_intent: last.payments?.data[0]?.payment.payment_intent as string,
  })
  expect(refund).toMatchObject({ status: 'succeeded', amount: 2000 })
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('canceled')
})

test('credit is used for the next invoice, and is there again when that invoice is void', async () => {
  const { stripe, customer, prices } = await startAccount()
  await stripe.customers.update(customer.id, { balance: -500 })
  const balance = async () => ((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).balance
  const invoice = await stripe.invoices.create({ customer: customer.id, currency: 'usd' })
  await stripe.invoiceItems.create({ customer: customer.id, invoice: invoice.id, amount: 1200, currency: 'usd' })
  expect(await stripe.invoices.finalizeInvoice(invoice.id)).toMatchObject({
    amount_due: 700,
    starting_balance: -500,
    ending_balance: 0,
  })
  expect(await balance()).toBe(0)
  await stripe.invoices.voidInvoice(invoice.id)
  expect(await balance()).toBe(-500)
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: prices.pro.id }],
    expand: ['latest_invoice'],
  })
  expect(subscription.latest_invoice).toMatchObject({ total: 2000, amount_paid: 1500 })
})

test('a customer pays in one currency', async () => {
  const { stripe, customer, products, subscribe } = await startAccount()
  await subscribe()
  const sar = await stripe.prices.create({
    product: products.pro.id,
    currency: 'sar',
    unit_amount: 7500,
    recurring: { interval: 'month' },
  })
  const second = stripe.subscriptions.create({ customer: customer.id, items: [{ price: sar.id }] })
  expect((await refusalOf(second)).message).toContain('combine currencies')
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ currency: 'usd' })
})
