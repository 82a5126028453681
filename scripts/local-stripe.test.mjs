import { createServer } from 'node:net'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settingsFor } from './lib/configs.mjs'
import { chooseStripePort, wantsLocalStripe, withLocalStripe } from './lib/local-stripe.mjs'
import { withLocalSecrets } from './lib/settings.mjs'

const host = '127.0.0.1'

test('the stand-in runs where payments are wanted and no account at Stripe is configured', () => {
  expect(wantsLocalStripe({ settings: {}, host })).toBe(true)
  expect(wantsLocalStripe({ settings: { BILLING_MODE: 'stripe' }, host })).toBe(true)
  expect(wantsLocalStripe({ settings: { BILLING_MODE: 'granted' }, host })).toBe(false)
  expect(wantsLocalStripe({ settings: { STRIPE_SECRET_KEY: 'sk_test_1' }, host })).toBe(false)
})

test('a platform that is open to a network has it only for whoever names its port', () => {
  expect(wantsLocalStripe({ settings: {}, host: '0.0.0.0' })).toBe(false)
  expect(wantsLocalStripe({ settings: { LOCAL_STRIPE_PORT: '18787' }, host: '0.0.0.0' })).toBe(true)
})

test('its port is ten thousand above the platform’s, and another where that is taken', async () => {
  const taken = createServer()
  await new Promise((done) => taken.listen(0, host, done))
  const { port } = taken.address()
  const chosen = await chooseStripePort({ settings: {}, port: port - 10_000 })
  expect(chosen).not.toBe(port)
  await expect(chooseStripePort({ settings: { LOCAL_STRIPE_PORT: String(port) }, port: 1 })).rejects.toThrow('in use')
  await new Promise((done) => taken.close(done))
  await expect(chooseStripePort({ settings: { LOCAL_STRIPE_PORT: 'x' }, port: 1 })).rejects.toThrow('number')
  expect(await chooseStripePort({ settings: {}, port: 65_000 })).toBeLessThan(65_536)
})

test('billing and the stand-in share a secret that lasts as long as the data', () => {
  const folder = mkdtempSync(join(tmpdir(), 'riwaq-stripe-'))
  const plan = () =>
    withLocalStripe({
      settings: withLocalSecrets({}, folder),
      url: 'http://127.0.0.1:18787',
      platformUrl: 'http://localhost:8787',
    })
  const settings = plan()
  expect(plan()).toEqual(settings)
  expect(settingsFor('billing', settings)).toMatchObject({
    STRIPE_SECRET_KEY: expect.stringMatching(/^sk_test_local_/),
    STRIPE_API_BASE: 'http://127.0.0.1:18787',
    STRIPE_TAX: 'on',
  })
  expect(settingsFor('local-stripe', settings)).toEqual({
    LOCAL_STRIPE_ORIGIN: 'http://127.0.0.1:18787',
    LOCAL_STRIPE_WEBHOOK_URL: 'http://localhost:8787/webhooks/stripe',
    STRIPE_WEBHOOK_SECRET: settings.STRIPE_WEBHOOK_SECRET,
  })
})
