// A person comes back from Stripe's page: what they did there is looked at now, without waiting for a webhook.
import type { CheckoutOutcome, CheckoutReturn } from '#shared/contracts/billing'
import { notFound } from '#shared/http/problems'
import type { BillingContext } from '../context.ts'
import { requireBuyer } from '../require-buyer.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe, expectObject, isMissing } from '../stripe.ts'
import { idOf } from '../sync/organization-of.ts'
import { syncCustomer } from '../sync/sync-customer.ts'
import { syncInvoice } from '../sync/sync-invoice.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'

const statuses = ['open', 'complete', 'expired'] as const

async function sessionOf(id: string, ctx: BillingContext) {
  try {
    return expectObject(await askStripe(() => stripeOf(ctx).checkout.sessions.retrieve(id)), 'checkout.session')
  } catch (error) {
    if (isMissing(error)) throw notFound('checkout')
    throw error
  }
}

export async function returnFromCheckout({
  input,
  ctx,
}: {
  input: CheckoutReturn
  ctx: BillingContext
}): Promise<CheckoutOutcome> {
  const { organizationId } = requireBuyer(ctx)
  const session = await sessionOf(input.session_id, ctx)
  if (session.client_reference_id !== organizationId) throw notFound('checkout')
  if (session.status === 'complete') {
    const [customer, subscription, invoice] = [session.customer, session.subscription, session.invoice].map(idOf)
    await askStripe(async () => {
      if (customer) await syncCustomer({ id: customer, ctx })
      if (subscription) await syncSubscription({ id: subscription, ctx })
      if (invoice) await syncInvoice({ id: invoice, ctx })
    })
  }
  return {
    status: statuses.find((each) => each === session.status) ?? 'open',
    paid: session.payment_status !== 'unpaid',
    purpose: session.mode === 'subscription' ? 'subscription' : 'credit_pack',
  }
}
