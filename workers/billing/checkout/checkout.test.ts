import { expect, test } from 'vitest'
import { BillingOverview } from '#shared/contracts/billing'
import { updateCustomer } from '../customers/customers-repository.ts'
import { pay, sessionOf, subscribe } from '../paying.ts'
import { createBilling, ORGANIZATION, person, type TestBilling } from '../testing.ts'

const start = (billing: TestBilling, body: Record<string, unknown> = {}) =>
  billing.ask('checkout', { body: { plan_id: 'pro', interval: 'month', currency: 'usd', ...body } })

const sessions = async ({ stripe }: TestBilling) => (await stripe.checkout.sessions.list({ limit: 100 })).data
const subscriptions = async ({ stripe }: TestBilling) =>
  (await stripe.subscriptions.list({ limit: 100, status: 'all' })).data

/** Without the trial, so that something is paid. */
async function createTried() {
  const billing = createBilling()
  await updateCustomer({ organizationId: ORGANIZATION, change: { trialUsedAt: 1 }, ctx: billing.system })
  return billing
}

test('who comes back from Stripe’s page has the plan and its credit, before any webhook', async () => {
  const billing = await createTried()
  await subscribe(billing)
  const overview = BillingOverview.parse((await billing.ask('overview')).body)
  expect(overview).toMatchObject({
    plan: { id: 'pro' },
    plan_is_current: true,
    subscription: { status: 'active', interval: 'month', currency: 'usd', seats: 1, amount_minor: 2_000 },
    credit: { balance_micros: 15_000_000, lots: [{ source: 'included' }] },
    payment_method: { type: 'card', brand: 'visa', last4: '4242' },
  })
  expect(await billing.ledgerOf(ORGANIZATION).plan()).toMatchObject({ planId: 'pro', requestsPerMinute: 600 })
  const { body } = await billing.ask('invoices')
  expect(body.data).toMatchObject([
    { status: 'paid', purpose: 'subscription', total_minor: 2_000, credit_micros: 15_000_000 },
  ])
})

test('a team pays and is given credit for each of its seats', async () => {
  const billing = createBilling()
  billing.facts.members = 3
  await subscribe(billing, { plan_id: 'team', seats: 4, currency: 'kwd' })
  expect((await billing.ask('overview')).body).toMatchObject({
    subscription: { seats: 4, amount_minor: 37_000, currency: 'kwd' },
    credit: { balance_micros: 100_000_000 },
  })
})

test('a trial is given once, whatever is subscribed to afterwards', async () => {
  const billing = createBilling()
  await subscribe(billing)
  expect((await billing.ask('overview')).body).toMatchObject({
    subscription: { status: 'trialing' },
    credit: { balance_micros: 3_000_000 },
  })
  const [trial] = await subscriptions(billing)
  await billing.stripe.subscriptions.cancel(trial!.id)
  await billing.ask('sync', { body: {} })
  expect((await billing.ask('overview')).body).toMatchObject({ plan: { id: 'free' }, subscription: null })
  await subscribe(billing)
  expect((await billing.ask('overview')).body).toMatchObject({ subscription: { status: 'active' } })
})

test('who is subscribed is not subscribed again, whatever they click', async () => {
  const billing = await createTried()
  await subscribe(billing)
  for (const wanted of [{}, { plan_id: 'team', seats: 2 }, { interval: 'year' }])
    expect(await start(billing, wanted)).toMatchObject({
      status: 409,
      body: { code: 'conflict', detail: expect.stringContaining('Change its plan') },
    })
  expect(await sessions(billing)).toHaveLength(1)
})

test('a subscription that only Stripe knows of yet is found, and stands in the way as well', async () => {
  const billing = await createTried()
  const { body } = await start(billing)
  expect(pay(billing, body.url)).toBe('complete')
  expect(await start(billing, { interval: 'year' })).toMatchObject({ status: 409 })
  expect((await billing.ask('overview')).body).toMatchObject({ plan: { id: 'pro' } })
  expect(await subscriptions(billing)).toHaveLength(1)
})

test('clicked three times at once there is one page, and one more for another wish closes it', async () => {
  const billing = createBilling()
  const answers = await Promise.all([1, 2, 3].map(() => start(billing)))
  expect(new Set(answers.map(({ body }) => body.url)).size).toBe(1)
  expect((await start(billing, { interval: 'year' })).status).toBe(200)
  expect((await sessions(billing)).map(({ status }) => status).toSorted()).toEqual(['expired', 'open'])
})

test('who has ended a subscription may begin another on the same day', async () => {
  const billing = await createTried()
  await subscribe(billing)
  const [first] = await subscriptions(billing)
  await billing.stripe.subscriptions.cancel(first!.id)
  await billing.ask('sync', { body: {} })
  await subscribe(billing)
  expect((await subscriptions(billing)).map(({ status }) => status).toSorted()).toEqual(['active', 'canceled'])
})

