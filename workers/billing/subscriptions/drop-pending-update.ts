// A change whose payment was declined or waits for the bank stands in the way of the next: its invoice is voided, and
// it is as if it had never been asked for.
import type Stripe from 'stripe'
import type { BillingSystem } from '../context.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe, expectObject, tellStripe } from '../stripe.ts'
import { idOf } from '../sync/organization-of.ts'
import { syncInvoice } from '../sync/sync-invoice.ts'

export async function dropPendingUpdate({
  subscription,
  ctx,
}: {
  subscription: Stripe.Subscription
  ctx: BillingSystem
}): Promise<void> {
  const id = idOf(subscription.latest_invoice)
  if (!subscription.pending_update || id === null) return
  const { invoices } = stripeOf(ctx)
  const invoice = expectObject(await askStripe(() => invoices.retrieve(id)), 'invoice')
  if (invoice.status !== 'open' || invoice.billing_reason !== 'subscription_update') return
  // Where it is being paid in this moment Stripe refuses, and what was paid for stands.
  await tellStripe(() => invoices.voidInvoice(id, undefined, { idempotencyKey: `void:${id}` }))
  await syncInvoice({ id, ctx })
}
