import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { noon, refusalOf, startStripe } from '../test-client.ts'
import type { CheckoutSubmission } from '../tables.ts'
import { newMethod } from '../payments/new-method.ts'
import { cardOfToken } from '../payments/test-cards.ts'
import { answerForSession, submitSession, successUrl } from './submit.ts'

const pages = {
  success_url: 'https://riwaq.test/en/billing?session_id={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://riwaq.test/en/billing',
}

async function start({ recurring = true }: { recurring?: boolean } = {}) {
  const local = startStripe()
  const { stripe, engine } = local
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 2000,
    product_data: { name: 'Pro' },
    ...(recurring && { recurring: { interval: 'month' } }),
  })
  const customer = await stripe.customers.create({ email: 'a@b.c', metadata: { organization_id: 'org_1' } })
  const fill = (token: string | null, more: Partial<CheckoutSubmission> = {}): CheckoutSubmission => ({
    paymentMethod: token && newMethod({ engine, card: cardOfToken(token)! }).id,
    email: null,
    name: 'Layla',
    address: null,
    taxId: null,
    ...more,
  })
  const types = () => engine.store.list('event').map(({ type }) => type)
  return { ...local, price, customer, fill, types }
}

const address: Stripe.Address = {
  city: 'Riyadh',
  country: 'SA',
  line1: 'King Fahd Road',
  line2: null,
  postal_code: '12271',
  state: null,
}

test('what was paid on the page is a subscription with its card and its invoice', async () => {
  const { stripe, engine, price, customer, fill, types } = await start()
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    client_reference_id: 'org_1',
    line_items: [{ price: price.id, quantity: 3 }],
    subscription_data: { metadata: { organization_id: 'org_1' } },
    ...pages,
  })
  expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 6000 })
  const submitted = submitSession(engine, session.id, fill('pm_card_visa'))
  expect(submitted.outcome).toBe('complete')
  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['subscription', 'invoice', 'line_items'],
  })
  expect(done).toMatchObject({
    status: 'complete',
    payment_status: 'paid',
    url: null,
    subscription: {
      status: 'active',
      metadata: { organization_id: 'org_1' },
      default_payment_method: expect.stringMatching(/^pm_/),
    },
    invoice: { status: 'paid', amount_paid: 6000, billing_reason: 'subscription_create' },
    line_items: { data: [{ amount_total: 6000, quantity: 3 }] },
  })
  expect(types()).toContain('checkout.session.completed')
  expect(successUrl(engine.need('checkout.session', session.id))).toContain(`session_id=${session.id}`)
})

test('a second press of the button buys nothing more', async () => {
  const { stripe, engine, price, customer, fill } = await start()
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    ...pages,
  })
  submitSession(engine, session.id, fill('pm_card_visa'))
  expect(submitSession(engine, session.id, fill('pm_card_visa')).outcome).toBe('closed')
  expect(engine.store.list('subscription')).toHaveLength(1)
})

test('a trial takes the card and no money', async () => {
  const { stripe, engine, price, customer, fill } = await start()
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    subscription_data: { trial_period_days: 14 },
    ...pages,
  })
  expect(session.amount_total).toBe(0)
  submitSession(engine, session.id, fill('pm_card_visa'))
  const [subscription] = engine.store.list('subscription')
  expect(subscription).toMatchObject({ status: 'trialing', trial_end: noon / 1000 + 14 * 86_400 })
  expect(engine.store.list('charge')).toEqual([])
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: 'no_payment_required' })
})

test('a declined card changes nothing and the page can be used again', async () => {
  const { stripe, engine, price, customer, fill } = await start()
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    ...pages,
  })
  expect(submitSession(engine, session.id, fill('pm_card_chargeDeclined'))).toMatchObject({
    outcome: 'declined',
    decline: { code: 'card_declined' },
  })
  expect(engine.store.list('subscription')).toEqual([])
  expect(submitSession(engine, session.id, fill('pm_card_visa')).outcome).toBe('complete')
})

