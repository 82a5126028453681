// An invoice of Stripe's in our own words.
import type Stripe from 'stripe'
import { creditOfInvoice, type Credit, type CreditLine } from '../grants/credit-of-invoice.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe } from '../stripe.ts'
import type { InvoiceRow } from './invoice-repository.ts'
import { lookUp } from './look-up.ts'
import type { MoneyContext } from './money-context.ts'
import { idOf } from './organization-of.ts'
import { soldBy } from './sold-items.ts'
import { momentOf, toMilliseconds } from './stripe-time.ts'

export const subscriptionOf = ({ parent }: Stripe.Invoice): string | null =>
  idOf(parent?.subscription_details?.subscription)

export function purposeOf(invoice: Stripe.Invoice): InvoiceRow['purpose'] {
  const purpose = invoice.metadata?.purpose
  if (purpose === 'credit_pack' || purpose === 'auto_top_up') return purpose
  return subscriptionOf(invoice) ? 'subscription' : 'other'
}

const sumOf = (amounts: { amount: number }[] | null): number =>
  (amounts ?? []).reduce((sum, { amount }) => sum + amount, 0)

export function paymentIntentOf({ payments }: Stripe.Invoice): string | null {
  const all = payments?.data ?? []
  const payment = all.find(({ status }) => status === 'paid') ?? all.find(({ is_default: first }) => first) ?? all[0]
  return idOf(payment?.payment.payment_intent)
}

export const invoiceRowOf = (
  invoice: Stripe.Invoice,
  { organizationId, syncedAt }: { organizationId: string; syncedAt: number },
): Omit<InvoiceRow, 'refundedMinor' | 'disputedMinor' | 'chargeId'> => ({
  id: invoice.id,
  organizationId,
  subscriptionId: subscriptionOf(invoice),
  purpose: purposeOf(invoice),
  number: invoice.number,
  status: (invoice.status ?? 'draft') as InvoiceRow['status'],
  currency: invoice.currency,
  subtotalMinor: invoice.subtotal,
  discountMinor: sumOf(invoice.total_discount_amounts),
  taxMinor: sumOf(invoice.total_taxes),
  totalMinor: invoice.total,
  paidMinor: invoice.amount_paid,
  attempts: invoice.attempt_count,
  reason: invoice.billing_reason,
  periodStart: toMilliseconds(invoice.period_start),
  periodEnd: toMilliseconds(invoice.period_end),
  hostedUrl: invoice.hosted_invoice_url ?? null,
  pdfUrl: invoice.invoice_pdf ?? null,
  paymentIntentId: paymentIntentOf(invoice),
  createdAt: toMilliseconds(invoice.created),
  paidAt: momentOf(invoice.status_transitions.paid_at),
  syncedAt,
})

/** An invoice brings its first lines; of a long one the rest is asked for. */
const MOST_LINES = 1_000

async function linesOf({ id, lines }: Stripe.Invoice, ctx: MoneyContext): Promise<Stripe.InvoiceLineItem[]> {
  if (!lines.has_more) return lines.data
  return askStripe(() =>
    stripeOf(ctx).invoices.listLineItems(id, { limit: 100 }).autoPagingToArray({ limit: MOST_LINES }),
  )
}

export const isProration = ({ parent }: Stripe.InvoiceLineItem): boolean =>
  parent?.subscription_item_details?.proration ?? parent?.invoice_item_details?.proration ?? false

export async function creditLineOf(line: Stripe.InvoiceLineItem, ctx: MoneyContext): Promise<CreditLine> {
  const priceId = idOf(line.pricing?.price_details?.price)
  return {
    sold: priceId ? await soldBy({ priceId, ctx }) : null,
    quantity: line.quantity ?? 1,
    amountMinor: line.amount,
    proration: isProration(line),
    periodStart: toMilliseconds(line.period.start),
    periodEnd: toMilliseconds(line.period.end),
  }
}

/** When billing began: only a part of a period needs it. */
async function anchorOf(id: string | null, lines: CreditLine[], ctx: MoneyContext): Promise<number | null> {
  if (!id || !lines.some(({ proration }) => proration)) return null
  const found = await lookUp({ id, object: 'subscription' }, () => stripeOf(ctx).subscriptions.retrieve(id))
  return found && toMilliseconds(found.billing_cycle_anchor)
}

export interface InvoiceCredit {
  credits: Credit[]
  lines: CreditLine[]
}

/** What it gives when it is paid. */
export async function creditsOf(
  invoice: Stripe.Invoice,
  { organizationId }: { organizationId: string },
  ctx: MoneyContext,
): Promise<InvoiceCredit> {
  const lines: CreditLine[] = []
  for (const line of await linesOf(invoice, ctx)) lines.push(await creditLineOf(line, ctx))
  const subscriptionId = subscriptionOf(invoice)
  const credits = creditOfInvoice({
    id: invoice.id,
    organizationId,
    subscriptionId,
    reason: invoice.billing_reason,
    anchor: await anchorOf(subscriptionId, lines, ctx),
    paidAt: toMilliseconds(invoice.status_transitions.paid_at ?? invoice.created),
    lines,
  })
  return { credits, lines }
}
