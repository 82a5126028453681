// Looked at again, because somebody asked: everything that Stripe knows of an organization.
import type { BillingContext } from '../context.ts'
import { findCustomer } from '../customers/customers-repository.ts'
import { applyPlan } from '../plans/apply-plan.ts'
import { ask } from '../ask.ts'
import { requireBuyer } from '../require-buyer.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe, expectObject, isMissing } from '../stripe.ts'
import { createSubscriptionRows } from '../sync/subscription-repository.ts'
import { syncCustomer } from '../sync/sync-customer.ts'
import { syncInvoice } from '../sync/sync-invoice.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'

/** Of the latest invoices; older ones are the reconciliation's. */
const INVOICES = 12

async function idsAtStripe(customer: string, ctx: BillingContext) {
  const stripe = stripeOf(ctx)
  try {
    const [subscriptions, invoices] = await Promise.all([
      askStripe(() => stripe.subscriptions.list({ customer, status: 'all', limit: 10 })),
      askStripe(() => stripe.invoices.list({ customer, limit: INVOICES })),
    ])
    return {
      subscriptions: expectObject(subscriptions, 'list').data.map(({ id }) => id),
      invoices: expectObject(invoices, 'list').data.map(({ id }) => id),
    }
  } catch (error) {
    if (isMissing(error)) return { subscriptions: [], invoices: [] }
    throw error
  }
}

export async function syncOrganization({ ctx }: { ctx: BillingContext }): Promise<void> {
  const { organizationId } = requireBuyer(ctx)
  const customer = await findCustomer({ organizationId, ctx })
  const id = customer?.stripeCustomerId
  if (id) {
    const there = await idsAtStripe(id, ctx)
    const live = await createSubscriptionRows(ctx.db).liveOf({ organizationId })
    const subscriptions = new Set([...there.subscriptions, ...live.map((row) => row.id)])
    await askStripe(() => syncCustomer({ id, ctx }))
    for (const subscription of subscriptions) await askStripe(() => syncSubscription({ id: subscription, ctx }))
    // The eldest first, as they were paid.
    for (const invoice of there.invoices.toReversed()) await askStripe(() => syncInvoice({ id: invoice, ctx }))
  }
  await ask('The ledger', () => applyPlan({ organizationId, ctx }))
}
