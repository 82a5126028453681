import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { startStripe, refusalOf } from '../test-client.ts'

const typesOf = (events: { type: string }[]) => events.map(({ type }) => type).toReversed()

async function withCard(stripe: Stripe, token: string) {
  const { id: customer } = await stripe.customers.create({ name: 'Riwaq' })
  const { id: method } = await stripe.paymentMethods.attach(token, { customer })
  return { customer, method }
}

const pay = (customer: string, method: string): Stripe.PaymentIntentCreateParams => ({
  amount: 2000,
  currency: 'usd',
  customer,
  payment_method: method,
  off_session: true,
  confirm: true,
})

test('a card that pays leaves a charge that can be found again', async () => {
  const { stripe, engine } = startStripe()
  const { customer, method } = await withCard(stripe, 'pm_card_visa')
  const intent = await stripe.paymentIntents.create({ ...pay(customer, method), expand: ['latest_charge', 'customer'] })
  expect(intent).toMatchObject({
    status: 'succeeded',
    amount_received: 2000,
    latest_charge: { paid: true, payment_method_details: { card: { last4: '4242' } } },
    customer: { name: 'Riwaq' },
  })
  const charges = await stripe.charges.list({ payment_intent: intent.id })
  expect(charges.data).toHaveLength(1)
  expect(typesOf(engine.store.list('event')).slice(-3)).toEqual([
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.succeeded',
  ])
})

test('a declined card says why, and the intent waits for another one', async () => {
  const { stripe } = startStripe()
  const error = await refusalOf(
    stripe.paymentIntents.create({
      amount: 100,
      currency: 'usd',
      payment_method: 'pm_card_visa_chargeDeclinedInsufficientFunds',
      confirm: true,
    }),
  )
  expect(error).toMatchObject({ type: 'StripeCardError', code: 'card_declined', decline_code: 'insufficient_funds' })
  const intent = await stripe.paymentIntents.retrieve(error.payment_intent!.id)
  expect(intent).toMatchObject({ status: 'requires_payment_method', payment_method: null })
  const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })
  expect(paid).toMatchObject({ status: 'succeeded', last_payment_error: null })
})

test('a card can be saved and fail only when it is charged later', async () => {
  const { stripe } = startStripe()
  const { customer, method } = await withCard(stripe, 'pm_card_chargeCustomerFail')
  const error = await refusalOf(stripe.paymentIntents.create(pay(customer, method)))
  expect(error).toMatchObject({ code: 'card_declined', decline_code: 'generic_decline' })
})

test('a bank that refuses always refuses to have its card saved', async () => {
  const { stripe } = startStripe()
  expect(await refusalOf(withCard(stripe, 'pm_card_chargeDeclined'))).toMatchObject({ code: 'card_declined' })
})

test('a bank that asks its holder cannot be asked while nobody is there', async () => {
  const { stripe } = startStripe()
  const { customer, method } = await withCard(stripe, 'pm_card_authenticationRequired')
  const error = await refusalOf(stripe.paymentIntents.create(pay(customer, method)))
  expect(error).toMatchObject({ code: 'authentication_required' })
  const asked = await stripe.paymentIntents.create({
    ...pay(customer, method),
    off_session: false,
    return_url: 'https://riwaq.test/back',
  })
  expect(asked).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } })
})

test('a card that was set up once is not asked again', async () => {
  const { stripe } = startStripe()
  const { customer, method } = await withCard(stripe, 'pm_card_authenticationRequiredOnSetup')
  const setup = await stripe.setupIntents.create({ customer, payment_method: method, confirm: true })
  expect(setup.status).toBe('requires_action')
  expect(await refusalOf(stripe.paymentIntents.create(pay(customer, method)))).toMatchObject({
    code: 'authentication_required',
  })
})

test('a held payment is captured in part, and a captured one cannot be canceled', async () => {
  const { stripe } = startStripe()
  const held = await stripe.paymentIntents.create({
    amount: 2000,
    currency: 'usd',
    capture_method: 'manual',
    payment_method: 'pm_card_visa',
    confirm: true,
  })
  expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 2000 })
  const captured = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 1500 })
  expect(captured).toMatchObject({ status: 'succeeded', amount_received: 1500 })
  expect(await refusalOf(stripe.paymentIntents.cancel(held.id))).toMatchObject({
    code: 'payment_intent_unexpected_state',
  })
})

test('the card of one customer is not another one’s to use', async () => {
  const { stripe } = startStripe()
  const { method } = await withCard(stripe, 'pm_card_visa')
  const { id: other } = await stripe.customers.create({})
  expect(await refusalOf(stripe.paymentIntents.create(pay(other, method)))).toMatchObject({ param: 'payment_method' })
  expect(
    await refusalOf(stripe.customers.update(other, { invoice_settings: { default_payment_method: method } })),
  ).toMatchObject({ statusCode: 400 })
})

test('a detached card is nobody’s default any more', async () => {
  const { stripe } = startStripe()
  const { id: customer } = await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  const before = await stripe.customers.retrieve(customer, { expand: ['invoice_settings.default_payment_method'] })
  expect(before).toMatchObject({ invoice_settings: { default_payment_method: { card: { brand: 'visa' } } } })
  const [method] = (await stripe.customers.listPaymentMethods(customer)).data
  await stripe.paymentMethods.detach(method!.id)
  expect(await stripe.customers.retrieve(customer)).toMatchObject({
    invoice_settings: { default_payment_method: null },
  })
})
