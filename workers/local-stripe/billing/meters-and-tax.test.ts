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
    total_taxes: [
      { amount: 300, taxability_reason: 'standard_rated', tax_behavior: 'exclusive', taxable_amount: 2000 },
    ],
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

test('where the seller is at home decides whose business accounts for the tax itself', async () => {
  const { stripe, subscribe, customer } = await startAccount()
  await stripe.customers.createTaxId(customer.id, { type: 'sa_vat', value: '300123456700003' })
  const total = async () => (await subscribe({ ...taxed, expand: ['latest_invoice'] })).latest_invoice
  expect(await total()).toMatchObject({ total: 2300, customer_tax_ids: [{ type: 'sa_vat' }] })
  await stripe.tax.settings.update({
    defaults: { tax_code: 'txcd_10103001', tax_behavior: 'exclusive' },
    head_office: { address: { country: 'AE', city: 'Dubai', line1: '1 Creek Road' } },
  })
  expect(await stripe.tax.settings.retrieve()).toMatchObject({
    status: 'active',
    defaults: { tax_code: 'txcd_10103001' },
  })
  expect(await total()).toMatchObject({ total: 2000, total_taxes: [{ taxability_reason: 'reverse_charge' }] })
})
