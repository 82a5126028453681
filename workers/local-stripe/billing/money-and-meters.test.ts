import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { refusalOf } from '../test-client.ts'
import { at, day, decimal, itemOf, startAccount } from './test-account.ts'

type Account = Awaited<ReturnType<typeof startAccount>>

/** A plan with overage that is paid by use: a millionth of a dollar for each. */
async function meteredAccount() {
  const account = await startAccount()
  const { stripe, products } = account
  const meter = await stripe.billing.meters.create({
    display_name: 'Overage',
    event_name: 'riwaq_overage',
    default_aggregation: { formula: 'sum' },
  })
  const overage = await stripe.prices.create({
    product: products.pro.id,
    currency: 'usd',
    unit_amount_decimal: decimal('0.0001'),
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
  })
  return { ...account, meter, overage }
}

const use = ({ stripe, customer }: Pick<Account, 'stripe' | 'customer'>, value: string, identifier: string) =>
  stripe.billing.meterEvents.create({
    event_name: 'riwaq_overage',
    identifier,
    payload: { stripe_customer_id: customer.id, value },
  })

test('what was used is billed with the renewal, to the millionth', async () => {
  const account = await meteredAccount()
  const { stripe, subscribe, prices, overage, meter, moveTo, invoicesOf, customer } = account
  const subscription = await subscribe({ items: [{ price: prices.pro.id }, { price: overage.id }] })
  moveTo('2026-01-15T00:00:00Z')
  await use(account, '12345678', 'entry_1')
  await use(account, '1', 'entry_2')
  const preview = await stripe.invoices.createPreview({ subscription: subscription.id })
  expect(preview.lines.data.map(({ amount, quantity }) => [amount, quantity])).toEqual([
    [1235, 12_345_679],
    [2000, 1],
  ])
  moveTo('2026-02-10T12:00:00Z')
  await use(account, '777', 'entry_3')
  moveTo('2026-02-10T13:00:00Z')
  const renewal = (await invoicesOf())[1]
  expect(renewal).toMatchObject({ total: preview.total, status: 'paid' })
  expect(renewal?.lines.data[0]?.period).toEqual({ start: at('2026-01-10T12:00:00Z'), end: at('2026-02-10T12:00:00Z') })
  const summaries = await stripe.billing.meters.listEventSummaries(meter.id, {
    customer: customer.id,
    start_time: at('2026-01-10T12:00:00Z'),
    end_time: at('2026-02-10T12:00:00Z'),
  })
  expect(summaries.data).toMatchObject([{ aggregated_value: 12_345_679 }])
})

test('the same use is counted once', async () => {
  const account = await meteredAccount()
  await use(account, '5', 'entry_1')
  expect((await refusalOf(use(account, '5', 'entry_1'))).message).toContain('entry_1')
})

test('use that nobody counts, or of nobody, is refused', async () => {
  const { stripe, customer } = await meteredAccount()
  const payload = { stripe_customer_id: customer.id, value: '1' }
  expect(await refusalOf(stripe.billing.meterEvents.create({ event_name: 'other', payload }))).toMatchObject({
    statusCode: 400,
  })
  const stranger = { stripe_customer_id: 'cus_none', value: '1' }
  expect(
    await refusalOf(stripe.billing.meterEvents.create({ event_name: 'riwaq_overage', payload: stranger })),
  ).toMatchObject({ code: 'resource_missing' })
})

test('an item that is paid by use is added in the middle of a period and billed at its end', async () => {
  const account = await meteredAccount()
  const { stripe, subscribe, overage, moveTo, invoicesOf } = account
  const subscription = await subscribe()
  moveTo('2026-01-20T00:00:00Z')
  const item = await stripe.subscriptionItems.create({ subscription: subscription.id, price: overage.id })
  expect(item).toMatchObject({ current_period_end: at('2026-02-10T12:00:00Z') })
  expect(item.quantity).toBeUndefined()
  await use(account, '5000000', 'entry_1')
  moveTo('2026-02-10T13:00:00Z')
  expect((await invoicesOf()).map(({ total }) => total)).toEqual([2000, 2500])
})

test('use is not forgotten when a subscription ends', async () => {
  const account = await meteredAccount()
  const { subscribe, prices, overage, moveTo, invoicesOf } = account
  await subscribe({ items: [{ price: prices.pro.id }, { price: overage.id }], cancel_at_period_end: true })
  await use(account, '9000000', 'entry_1')
  moveTo('2026-02-10T13:30:00Z')
  expect((await invoicesOf()).map(({ total, status }) => [total, status])).toEqual([
    [2000, 'paid'],
    [900, 'paid'],
  ])
})

test('a coupon for two months lowers two invoices, one for once lowers one', async () => {
  const { stripe, subscribe, moveTo, invoicesOf, types } = await startAccount()
  const twice = await stripe.coupons.create({ percent_off: 50, duration: 'repeating', duration_in_months: 2 })
  const once = await stripe.coupons.create({ amount_off: 300, currency: 'usd', duration: 'once' })
  const { id } = await subscribe({ discounts: [{ coupon: twice.id }, { coupon: once.id }] })
  for (const month of ['2026-02-10', '2026-03-10']) moveTo(`${month}T13:00:00Z`)
  expect((await invoicesOf()).map(({ total }) => total)).toEqual([700, 1000, 2000])
  expect(types().filter((type) => type === 'customer.discount.created')).toHaveLength(2)
  expect(types()).toContain('customer.discount.deleted')
  expect((await stripe.coupons.retrieve(twice.id)).times_redeemed).toBe(1)
  const expanded = await stripe.subscriptions.retrieve(id, { expand: ['discounts'] })
  expect(expanded.discounts).toMatchObject([{ source: { coupon: twice.id } }])
})