test('a bank that asks its holder is heard before anything is bought', async () => {
  const { stripe, engine, price, customer, fill } = await start()
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    ...pages,
  })
  expect(submitSession(engine, session.id, fill('pm_card_threeDSecure2Required')).outcome).toBe('asks')
  expect(answerForSession(engine, session.id, false).status).toBe('open')
  expect(engine.store.list('subscription')).toEqual([])
  expect(submitSession(engine, session.id, fill('pm_card_threeDSecure2Required')).outcome).toBe('asks')
  expect(answerForSession(engine, session.id, true).status).toBe('complete')
  expect(engine.store.list('subscription')).toMatchObject([{ status: 'active' }])
})

test('credit that is bought once has an invoice with its tax', async () => {
  const { stripe, engine, price, customer, fill } = await start({ recurring: false })
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 2 }],
    invoice_creation: { enabled: true, invoice_data: { metadata: { purpose: 'credit_pack' } } },
    payment_intent_data: { metadata: { organization_id: 'org_1' } },
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true },
    billing_address_collection: 'required',
    customer_update: { address: 'auto', name: 'auto' },
    ...pages,
  })
  submitSession(engine, session.id, fill('pm_card_visa', { address }))
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['invoice', 'payment_intent'] })
  expect(done).toMatchObject({
    amount_total: 4600,
    total_details: { amount_tax: 600 },
    automatic_tax: { status: 'complete' },
    invoice: { status: 'paid', total: 4600, metadata: { purpose: 'credit_pack' } },
    payment_intent: { status: 'succeeded', amount: 4600 },
  })
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ name: 'Layla', address: { country: 'SA' } })
})

test('a session that nobody used expires by itself, and one that is over cannot be expired', async () => {
  const { stripe, price, time, types } = await start()
  const create = () =>
    stripe.checkout.sessions.create({ mode: 'subscription', line_items: [{ price: price.id, quantity: 1 }], ...pages })
  const session = await create()
  time.now += 25 * 3_600_000
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'expired', url: null })
  expect(types()).toContain('checkout.session.expired')
  expect(await refusalOf(stripe.checkout.sessions.expire(session.id))).toMatchObject({ statusCode: 400 })
  expect(await stripe.checkout.sessions.expire((await create()).id)).toMatchObject({ status: 'expired' })
})

test('a coupon of the session is taken off and counted', async () => {
  const { stripe, engine, price, customer, fill } = await start()
  const coupon = await stripe.coupons.create({ percent_off: 25, duration: 'forever' })
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    discounts: [{ coupon: coupon.id }],
    ...pages,
  })
  expect(session).toMatchObject({ amount_total: 1500, total_details: { amount_discount: 500 } })
  submitSession(engine, session.id, fill('pm_card_visa'))
  expect(engine.store.list('invoice')).toMatchObject([{ amount_paid: 1500 }])
  expect(await stripe.coupons.retrieve(coupon.id)).toMatchObject({ times_redeemed: 1 })
})

test('what cannot be sold together is refused', async () => {
  const { stripe, price, customer } = await start()
  const line_items = [{ price: price.id, quantity: 1 }]
  expect(await refusalOf(stripe.checkout.sessions.create({ mode: 'payment', line_items, ...pages }))).toMatchObject({
    param: 'line_items',
  })
  expect(
    await refusalOf(
      stripe.checkout.sessions.create({
        mode: 'subscription',
        line_items,
        customer: customer.id,
        automatic_tax: { enabled: true },
        ...pages,
      }),
    ),
  ).toMatchObject({ code: 'customer_tax_location_invalid' })
})

test('a card can be saved without buying anything', async () => {
  const { stripe, engine, customer, fill } = await start()
  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    customer: customer.id,
    ...pages,
  })
  submitSession(engine, session.id, fill('pm_card_visa'))
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent.payment_method'] })
  expect(done).toMatchObject({ setup_intent: { status: 'succeeded', payment_method: { customer: customer.id } } })
})
