import type Stripe from 'stripe'
import { Problem } from '#shared/http/problems'
import type { BillingSystem } from './context.ts'

/** Stripe's client, or the sentence that says why there is none. */
export function stripeOf({ stripe, settings }: Pick<BillingSystem, 'stripe' | 'settings'>): Stripe {
  if (stripe !== null) return stripe
  throw new Problem(
    'billing_disabled',
    settings.mode === 'unlimited'
      ? 'Nothing is sold here: use is not limited by credit.'
      : 'Nothing is sold here: the operator of this platform grants credit.',
    { facts: { mode: settings.mode } },
  )
}