test('unused time is worth what was paid for it, not the list price', async () => {
  const { stripe, subscribe, prices, moveTo } = await startAccount()
  const half = await stripe.coupons.create({ percent_off: 50, duration: 'once' })
  const subscription = await subscribe({ discounts: [{ coupon: half.id }] })
  moveTo(at('2026-01-10T12:00:00Z') + 15.5 * day)
  const preview = await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: {
      items: [{ id: itemOf(subscription).id, price: prices.team.id }],
      proration_behavior: 'always_invoice',
    },
  })
  expect(preview.lines.data.map(({ amount }) => amount)).toEqual([-500, 2500])
})

const taxed = { automatic_tax: { enabled: true } }

test('tax is on the invoice by the place where the customer lives', async () => {
  const { subscribe } = await startAccount()
  const { latest_invoice: invoice } = await subscribe({ ...taxed, expand: ['latest_invoice'] })
  expect(invoice).toMatchObject({
    subtotal: 2000,
    total: 2300,
    total_excluding_tax: 2000,
    automatic_tax: { enabled: true, status: 'complete' },
    total_taxes: [{ amount: 300, taxability_reason: 'standard_rated', tax_behavior: 'exclusive', taxable_amount: 2000 }],
  })
})

test('a business of another country pays no tax, and the preview knows it before it is saved', async () => {
  const { stripe, subscribe, customer } = await startAccount()
  const subscription = await subscribe(taxed)
  const preview = await stripe.invoices.createPreview({
    customer: customer.id,
    subscription: subscription.id,
    customer_details: {
      address: { country: 'DE', city: 'Berlin', line1: 'Unter den Linden 1', postal_code: '10117' },
      tax_ids: [{ type: 'eu_vat', value: 'DE123456789' }],
    },
  })
  expect(preview).toMatchObject({ total: 2000, total_taxes: [{ amount: 0, taxability_reason: 'reverse_charge' }] })
})

test('tax without an address is refused where somebody waits, and left out where nobody does', async () => {
  const { stripe, subscribe, customer, moveTo, invoicesOf } = await startAccount()
  await subscribe(taxed)
  await stripe.customers.update(customer.id, { address: '' })
  expect(await refusalOf(subscribe(taxed))).toMatchObject({ code: 'customer_tax_location_invalid' })
  moveTo('2026-02-10T13:00:00Z')
  expect((await invoicesOf()).at(-1)).toMatchObject({
    total: 2000,
    automatic_tax: { enabled: false, disabled_reason: 'finalization_requires_location_inputs' },
  })
})

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
  await stripe.invoiceItems.create({ customer: customer.id, invoice: draft.id, amount: 2500, currency: 'usd', description: 'Credit' })
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
  expect(await refusalOf(stripe.refunds.create({ payment_intent: intent }))).toMatchObject({ code: 'charge_already_refunded' })
  expect(await stripe.charges.retrieve(first.charge as string)).toMatchObject({ amount_refunded: 2000, refunded: true })
  expect(eventsOf('charge.refunded')).toHaveLength(2)
})

test('a credit note gives back what an invoice was paid with', async () => {
  const { stripe, invoice, intent } = await paidAccount()
  const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 800, refund_amount: 800 })
  expect(note).toMatchObject({ status: 'issued', total: 800, type: 'post_payment', refunds: [{ amount_refunded: 800 }] })
  expect((await stripe.refunds.list({ payment_intent: intent })).data).toMatchObject([{ amount: 800 }])
  expect((await stripe.invoices.retrieve(invoice.id)).post_payment_credit_notes_amount).toBe(800)
  expect(await refusalOf(stripe.creditNotes.create({ invoice: invoice.id, amount: 1300 }))).toMatchObject({ statusCode: 400 })
})

test.each([
  ['winning_evidence', 'won', true],
  ['losing_evidence', 'lost', false],
] as const)('a disputed charge is decided by %s', async (text, status, returns) => {
  const { stripe, types } = await paidAccount('pm_card_createDispute')
  const [dispute] = (await stripe.disputes.list()).data
  expect(dispute).toMatchObject({ status: 'needs_response', amount: 2000 })
  expect(types()).toEqual(expect.arrayContaining(['charge.dispute.created', 'charge.dispute.funds_withdrawn']))
  expect(await refusalOf(stripe.refunds.create({ charge: dispute?.charge as string }))).toMatchObject({ code: 'charge_disputed' })
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
  expect(await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: target })).toMatchObject({ status: 'advancing' })
  expect(await stripe.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({ status: 'ready', frozen_time: target })
  expect(types()).toContain('test_helpers.test_clock.ready')
  const invoices = (await stripe.invoices.list({ subscription: theirs.id })).data
  expect(invoices.map(({ status, period_end: end }) => [status, end])).toEqual([
    ['paid', at('2026-03-31T00:00:00Z')],
    ['paid', at('2026-02-28T00:00:00Z')],
    ['paid', at('2026-01-31T00:00:00Z')],
  ])
  expect((await stripe.invoices.list({ customer: customer.id })).data).toHaveLength(1)
  expect(await refusalOf(stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: 1 }))).toMatchObject({ statusCode: 400 })
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
  const refund = await stripe.refunds.create({ payment_intent: last.payments?.data[0]?.payment.payment_intent as string })
  expect(refund).toMatchObject({ status: 'succeeded', amount: 2000 })
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('canceled')
})
