// Stripe's own pages for what only it should see: cards above all.
import type Stripe from 'stripe'
import type { OpenPortal, Redirect } from '#shared/contracts/billing'
import { returnAddress, stripeLocale } from '../checkout/session-params.ts'
import type { BillingContext } from '../context.ts'
import { requireBuyer } from '../require-buyer.ts'
import { stripeOf } from '../stripe-of.ts'
import { expectObject, tellStripe } from '../stripe.ts'
import { ensureCustomer } from './ensure-customer.ts'
import { ensurePortal } from './ensure-portal.ts'

export async function openPortal({ input, ctx }: { input: OpenPortal; ctx: BillingContext }): Promise<Redirect> {
  const { organizationId } = requireBuyer(ctx)
  const { id: customer } = await ensureCustomer({ organizationId, ctx })
  const configuration = await ensurePortal({ ctx })
  const { locale, return_path: path } = input
  const params: Stripe.BillingPortal.SessionCreateParams = {
    customer,
    configuration,
    locale: stripeLocale(locale),
    return_url: returnAddress({ path, locale, ctx }),
    ...(input.flow === 'payment_method_update' && { flow_data: { type: 'payment_method_update' as const } }),
  }
  const session = await tellStripe(() => stripeOf(ctx).billingPortal.sessions.create(params))
  return { url: expectObject(session, 'billing_portal.session').url }
}
