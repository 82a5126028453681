// What a change that is made now costs, as Stripe reckons it.
import type Stripe from 'stripe'
import type { ChangePreview } from '#shared/contracts/billing'
import type { BillingSystem } from '../context.ts'
import { stripeOf } from '../stripe-of.ts'
import { expectObject, tellStripe } from '../stripe.ts'
import { creditsOf, isProration } from '../sync/invoice-facts.ts'
import { lineSubject } from '../sync/line-subject.ts'
import { toMilliseconds } from '../sync/stripe-time.ts'
import type { PlanChange } from './plan-change.ts'

interface Asked {
  change: PlanChange
  organizationId: string
  ctx: BillingSystem
}

export const previewInvoice = async ({
  change: { subscription, items },
  prorationDate,
  ctx,
}: Omit<Asked, 'organizationId'> & { prorationDate: number | null }): Promise<Stripe.Invoice> => {
  const { customer, id } = subscription
  const params: Stripe.InvoiceCreatePreviewParams = {
    customer: typeof customer === 'string' ? customer : customer.id,
    subscription: id,
    subscription_details: {
      items,
      proration_behavior: 'always_invoice',
      ...(prorationDate !== null && { proration_date: prorationDate }),
    },
  }
  return expectObject(await tellStripe(() => stripeOf(ctx).invoices.createPreview(params)), 'invoice')
}

/** By Stripe's own clock. */
const prorationDateOf = (invoice: Stripe.Invoice): number =>
  invoice.parent?.subscription_details?.subscription_proration_date ?? invoice.created

export const taxOf = ({ total_taxes: taxes }: Stripe.Invoice): number =>
  (taxes ?? []).reduce((sum, { amount }) => sum + amount, 0)

const DAY_SECONDS = 86_400

/** Another interval begins anew; the same one goes on as it was. */
function nextPaymentAt({ planItem, to }: PlanChange, at: number): number {
  if (planItem.price.recurring?.interval === to.interval) return planItem.current_period_end
  const next = new Date(toMilliseconds(at))
  const day = next.getUTCDate()
  if (to.interval === 'year') next.setUTCFullYear(next.getUTCFullYear() + 1)
  else next.setUTCMonth(next.getUTCMonth() + 1)
  // The 31st of a month that has none is its last day.
  if (next.getUTCDate() !== day) next.setTime(next.getTime() - next.getUTCDate() * DAY_SECONDS * 1_000)
  return Math.floor(next.getTime() / 1_000)
}

export async function previewNow({ change, organizationId, ctx }: Asked): Promise<ChangePreview> {
  const invoice = await previewInvoice({ change, prorationDate: null, ctx })
  const at = prorationDateOf(invoice)
  const { credits } = await creditsOf(invoice, { organizationId }, ctx)
  return {
    when: 'now',
    at: toMilliseconds(at),
    currency: invoice.currency,
    due_now_minor: invoice.amount_due,
    tax_minor: taxOf(invoice),
    lines: await Promise.all(
      invoice.lines.data.map(async (line) => ({
        description: line.description ?? '',
        subject: await lineSubject(line, ctx),
        amount_minor: line.amount,
        proration: isProration(line),
      })),
    ),
    next_amount_minor: change.amountMinor,
    next_payment_at: toMilliseconds(nextPaymentAt(change, at)),
    credit_micros: credits.reduce(
      (sum, { source, amountMicros }) => sum + (source === 'included' ? amountMicros : 0),
      0,
    ),
    proration_date: at,
  }
}
