import { expect, test } from 'vitest'
import type { Principal } from '#shared/contracts/principal'
import { createBilling, ORGANIZATION, person } from '../testing.ts'

const operator: Principal = { ...(person() as Extract<Principal, { kind: 'user' }>), platformAdmin: true }

const contract = {
  organization_id: ORGANIZATION,
  plan_id: 'enterprise',
  interval: 'year',
  currency: 'usd',
  amount_minor: 2_400_000,
  seats: 200,
  days_until_due: 30,
}

const start = (billing: ReturnType<typeof createBilling>, change: Partial<typeof contract> = {}) =>
  billing.ask('admin/subscriptions', { body: { ...contract, ...change }, as: operator })

test('a contract is invoiced for what was agreed, and no card is asked for', async () => {
  const billing = createBilling()
  const { status, body } = await start(billing)
  expect(status).toBe(201)
  const subscription = await billing.stripe.subscriptions.retrieve(body.subscription_id)
  expect(subscription).toMatchObject({
    collection_method: 'send_invoice',
    days_until_due: 30,
    metadata: { organization_id: ORGANIZATION },
  })
  const invoices = await billing.stripe.invoices.list({ subscription: subscription.id })
  expect(invoices.data.map(({ total }) => total)).toEqual([2_400_000])
  const seen = await billing.ask(`admin/organizations/${ORGANIZATION}`, { as: operator })
  expect(seen.body).toMatchObject({
    plan: { id: 'enterprise', version: 1 },
    subscription: { seats: 200, interval: 'year', status: 'active', amount_minor: 2_400_000 },
  })
  expect(billing.audits.map(({ action }) => action)).toContain('subscription.changed')
})

test('two clicks make one contract, and another needs the first to end', async () => {
  const billing = createBilling()
  const [first, second] = await Promise.all([start(billing), start(billing)])
  const made = [first, second].filter(({ status }) => status === 201).map(({ body }) => body.subscription_id)
  expect(new Set(made).size).toBe(1)
  expect((await start(billing, { amount_minor: 1 })).status).toBe(409)
  expect((await billing.stripe.subscriptions.list({ status: 'all' })).data).toHaveLength(1)
})

test('only a plan by contract is sold by contract, and only to somebody who is there', async () => {
  const billing = createBilling()
  expect(await start(billing, { plan_id: 'pro' })).toMatchObject({ status: 400, body: { param: 'plan_id' } })
  expect((await start(billing, { plan_id: 'nothing' })).status).toBe(404)
  expect((await start(billing, { seats: 0 })).status).toBe(400)
  expect((await billing.ask('admin/subscriptions', { body: contract })).status).toBe(403)
})

test('where tax is computed, a contract waits for an address, and goes on once there is one', async () => {
  const billing = createBilling({ STRIPE_SECRET_KEY: 'sk_test_local', STRIPE_TAX: 'on' })
  expect(await start(billing)).toMatchObject({ status: 409, body: { facts: { reason: 'address_missing' } } })
  const address = {
    line1: 'King Fahd Road',
    line2: null,
    city: 'Riyadh',
    state: null,
    postal_code: '12271',
    country: 'SA',
  }
  const details = { name: 'Rihla', email: 'salma@example.com', locale: 'ar', address, tax_id: null }
  expect((await billing.ask('details', { method: 'PUT', body: details })).status).toBe(200)
  expect((await start(billing)).status).toBe(201)
})

test('a payment service that cannot be reached starts nothing, and the next try does', async () => {
  const billing = createBilling()
  billing.failStripe(/POST \/v1\/subscriptions/)
  expect((await start(billing)).status).toBe(503)
  billing.failStripe(null)
  expect((await start(billing)).status).toBe(201)
  expect((await billing.stripe.subscriptions.list({ status: 'all' })).data).toHaveLength(1)
})
