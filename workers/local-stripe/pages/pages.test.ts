import { expect, test } from 'vitest'
import { startStripe } from '../test-client.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

const pages = {
  success_url: 'https://riwaq.test/en/billing?session_id={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://riwaq.test/en/billing',
}

const filled = {
  card_number: '4242 4242 4242 4242',
  expiry: '12 / 30',
  cvc: '123',
  name: 'Layla <b>',
  country: 'SA',
  line1: 'King Fahd Road',
  city: 'Riyadh',
}

async function start() {
  const local = startStripe()
  const { stripe, fetch } = local
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 2000,
    product_data: { name: 'Pro & more' },
    recurring: { interval: 'month' },
  })
  const customer = await stripe.customers.create({ email: 'a@b.c' })
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    allow_promotion_codes: true,
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true },
    billing_address_collection: 'required',
    customer_update: { address: 'auto', name: 'auto' },
    ...pages,
  })
  const get = async (url: string, language = 'en') => {
    const answer = await fetch(new URL(url, 'http://stripe.test').href, { headers: { 'accept-language': language } })
    return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
  }
  const post = async (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const answer = await fetch(new URL(url, 'http://stripe.test').href, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
    })
    return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
  }
  return { ...local, customer, session, get, post }
}

test('the page says what is bought, that no money moves, and in the browser’s language', async () => {
  const { session, get } = await start()
  const english = await get(session.url!)
  expect(english.text).toContain('Pro &amp; more')
  expect(english.text).toContain('$20.00')
  expect(english.text).toContain(en.standIn)
  const arabic = await get(session.url!, 'ar-SA,ar;q=0.9')
  expect(arabic.text).toContain('<html lang="ar" dir="rtl">')
  expect(arabic.text).toContain(ar.standIn)
})

test('whoever pays comes back to the site with the session', async () => {
  const { session, post, stripe } = await start()
  const paid = await post(session.url!, filled)
  expect(paid).toMatchObject({ status: 303, location: `https://riwaq.test/en/billing?session_id=${session.id}` })
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription', 'customer'] })
  expect(done).toMatchObject({
    status: 'complete',
    amount_total: 2300,
    subscription: { status: 'active' },
    customer: { name: 'Layla <b>', address: { country: 'SA', city: 'Riyadh' } },
  })
})

test.each([
  [{ card_number: '4111111111111111' }, en.errorCard],
  [{ expiry: '01/20' }, en.errorExpiry],
  [{ cvc: '1' }, en.errorCvc],
  [{ country: '' }, en.errorCountry],
  [{ line1: '' }, en.errorAddress],
  [{ tax_id_type: 'sa_vat', tax_id: '12' }, en.errorTaxId],
  [{ card_number: '4000000000000002' }, en.declined],
  [{ card_number: '4000000000009995' }, en.noFunds],
])('what is wrong is said and nothing is charged: %o', async (wrong, sentence) => {
  const { session, post, engine } = await start()
  const answer = await post(session.url!, { ...filled, ...wrong })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain(sentence)
  expect(answer.text).not.toContain('4000000000')
  expect(engine.store.list('charge')).toEqual([])
})

test('what somebody typed is shown as text', async () => {
  const { session, post } = await start()
  const answer = await post(session.url!, { ...filled, cvc: '' })
  expect(answer.text).toContain('Layla &lt;b&gt;')
  expect(answer.text).not.toContain('Layla <b>')
})

test('the sums follow the address and the promotion code', async () => {
  const { session, post, stripe } = await start()
  expect((await post(`/c/pay/${session.id}/summary`, { country: 'GB' })).text).toContain('$24.00')
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' })
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'HALF' })
  expect((await post(`/c/pay/${session.id}/promotion`, { promotion_code: 'NOPE' })).text).toContain(en.errorCode)
  expect((await post(`/c/pay/${session.id}/promotion`, { promotion_code: 'half' })).text).toContain('-$10.00')
  await post(session.url!, filled)
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ amount_total: 1150 })
})

