import { expect, test } from 'vitest'
import { createBilling } from '../testing.ts'

test('Stripe’s own page is opened at its start or at the card, and leads back', async () => {
  const { ask, stripe } = createBilling()
  expect((await ask('portal', { body: {} })).body.url).toMatch(/^http/)
  const card = await ask('portal', {
    body: { flow: 'payment_method_update', return_path: '/ar/billing', locale: 'ar' },
  })
  expect(card.status).toBe(200)
  const { data } = await stripe.billingPortal.configurations.list({ active: true })
  expect(data).toHaveLength(1)
  expect(data[0]).toMatchObject({
    features: { payment_method_update: { enabled: true }, subscription_update: { enabled: false } },
  })
})

test('while Stripe cannot be reached that is no fault of the caller’s', async () => {
  const { ask, failStripe } = createBilling()
  for (const pattern of [/customers/, /configurations/, /sessions/]) {
    failStripe(pattern)
    expect(await ask('portal', { body: {} }), String(pattern)).toMatchObject({ status: 503 })
  }
})
