// Money on its way back. Named by who asks for it: the same name refunds once, and never more than was paid.
import type Stripe from 'stripe'
import type { InvoiceRow } from '../sync/invoice-repository.ts'
import type { MoneyContext } from '../sync/money-context.ts'
import { syncPayment } from '../sync/sync-charge.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe } from '../stripe.ts'

interface Asked {
  invoice: InvoiceRow
  /** Of whoever asks. */
  id: string
  /** All that is left where absent. */
  amountMinor?: number
  reason: 'duplicate' | 'fraudulent' | 'requested_by_customer'
  ctx: MoneyContext
}

const isStanding = ({ status }: Stripe.Refund): boolean => status !== 'failed' && status !== 'canceled'

/** Null where nothing is left to give back. */
export async function refundPayment({ invoice, id, amountMinor, reason, ctx }: Asked): Promise<Stripe.Refund | null> {
  const stripe = stripeOf(ctx)
  const { paymentIntentId, organizationId } = invoice
  if (!paymentIntentId) return null
  const { data: made } = await askStripe(() => stripe.refunds.list({ payment_intent: paymentIntentId, limit: 100 }))
  const same = made.find(({ metadata }) => metadata?.refund_id === id)
  const left = invoice.paidMinor - made.filter(isStanding).reduce((sum, { amount }) => sum + amount, 0)
  const amount = Math.min(amountMinor ?? left, left)
  if (!same && amount <= 0) return null
  const refund =
    same ??
    (await askStripe(() =>
      stripe.refunds.create(
        {
          payment_intent: paymentIntentId,
          amount,
          reason,
          metadata: { organization_id: organizationId, invoice_id: invoice.id, refund_id: id },
        },
        { idempotencyKey: `riwaq:refund:${invoice.id}:${id}` },
      ),
    ))
  await syncPayment({ id: paymentIntentId, ctx })
  return refund
}
