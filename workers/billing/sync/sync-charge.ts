// What of a payment went back: refunds and disputes, and the credit with them.
import type Stripe from 'stripe'
import { stripeOf } from '../stripe-of.ts'
import { askStripe } from '../stripe.ts'
import { syncReturned } from '../refunds/sync-returned.ts'
import { createDisputeRows } from './dispute-repository.ts'
import { createInvoiceRows, type InvoiceRow } from './invoice-repository.ts'
import { lookUp } from './look-up.ts'
import type { Looked, MoneyContext } from './money-context.ts'
import { idOf } from './organization-of.ts'
import { toMilliseconds } from './stripe-time.ts'
import { syncInvoice } from './sync-invoice.ts'
import { tellOfDispute } from './tell-of-dispute.ts'

/** The invoice that it paid: as it is kept, else as Stripe tells. Its credit is granted before any is taken back. */
async function invoiceOf(paymentIntentId: string, ctx: MoneyContext): Promise<InvoiceRow | null> {
  const known = await createInvoiceRows(ctx.db).findByPayment({ paymentIntentId })
  if (known?.status === 'paid') return known
  if (known) return syncInvoice({ id: known.id, ctx })
  const { data } = await askStripe(() =>
    stripeOf(ctx).invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: paymentIntentId },
      limit: 10,
    }),
  )
  const id = idOf(data[0]?.invoice as string | { id: string } | undefined)
  return id ? syncInvoice({ id, ctx }) : null
}

/** A payment intent: whatever of it went back. */
export async function syncPayment({ id, ctx }: Looked): Promise<InvoiceRow | null> {
  const invoice = await invoiceOf(id, ctx)
  if (invoice) await syncReturned({ invoice, paymentIntentId: id, ctx })
  return invoice
}

export async function syncCharge({ id, ctx }: Looked): Promise<InvoiceRow | null> {
  const charge = await lookUp({ id, object: 'charge' }, () => stripeOf(ctx).charges.retrieve(id))
  const payment = idOf(charge?.payment_intent)
  return payment ? syncPayment({ id: payment, ctx }) : null
}

export async function syncRefund({ id, ctx }: Looked): Promise<InvoiceRow | null> {
  const refund = await lookUp({ id, object: 'refund' }, () => stripeOf(ctx).refunds.retrieve(id))
  const payment = idOf(refund?.payment_intent)
  if (payment) return syncPayment({ id: payment, ctx })
  const charge = idOf(refund?.charge)
  return charge ? syncCharge({ id: charge, ctx }) : null
}

async function paymentOf(dispute: Stripe.Dispute, ctx: MoneyContext): Promise<string | null> {
  const known = idOf(dispute.payment_intent)
  if (known) return known
  const id = idOf(dispute.charge)
  const charge = id && (await lookUp({ id, object: 'charge' }, () => stripeOf(ctx).charges.retrieve(id)))
  return charge ? idOf(charge.payment_intent) : null
}

export async function syncDispute({ id, ctx }: Looked): Promise<InvoiceRow | null> {
  const rows = createDisputeRows(ctx.db)
  const syncedAt = ctx.clock()
  const dispute = await lookUp({ id, object: 'dispute' }, () => stripeOf(ctx).disputes.retrieve(id))
  const paymentIntentId = dispute && (await paymentOf(dispute, ctx))
  const invoice = paymentIntentId ? await invoiceOf(paymentIntentId, ctx) : null
  if (!dispute || !invoice || !paymentIntentId) return null
  const before = await rows.find({ id })
  if (before && before.syncedAt > syncedAt) return invoice
  const row = {
    id,
    organizationId: invoice.organizationId,
    invoiceId: invoice.id,
    chargeId: idOf(dispute.charge) ?? '',
    amountMinor: dispute.amount,
    currency: dispute.currency,
    status: dispute.status,
    reason: dispute.reason,
    createdAt: toMilliseconds(dispute.created),
    syncedAt,
  }
  await tellOfDispute({ before, now: row, ctx })
  await rows.save(row)
  await syncReturned({ invoice, paymentIntentId, ctx })
  return invoice
}