test('a bank is asked on a page of its own, and its no leads back', async () => {
  const { session, post, get, stripe } = await start()
  const asked = await post(session.url!, { ...filled, card_number: '4000002500003155' })
  expect(asked.location).toContain(`/3ds/${session.id}`)
  expect((await get(asked.location!)).text).toContain(en.approve)
  const no = await post(asked.location!, { answer: 'no' })
  expect((await get(no.location!)).text).toContain(en.failedAuthentication)
  await post(session.url!, { ...filled, card_number: '4000002500003155' })
  const yes = await post(asked.location!, { answer: 'yes' })
  expect(yes.location).toContain('https://riwaq.test/en/billing')
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete' })
})

test('a page that is over says so and takes nothing more', async () => {
  const { session, post, get, engine } = await start()
  await post(session.url!, filled)
  expect((await get(session.url!)).text).toContain(en.complete)
  expect((await post(session.url!, filled)).text).toContain(en.complete)
  expect(engine.store.list('subscription')).toHaveLength(1)
  expect((await get('/c/pay/cs_test_none')).status).toBe(404)
})

test('the portal changes the card of the customer and of the subscription, and lists the invoices', async () => {
  const { session, post, get, stripe, customer } = await start()
  await post(session.url!, filled)
  const portal = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    return_url: 'https://riwaq.test/',
  })
  const shown = await get(portal.url)
  expect(shown.text).toContain('visa ending in 4242')
  expect(shown.text).toContain('$23.00')
  const saved = await post(portal.url, { ...filled, card_number: '4000000000000341' })
  expect((await get(saved.location!)).text).toContain('visa ending in 0341')
  const { data } = await stripe.subscriptions.list({ customer: customer.id, expand: ['data.default_payment_method'] })
  expect(data).toMatchObject([{ default_payment_method: { card: { last4: '0341' } } }])
})

test('a flow for the card alone leads back when it is done, through the bank as well', async () => {
  const { post, get, stripe, customer } = await start()
  const portal = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    flow_data: {
      type: 'payment_method_update',
      after_completion: { type: 'redirect', redirect: { return_url: 'https://riwaq.test/done' } },
    },
  })
  const asked = await post(portal.url, { ...filled, card_number: '4000002500003155' })
  expect(asked.location).toMatch(/^\/3ds\/seti_/)
  const no = await post(asked.location!, { answer: 'no' })
  expect((await get(no.location!)).text).toContain(en.failedAuthentication)
  const again = await post(portal.url, { ...filled, card_number: '4000002500003155' })
  const yes = await post(again.location!, { answer: 'yes' })
  expect((await get(yes.location!)).location).toBe('https://riwaq.test/done')
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
    invoice_settings: { default_payment_method: expect.stringMatching(/^pm_/) },
  })
})

test('an open invoice is paid on its page', async () => {
  const { post, get, stripe, customer } = await start()
  const invoice = await stripe.invoices.create({ customer: customer.id, auto_advance: false })
  await stripe.invoiceItems.create({ customer: customer.id, invoice: invoice.id, amount: 500, currency: 'usd' })
  const open = await stripe.invoices.finalizeInvoice(invoice.id!)
  const url = open.hosted_invoice_url!
  expect((await get(url)).text).toContain('$5.00')
  expect((await post(url, { ...filled, card_number: '4000000000009995' })).text).toContain(en.noFunds)
  const asked = await post(url, { ...filled, card_number: '4000000000003220' })
  const back = await post(asked.location!, { answer: 'yes' })
  expect((await get(back.location!)).text).toContain(en.invoicePaid)
  expect(await stripe.invoices.retrieve(invoice.id!)).toMatchObject({ status: 'paid' })
})

test('the page of switches shows the account, and other sites cannot press its buttons', async () => {
  const { post, get, engine } = await start()
  expect((await get('/')).text).toContain('a@b.c')
  const before = engine.store.list('customer').length
  const foreign = await post('/_control/reset', {}, { origin: 'https://evil.test' })
  expect(foreign.status).toBe(403)
  expect((await post('/_control/reset', {}, { origin: 'null' })).status).toBe(403)
  expect(engine.store.list('customer')).toHaveLength(before)
  const own = await post('/_control/reset', {}, { origin: 'http://stripe.test', accept: 'text/html' })
  expect(own.location).toBe('/')
})

test('both languages say everything', () => {
  expect(Object.keys(ar)).toEqual(Object.keys(en))
})
