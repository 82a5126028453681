// For tests: the official SDK with the stand-in in memory behind it.
import Stripe from 'stripe'
import { createLocalStripe, type LocalStripe } from './testing.ts'

export const noon = Date.UTC(2026, 10, 1, 12)

export function startStripe(): LocalStripe & { stripe: Stripe; time: { now: number } } {
  const time = { now: noon }
  const local = createLocalStripe({ clock: () => time.now })
  const stripe = new Stripe('sk_test_local', {
    httpClient: Stripe.createFetchHttpClient(local.fetch),
    maxNetworkRetries: 0,
    telemetry: false,
  })
  return { ...local, stripe, time }
}

/** The refusal that a call ends with. */
export const refusalOf = async (promise: Promise<unknown>): Promise<InstanceType<typeof Stripe.errors.StripeError>> =>
  promise.then(
    () => {
      throw new Error('it was accepted')
    },
    (error: unknown) => {
      if (error instanceof Stripe.errors.StripeError) return error
      throw error
    },
  )
