// Two subscriptions of one organization: the second was paid for by accident. Its money goes back, it ends, and somebody
// is told. What was made by contract is nobody's accident: there a person decides.
import { refundPayment } from '../refunds/refund-payment.ts'
import { raise } from '../reconciliation/discrepancies.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe } from '../stripe.ts'
import { lookUp } from './look-up.ts'
import type { MoneyContext } from './money-context.ts'
import { createSubscriptionRows, type SubscriptionRow } from './subscription-repository.ts'
import { syncInvoice } from './sync-invoice.ts'

async function endOne(duplicate: SubscriptionRow, kept: SubscriptionRow, ctx: MoneyContext): Promise<void> {
  const { id, organizationId, latestInvoiceId } = duplicate
  const stripe = stripeOf(ctx)
  const present = await lookUp({ id, object: 'subscription' }, () => stripe.subscriptions.retrieve(id))
  const sent = present?.collection_method === 'send_invoice'
  await raise(
    {
      kind: 'duplicate_subscription',
      organizationId,
      subjectId: id,
      expected: `one subscription: ${kept.id}`,
      actual: sent ? `${id} as well, by contract` : `${id} as well: cancelled, and what was paid is refunded`,
    },
    ctx,
  )
  if (sent || !present) return
  // The money first: what has ended is not looked at again.
  if (latestInvoiceId) {
    const invoice = await syncInvoice({ id: latestInvoiceId, ctx })
    if (invoice && invoice.status === 'paid' && invoice.paidMinor > 0)
      await refundPayment({ invoice, id: `duplicate:${id}`, reason: 'duplicate', ctx })
  }
  await askStripe(() => stripe.subscriptions.cancel(id, {}, { idempotencyKey: `riwaq:end-duplicate:${id}` }))
}

export async function endDuplicates({
  organizationId,
  ctx,
}: {
  organizationId: string
  ctx: MoneyContext
}): Promise<void> {
  const [kept, ...duplicates] = await createSubscriptionRows(ctx.db).liveOf({ organizationId })
  if (!kept) return
  if (duplicates.length === 0) return
  // Our row of the one that is kept may be old: what has ended meanwhile makes no duplicate of the other.
  const present = await lookUp({ id: kept.id, object: 'subscription' }, () =>
    stripeOf(ctx).subscriptions.retrieve(kept.id),
  )
  if (!present || present.status !== kept.status) return
  for (const duplicate of duplicates) await endOne(duplicate, kept, ctx)
}
