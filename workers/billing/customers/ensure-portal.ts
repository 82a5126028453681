// What Stripe's portal offers: what needs Stripe, and no change of plan, which our own pages make. The configuration is
// the one that `npm run stripe:sync` keeps; a fresh account has one from its first visit on.
import type Stripe from 'stripe'
import type { BillingSystem } from '../context.ts'
import { stripeOf } from '../stripe-of.ts'
import { expectObject, tellStripe } from '../stripe.ts'

const MARK = 'riwaq_portal'

const features = {
  customer_update: { enabled: true, allowed_updates: ['name', 'email', 'address', 'tax_id'] },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: { enabled: false },
  subscription_update: { enabled: false },
} satisfies Stripe.BillingPortal.ConfigurationCreateParams.Features

export async function ensurePortal({ ctx }: { ctx: BillingSystem }): Promise<string> {
  const { configurations } = stripeOf(ctx).billingPortal
  const listed = await tellStripe(() => configurations.list({ active: true, limit: 100 }))
  const found = expectObject(listed, 'list').data.find(({ metadata }) => metadata?.[MARK])
  if (found) return found.id
  const made = await tellStripe(() =>
    configurations.create({ features, metadata: { [MARK]: '1' } }, { idempotencyKey: 'riwaq:portal:1' }),
  )
  return expectObject(made, 'billing_portal.configuration').id
}
