import { expect, test } from 'vitest'
import { InvoiceDetails, InvoicePage } from '#shared/contracts/billing'
import { updateCustomer } from '../customers/customers-repository.ts'
import { pay, sessionOf, subscribe } from '../paying.ts'
import { createBilling, ORGANIZATION, person, type TestBilling } from '../testing.ts'

async function createPaid(settings = {}) {
  const billing = createBilling({ STRIPE_SECRET_KEY: 'sk_test_local', ...settings })
  await updateCustomer({ organizationId: ORGANIZATION, change: { trialUsedAt: 1 }, ctx: billing.system })
  return billing
}

async function buy(billing: TestBilling, quantity = 1) {
  const { body } = await billing.ask('credit-packs/credit-10/checkout', { body: { currency: 'usd', quantity } })
  pay(billing, body.url)
  await billing.ask('checkout/return', { body: { session_id: sessionOf(body.url) } })
}

test('credit that was bought is there at once, with its invoice, and expires in a year', async () => {
  const billing = await createPaid()
  await buy(billing, 3)
  const { credit } = (await billing.ask('overview')).body
  expect(credit).toMatchObject({ balance_micros: 30_000_000, lots: [{ source: 'bought' }] })
  expect(credit.lots[0].expires_at - credit.lots[0].granted_at).toBe(365 * 86_400_000)
  const { data } = InvoicePage.parse((await billing.ask('invoices')).body)
  expect(data).toMatchObject([
    { purpose: 'credit_pack', status: 'paid', total_minor: 3_000, credit_micros: 30_000_000 },
  ])
})

test('an invoice is shown in full: who sells, who pays, what for, and with which card', async () => {
  const billing = await createPaid({
    SELLER_NAME: 'Rihla LLC',
    SELLER_ADDRESS: 'Street 1|Riyadh',
    SELLER_TAX_IDS: 'VAT 3',
  })
  await subscribe(billing)
  const [{ id }] = (await billing.ask('invoices')).body.data
  const invoice = InvoiceDetails.parse((await billing.ask(`invoices/${id}`)).body)
  expect(invoice).toMatchObject({
    seller: { name: 'Rihla LLC', address: ['Street 1', 'Riyadh'], tax_ids: ['VAT 3'] },
    customer: { name: 'Rihla', email: 'salma@example.com', locale: 'ar' },
    reverse_charge: false,
    payment_method: { type: 'card', last4: '4242' },
  })
  expect(invoice.lines).toHaveLength(1)
  expect(invoice.lines.reduce((sum, line) => sum + line.amount_minor, 0)).toBe(invoice.subtotal_minor)
  expect(invoice.taxes.reduce((sum, tax) => sum + tax.amount_minor, 0)).toBe(invoice.tax_minor)
})

test('where tax is on it is on the invoice by name and share', async () => {
  const billing = await createPaid({ STRIPE_TAX: 'on' })
  await subscribe(billing)
  const [{ id }] = (await billing.ask('invoices')).body.data
  const invoice = InvoiceDetails.parse((await billing.ask(`invoices/${id}`)).body)
  expect(invoice.tax_minor).toBeGreaterThan(0)
  expect(invoice.total_minor).toBe(invoice.subtotal_minor - invoice.discount_minor + invoice.tax_minor)
  expect(invoice.taxes.reduce((sum, tax) => sum + tax.amount_minor, 0)).toBe(invoice.tax_minor)
})

test('invoices come page by page, the newest first', async () => {
  const billing = await createPaid()
  for (const quantity of [1, 2, 3]) {
    await buy(billing, quantity)
    billing.clock.advance(60_000)
  }
  const first = (await billing.ask('invoices?limit=2')).body
  expect(first.data.map((each: { total_minor: number }) => each.total_minor)).toEqual([3_000, 2_000])
  const second = (await billing.ask(`invoices?limit=2&cursor=${first.next_cursor}`)).body
  expect(second).toMatchObject({ data: [{ total_minor: 1_000 }], next_cursor: null })
  expect(await billing.ask('invoices?cursor=nonsense')).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } })
})

test('an invoice of another organization does not exist', async () => {
  const billing = await createPaid()
  await subscribe(billing)
  const [{ id }] = (await billing.ask('invoices')).body.data
  const stranger = person('owner', 'org_01kxyz0001')
  expect(await billing.ask(`invoices/${id}`, { as: stranger })).toMatchObject({ status: 404 })
  expect((await billing.ask('invoices', { as: stranger })).body.data).toEqual([])
})

test('a receipt that Stripe cannot be asked for is a 503, and the list is there all the same', async () => {
  const billing = await createPaid()
  await subscribe(billing)
  const [{ id }] = (await billing.ask('invoices')).body.data
  billing.failStripe(/invoices/)
  expect(await billing.ask(`invoices/${id}`)).toMatchObject({ status: 503 })
  expect((await billing.ask('invoices')).body.data).toHaveLength(1)
})
