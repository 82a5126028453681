// With what an invoice was paid, for its receipt.
import type { PaymentMethod } from '#shared/contracts/billing'
import type { BillingSystem } from '../context.ts'
import { stripeOf } from '../stripe-of.ts'
import { lookUp } from '../sync/look-up.ts'
import type { InvoiceRow } from '../sync/invoice-repository.ts'
import { idOf } from '../sync/organization-of.ts'

/** Null where nothing was paid, or not by a method that Stripe names. */
export async function receiptPaymentMethod({
  row,
  ctx,
}: {
  row: Pick<InvoiceRow, 'paymentIntentId' | 'status'>
  ctx: BillingSystem
}): Promise<PaymentMethod | null> {
  const { paymentIntentId: intentId } = row
  if (!intentId || row.status !== 'paid') return null
  const stripe = stripeOf(ctx)
  const intent = await lookUp({ id: intentId, object: 'payment_intent' }, () =>
    stripe.paymentIntents.retrieve(intentId),
  )
  const id = idOf(intent?.payment_method)
  if (!id) return null
  const method = await lookUp({ id, object: 'payment_method' }, () => stripe.paymentMethods.retrieve(id))
  if (!method) return null
  const { card } = method
  return {
    type: method.type,
    brand: card?.brand ?? null,
    last4: card?.last4 ?? null,
    exp_month: card?.exp_month ?? null,
    exp_year: card?.exp_year ?? null,
  }
}
