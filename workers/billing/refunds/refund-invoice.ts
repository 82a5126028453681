// An operator gives money back. The credit goes back with it, as with any refund that Stripe tells of.
import type { RefundedInvoice, RefundInvoice } from '#shared/contracts/billing-administration'
import { conflict, invalidRequest, notFound } from '#shared/http/problems'
import type { BillingContext } from '../context.ts'
import { createInvoiceRows } from '../sync/invoice-repository.ts'
import { syncInvoice } from '../sync/sync-invoice.ts'
import { tellStripe } from '../stripe.ts'
import { refundPayment } from './refund-payment.ts'

export async function refundInvoice({
  invoiceId,
  input: { id, amount_minor: amountMinor, reason },
  ctx,
}: {
  invoiceId: string
  input: RefundInvoice
  ctx: BillingContext
}): Promise<RefundedInvoice> {
  const rows = createInvoiceRows(ctx.db)
  if (!(await rows.find({ id: invoiceId }))) throw notFound('invoice')
  const invoice = await tellStripe(() => syncInvoice({ id: invoiceId, ctx }))
  if (!invoice || invoice.status !== 'paid' || invoice.paidMinor === 0 || !invoice.paymentIntentId)
    throw conflict('Nothing was paid for this invoice.')
  if (amountMinor !== undefined && amountMinor > invoice.paidMinor)
    throw invalidRequest('More than was paid cannot be refunded.', 'amount_minor')
  const asked = { invoice, id, reason, ctx, ...(amountMinor !== undefined && { amountMinor }) }
  const refund = await tellStripe(() => refundPayment(asked))
  if (!refund) throw conflict('All that was paid for this invoice was refunded before.')
  const now = await rows.find({ id: invoiceId })
  return {
    refund_id: refund.id,
    amount_minor: refund.amount,
    currency: refund.currency,
    refunded_minor: now?.refundedMinor ?? refund.amount,
  }
}
