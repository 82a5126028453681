// Money that went back lately: what our rows do not know of it is taken over.
import { stripeOf } from '../stripe-of.ts'
import { askStripe } from '../stripe.ts'
import { createDisputeRows } from '../sync/dispute-repository.ts'
import { createInvoiceRows } from '../sync/invoice-repository.ts'
import { idOf } from '../sync/organization-of.ts'
import { toSeconds } from '../sync/stripe-time.ts'
import { syncDispute, syncPayment } from '../sync/sync-charge.ts'
import { nextOf, pageAfter, reachOf, repairedIn, type Step } from './step.ts'

async function checkPayment(paymentIntentId: string, step: Step): Promise<void> {
  const { ctx } = step
  const before = await createInvoiceRows(ctx.db).findByPayment({ paymentIntentId })
  const invoice = await syncPayment({ id: paymentIntentId, ctx })
  const now = invoice && (await createInvoiceRows(ctx.db).find({ id: invoice.id }))
  if (!now || now.refundedMinor === before?.refundedMinor) return
  await repairedIn(step, {
    kind: 'invoice_differs',
    organizationId: now.organizationId,
    subjectId: now.id,
    expected: `${now.refundedMinor} refunded`,
    actual: `${before?.refundedMinor ?? 0} refunded`,
  })
}

export async function checkRefunds(step: Step): Promise<string | null> {
  const created = { gte: toSeconds(reachOf(step.run)) }
  const page = await askStripe(() => stripeOf(step.ctx).refunds.list({ ...pageAfter(step.after), created }))
  const payments = new Set(page.data.flatMap(({ payment_intent: payment }) => idOf(payment) ?? []))
  for (const id of payments) await checkPayment(id, step)
  return nextOf(page)
}

export async function checkDisputes(step: Step): Promise<string | null> {
  const { ctx } = step
  const created = { gte: toSeconds(reachOf(step.run)) }
  const page = await askStripe(() => stripeOf(ctx).disputes.list({ ...pageAfter(step.after), created }))
  for (const { id, status } of page.data) {
    const before = await createDisputeRows(ctx.db).find({ id })
    if (before?.status === status) continue
    const invoice = await syncDispute({ id, ctx })
    if (!invoice) continue
    await repairedIn(step, {
      kind: 'invoice_differs',
      organizationId: invoice.organizationId,
      subjectId: invoice.id,
      expected: `dispute ${id}: ${status}`,
      actual: before?.status ?? 'not known here',
    })
  }
  return nextOf(page)
}
