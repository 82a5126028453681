// The journeys against the stand-in, and, with LIVE=1 and a test account's key, against Stripe.
import Stripe from 'stripe'
import { describe } from 'vitest'
import { createLocalStripe } from '../../workers/local-stripe/testing.ts'
import { describeJourneys } from './journeys.ts'
import { checkedFetch } from './request-check.ts'

describe('the stand-in', () => {
  describeJourneys(() => {
    const local = createLocalStripe()
    const clientOf = (send: typeof fetch) =>
      new Stripe('sk_test_local', { httpClient: Stripe.createFetchHttpClient(send), telemetry: false })
    return {
      stripe: clientOf(checkedFetch((url, init) => local.fetch(url, init))),
      careless: clientOf((input, init) => local.fetch(input, init)),
      pause: () => Promise.resolve(),
    }
  }, 20_000)
})

const { LIVE, STRIPE_SECRET_KEY: key = '' } = process.env
const isTestKey = /^(sk|rk)_test_/.test(key)

// Reported as skipped where there is no account to ask. A live key is never used: these journeys charge cards.
describe.skipIf(LIVE !== '1' || !isTestKey)('Stripe itself (LIVE=1 with STRIPE_SECRET_KEY=sk_test_…)', () => {
  describeJourneys(() => {
    const stripe = new Stripe(key, { telemetry: false, maxNetworkRetries: 3 })
    return { stripe, careless: stripe, pause: () => new Promise((done) => setTimeout(done, 2_000)) }
  }, 600_000)
})
