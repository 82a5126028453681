import { readFileSync } from 'node:fs'
import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { checkedFetch, objectionsTo, operationOf, schemas } from './request-check.ts'

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()
const post = (url: string, fields: Record<string, string>) => objectionsTo({ method: 'POST', url, body: form(fields) })

test('the schemas are those of the SDK that is installed', () => {
  const installed = JSON.parse(readFileSync('node_modules/stripe/package.json', 'utf8')) as { version: string }
  expect(schemas.stripe, 'run npm run stripe:schemas').toBe(installed.version)
})

test('what the official SDK sends for a checkout, a change and a meter is allowed', async () => {
  const seen = new Set<string>()
  const answer = () => Promise.resolve(Response.json({ id: 'x', object: 'x', data: [] }))
  const stripe = new Stripe('sk_test_1', { httpClient: Stripe.createFetchHttpClient(checkedFetch(answer, seen)) })
  await stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price: 'price_1', quantity: 3 }],
    subscription_data: { trial_period_days: 14, metadata: { organization_id: 'org_1' } },
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true },
    success_url: 'https://example.com/?session={CHECKOUT_SESSION_ID}',
  })
  await stripe.subscriptions.update('sub_1', {
    items: [{ id: 'si_1', price: 'price_2', quantity: 2 }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'pending_if_incomplete',
    proration_date: 1_800_000_000,
  })
  await stripe.billing.meterEvents.create({
    event_name: 'riwaq_overage',
    identifier: 'ent_1',
    payload: { stripe_customer_id: 'cus_1', value: '12' },
  })
  await stripe.invoices.createPreview({ subscription: 'sub_1', subscription_details: { items: [{ id: 'si_1' }] } })
  await stripe.subscriptions.list({ customer: 'cus_1', status: 'all', expand: ['data.latest_invoice'], limit: 100 })
  expect([...seen]).toEqual([
    'Checkout.Sessions.create',
    'Subscriptions.update',
    'Billing.MeterEvents.create',
    'Invoices.createPreview',
    'Subscriptions.list',
  ])
})

test.each([
  ['an unknown parameter', '/v1/customers', { emial: 'a@b.example' }],
  ['an unknown parameter inside', '/v1/checkout/sessions', { 'line_items[0][prize]': 'price_1' }],
  ['a word that Stripe does not know', '/v1/checkout/sessions', { mode: 'subscribe' }],
  ['a wrong type inside', '/v1/checkout/sessions', { 'line_items[0][quantity]': 'three' }],
  ['a missing parameter', '/v1/billing/meters', { display_name: 'Overage' }],
  ['a parameter of another place', '/v1/subscriptions/sub_1', { trial_days: '3' }],
])('%s is refused', (_, url, fields) => {
  expect(post(url, fields)).not.toEqual([])
})

test('a path of an action is not taken for an id', () => {
  expect(operationOf('POST', '/v1/invoices/create_preview')?.operation).toBe('Invoices.createPreview')
  expect(operationOf('POST', '/v1/invoices/in_1')?.operation).toBe('Invoices.update')
  expect(operationOf('POST', '/v1/nothing')).toBeNull()
})