test.each([
  [{ plan_id: 'nothing' }, 404, undefined],
  [{ plan_id: 'free' }, 400, 'plan_id'],
  [{ plan_id: 'enterprise' }, 400, 'plan_id'],
  [{ currency: 'jpy' }, 400, 'currency'],
  [{ plan_id: 'team', seats: 1 }, 400, 'seats'],
  [{ plan_id: 'team', seats: 251 }, 400, 'seats'],
  [{ interval: 'week' }, 400, 'interval'],
  [{ price: 'price_1' }, 400, 'price'],
])('%j is refused, and Stripe is not asked', async (wanted, status, param) => {
  const billing = createBilling()
  const answer = await start(billing, wanted)
  expect(answer.status).toBe(status)
  expect(answer.body.param).toBe(param)
  expect(billing.state.requests).toEqual([])
})

test('a plan that has no room for the members that there are is refused with both numbers', async () => {
  const billing = createBilling()
  billing.facts.members = 4
  expect(await start(billing)).toMatchObject({
    status: 409,
    body: { code: 'seats_exhausted', param: 'plan_id', facts: { members: 4, seats: 3 } },
  })
  expect(await start(billing, { plan_id: 'team', seats: 3 })).toMatchObject({
    status: 409,
    body: { code: 'seats_exhausted', param: 'seats', facts: { members: 4, seats: 3 } },
  })
  expect((await start(billing, { plan_id: 'team', seats: 4 })).status).toBe(200)
})

test('a code that is none is refused by name, and one that is one makes it cheaper', async () => {
  const billing = await createTried()
  expect(await start(billing, { promotion_code: 'NOTHING' })).toMatchObject({
    status: 400,
    body: { param: 'promotion_code' },
  })
  const coupon = await billing.stripe.coupons.create({ percent_off: 50, duration: 'once', name: 'Half' })
  await billing.stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'HALF' })
  const { body } = await start(billing, { promotion_code: 'HALF' })
  const session = await billing.stripe.checkout.sessions.retrieve(sessionOf(body.url))
  expect(session.amount_total).toBe(1_000)
})

test('an organization that pays in riyals is told so when it chooses dollars', async () => {
  const billing = await createTried()
  await subscribe(billing, { currency: 'sar' })
  const [first] = await subscriptions(billing)
  await billing.stripe.subscriptions.cancel(first!.id)
  await billing.ask('sync', { body: {} })
  expect(await start(billing)).toMatchObject({ status: 409, body: { param: 'currency', facts: { currency: 'sar' } } })
})

test('where Stripe Tax is on the page asks for an address and a tax id', async () => {
  const billing = createBilling({ STRIPE_SECRET_KEY: 'sk_test_local', STRIPE_TAX: 'on' })
  const { body } = await start(billing)
  expect(await billing.stripe.checkout.sessions.retrieve(sessionOf(body.url))).toMatchObject({
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true },
    billing_address_collection: 'required',
  })
})

test('a page that another organization has paid on is none of ours', async () => {
  const billing = createBilling()
  const { body } = await start(billing)
  expect(pay(billing, body.url)).toBe('complete')
  const session_id = sessionOf(body.url)
  const stranger = person('owner', 'org_01kxyz0001')
  expect(await billing.ask('checkout/return', { body: { session_id }, as: stranger })).toMatchObject({ status: 404 })
  expect(await billing.ask('checkout/return', { body: { session_id: 'cs_none' } })).toMatchObject({ status: 404 })
  expect((await billing.ask('overview', { as: stranger })).body.plan.id).toBe('free')
})

test('who comes back without having paid is told how it stands', async () => {
  const billing = createBilling()
  const { body } = await start(billing)
  const session_id = sessionOf(body.url)
  const back = async () => (await billing.ask('checkout/return', { body: { session_id } })).body
  expect(await back()).toEqual({ status: 'open', paid: false, purpose: 'subscription' })
  await billing.stripe.checkout.sessions.expire(session_id)
  expect(await back()).toMatchObject({ status: 'expired' })
})

test('while Stripe cannot be reached at any step nothing is subscribed, and it is no fault of the caller’s', async () => {
  const billing = createBilling()
  for (const pattern of [/customers/, /subscriptions/, /products/, /prices/, /POST \/v1\/checkout/]) {
    billing.failStripe(pattern)
    expect(await start(billing), String(pattern)).toMatchObject({ status: 503, body: { code: 'service_unavailable' } })
    billing.failStripe(null)
  }
  expect((await start(billing)).status).toBe(200)
  expect(await sessions(billing)).toHaveLength(1)
})

test('a card that is declined subscribes to nothing, and the page stays open', async () => {
  const billing = await createTried()
  const { body } = await start(billing)
  expect(pay(billing, body.url, 'pm_card_chargeDeclined')).toBe('declined')
  expect((await billing.ask('overview')).body.plan.id).toBe('free')
  expect((await start(billing)).body.url).toBe(body.url)
})
