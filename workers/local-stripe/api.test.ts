import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { apiVersion } from './api-version.ts'
import { noon, refusalOf, startStripe as start } from './test-client.ts'

test('the shapes are those of the version that the SDK is made for', () => {
  expect(apiVersion).toBe(Stripe.API_VERSION)
})

test('a customer is made, found, changed and named in events', async () => {
  const { stripe, engine } = start()
  const made = await stripe.customers.create({
    email: 'a@b.c',
    metadata: { organization_id: 'org_1', old: 'yes' },
    address: { country: 'SA' },
    tax_id_data: [{ type: 'sa_vat', value: '300000000000003' }],
  })
  expect(made).toMatchObject({ object: 'customer', email: 'a@b.c', created: noon / 1000, address: { country: 'SA' } })
  const changed = await stripe.customers.update(made.id, { name: 'Riwaq', metadata: { old: '' }, expand: ['tax_ids'] })
  expect(changed.metadata).toEqual({ organization_id: 'org_1' })
  expect(changed.tax_ids?.data).toMatchObject([{ country: 'SA', value: '300000000000003' }])
  const [last] = engine.store.list('event')
  expect(last).toMatchObject({ type: 'customer.updated', data: { previous_attributes: { name: null } } })
})

test('an unknown route, object or parameter is refused in Stripe’s envelope', async () => {
  const { stripe, fetch } = start()
  expect(await refusalOf(stripe.customers.retrieve('cus_none'))).toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
    param: 'id',
  })
  const unknown = { emial: 'a@b.c' } as Stripe.CustomerCreateParams
  expect(await refusalOf(stripe.customers.create(unknown))).toMatchObject({
    statusCode: 400,
    code: 'parameter_unknown',
    param: 'emial',
  })
  const answer = await fetch('http://stripe.test/v1/nothing', { headers: { authorization: 'Bearer sk_test_x' } })
  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
})

test('nobody is let in without a test key', async () => {
  const { fetch } = start()
  expect((await fetch('http://stripe.test/v1/customers')).status).toBe(401)
  const basic = { authorization: `Basic ${btoa('sk_test_x:')}` }
  expect((await fetch('http://stripe.test/v1/customers', { headers: basic })).status).toBe(200)
  const live = { authorization: 'Bearer sk_live_x' }
  expect((await fetch('http://stripe.test/v1/customers', { headers: live })).status).toBe(401)
})

test('a call repeated with its idempotency key is done once, and with other parameters refused', async () => {
  const { stripe, engine } = start()
  const first = await stripe.customers.create({ email: 'a@b.c' }, { idempotencyKey: 'k1' })
  const again = await stripe.customers.create({ email: 'a@b.c' }, { idempotencyKey: 'k1' })
  expect(again.id).toBe(first.id)
  expect(engine.store.list('customer')).toHaveLength(1)
  const error = await refusalOf(stripe.customers.create({ email: 'x@b.c' }, { idempotencyKey: 'k1' }))
  expect(error.type).toBe('StripeIdempotencyError')
})

test('a long list is walked page by page, the newest first', async () => {
  const { stripe } = start()
  for (let index = 0; index < 25; index += 1) await stripe.customers.create({ name: `n${index}` })
  const page = await stripe.customers.list({ limit: 10 })
  expect(page).toMatchObject({ has_more: true, data: { length: 10, 0: { name: 'n24' } } })
  const all = await stripe.customers.list({ limit: 7 }).autoPagingToArray({ limit: 100 })
  expect(all.map(({ name }) => name)).toEqual(Array.from({ length: 25 }, (_, index) => `n${24 - index}`))
})
