import { expect, test } from 'vitest'
import { refusalOf, startStripe } from '../test-client.ts'

const paying = 'AT611904300234573201'
const refusing = 'IT60X0542811101000000123456'
const holder = { name: 'Layla', email: 'layla@example.com' }

async function buy(iban: string, { invoice = false }: { invoice?: boolean } = {}) {
  const local = startStripe()
  const { stripe, engine } = local
  const price = await stripe.prices.create({ currency: 'eur', unit_amount: 1500, product_data: { name: 'Credit' } })
  const { id: customer } = await stripe.customers.create({ email: holder.email })
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    customer,
    allowed_payment_method_types: ['sepa_debit'],
    line_items: [{ price: price.id, quantity: 2 }],
    success_url: 'https://riwaq.test/done',
    ...(invoice && { invoice_creation: { enabled: true } }),
  })
  const method = await stripe.paymentMethods.create({
    type: 'sepa_debit',
    sepa_debit: { iban },
    billing_details: holder,
  })
  const given = { payment_method: method.id, expected_amount: 3000 }
  await stripe.rawRequest('POST', `/v1/payment_pages/${session.id}/confirm`, given)
  const types = () => engine.store.list('event').map(({ type }) => type)
  const later = () => {
    local.time.now += 3000
    engine.tick()
  }
  return { ...local, session, method, types, later }
}

test('a debit on its way completes the session unpaid, and pays it when the bank answers', async () => {
  const { stripe, session, types, later } = await buy(paying)
  const waiting = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
  expect(waiting).toMatchObject({
    status: 'complete',
    payment_status: 'unpaid',
    payment_intent: { status: 'processing' },
  })
  expect(types()).toEqual(expect.arrayContaining(['checkout.session.completed', 'payment_intent.processing']))
  expect(types()).not.toContain('charge.succeeded')
  later()
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent.latest_charge'] })
  expect(paid).toMatchObject({
    payment_status: 'paid',
    payment_intent: {
      status: 'succeeded',
      latest_charge: { payment_method_details: { sepa_debit: { last4: '3201' } } },
    },
  })
  expect(types().filter((type) => type === 'checkout.session.async_payment_succeeded')).toHaveLength(1)
})

test('a debit that the bank refuses leaves the session unpaid and says so', async () => {
  const { stripe, session, types, later } = await buy(refusing)
  later()
  const failed = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
  expect(failed).toMatchObject({
    payment_status: 'unpaid',
    payment_intent: { status: 'requires_payment_method', last_payment_error: { message: expect.any(String) } },
  })
  expect(types()).toEqual(expect.arrayContaining(['charge.failed', 'checkout.session.async_payment_failed']))
})

test('the invoice of a debit stays open until the bank has paid', async () => {
  const { stripe, session, later } = await buy(paying, { invoice: true })
  const invoiceNow = async () =>
    (await stripe.checkout.sessions.retrieve(session.id, { expand: ['invoice'] })).invoice as { status: string }
  expect(await invoiceNow()).toMatchObject({ status: 'open' })
  later()
  expect(await invoiceNow()).toMatchObject({ status: 'paid' })
})

test('a card settles at once and nothing is said later', async () => {
  const { types, later, stripe } = await buy(paying)
  await stripe.paymentIntents.create({ amount: 100, currency: 'eur', payment_method: 'pm_card_visa', confirm: true })
  later()
  expect(types().filter((type) => type.startsWith('checkout.session.async_payment'))).toHaveLength(1)
})

test('an account is refused without the name of its holder, or with a number that is none', async () => {
  const { stripe } = startStripe()
  const create = (iban: string, details: { name?: string; email?: string }) =>
    refusalOf(stripe.paymentMethods.create({ type: 'sepa_debit', sepa_debit: { iban }, billing_details: details }))
  expect((await create(paying, { email: holder.email })).param).toBe('billing_details[name]')
  expect((await create('12', holder)).code).toBe('invalid_bank_account_iban')
})
