// Invoices: as our own rows have them, and one of them in full, for a receipt of our own.
import { sql } from 'drizzle-orm'
import type Stripe from 'stripe'
import { creditGrants } from '#db/schema/billing'
import type { BillingDetails, Invoice, InvoiceDetails } from '#shared/contracts/billing'
import type { PageQuery } from '#shared/contracts/page'
import { invalidCursor, notFound } from '#shared/http/problems'
import { requirePermission } from '#shared/http/require-permission'
import { decodeCursor, encodeCursor } from '#shared/lib/cursor'
import type { BillingContext, BillingSystem } from '../context.ts'
import { findCustomer } from '../customers/customers-repository.ts'
import { detailsOf } from '../customers/default-details.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe, expectObject, isMissing } from '../stripe.ts'
import { isProration } from '../sync/invoice-facts.ts'
import { createInvoiceRows, type InvoicePlace, type InvoiceRow } from '../sync/invoice-repository.ts'
import { lineSubject } from '../sync/line-subject.ts'
import { momentOf } from '../sync/stripe-time.ts'
import { receiptPaymentMethod } from './receipt-payment-method.ts'

const LIST = 'invoices'

/** What each has granted; those that granted nothing are left out. */
async function creditOf(ids: string[], { db }: BillingSystem): Promise<Map<string, number>> {
  const rows = await db
    .select({ invoiceId: creditGrants.invoiceId, total: sql<number>`sum(${creditGrants.amountMicros})` })
    .from(creditGrants)
    .where(
      sql`${creditGrants.grantedAt} IS NOT NULL AND ${creditGrants.invoiceId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
    )
    .groupBy(creditGrants.invoiceId)
  return new Map(rows.map(({ invoiceId, total }) => [invoiceId, Number(total)]))
}

const toInvoice = (row: InvoiceRow, creditMicros: number | undefined): Invoice => ({
  id: row.id,
  number: row.number,
  status: row.status,
  purpose: row.purpose,
  currency: row.currency,
  subtotal_minor: row.subtotalMinor,
  discount_minor: row.discountMinor,
  tax_minor: row.taxMinor,
  total_minor: row.totalMinor,
  paid_minor: row.paidMinor,
  refunded_minor: row.refundedMinor,
  created_at: row.createdAt,
  paid_at: row.paidAt,
  period_start: row.periodStart,
  period_end: row.periodEnd,
  credit_micros: creditMicros ?? null,
  hosted_url: row.hostedUrl,
  pdf_url: row.pdfUrl,
})

function placeOf(cursor: string | undefined): InvoicePlace | undefined {
  if (cursor === undefined) return undefined
  const [createdAt, id] = (decodeCursor(LIST, cursor) ?? '').split(' ')
  if (!id || !Number.isSafeInteger(Number(createdAt))) throw invalidCursor()
  return { createdAt: Number(createdAt), id }
}

export async function listInvoices({ query, ctx }: { query: PageQuery; ctx: BillingContext }) {
  const { organizationId } = requirePermission(ctx.principal, 'billing.read')
  const before = placeOf(query.cursor)
  const rows = await createInvoiceRows(ctx.db).listOf({
    organizationId,
    limit: query.limit + 1,
    ...(before && { before }),
  })
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const credit = await creditOf(
    shown.map(({ id }) => id),
    ctx,
  )
  return {
    data: shown.map((row) => toInvoice(row, credit.get(row.id))),
    next_cursor: rows.length > query.limit && last ? encodeCursor(LIST, `${last.createdAt} ${last.id}`) : null,
  }
}

const toLine = async (line: Stripe.InvoiceLineItem, ctx: BillingSystem): Promise<InvoiceDetails['lines'][number]> => ({
  description: line.description ?? '',
  subject: await lineSubject(line, ctx),
  proration: isProration(line),
  quantity: line.quantity,
  amount_minor: line.amount,
  period_start: momentOf(line.period.start),
  period_end: momentOf(line.period.end),
})

type Tax = NonNullable<Stripe.Invoice['total_taxes']>[number]

const isReverseCharge = ({ taxability_reason: reason }: Tax): boolean => reason === 'reverse_charge'

async function toTax(tax: Tax, ctx: BillingSystem): Promise<InvoiceDetails['taxes'][number]> {
  const id = tax.tax_rate_details?.tax_rate
  const name = isReverseCharge(tax) ? 'Reverse charge' : 'Tax'
  if (!id) return { name, percent: null, amount_minor: tax.amount }
  try {
    const rate = expectObject(await askStripe(() => stripeOf(ctx).taxRates.retrieve(id)), 'tax_rate')
    return {
      name: rate.display_name || name,
      percent: rate.effective_percentage ?? rate.percentage,
      amount_minor: tax.amount,
    }
  } catch (error) {
    if (!isMissing(error)) throw error
    return { name, percent: null, amount_minor: tax.amount }
  }
}

/** As it stood on the invoice when it was made; what has changed since is on later ones. */
function customerOn(invoice: Stripe.Invoice, now: BillingDetails): BillingDetails {
  const { customer_name: name, customer_email: email, customer_address: address, customer_tax_ids: taxIds } = invoice
  const [taxId] = taxIds ?? []
  return {
    name: name ?? now.name,
    email: email ?? now.email,
    locale: now.locale,
    address: address?.country
      ? {
          line1: address.line1 ?? null,
          line2: address.line2 ?? null,
          city: address.city ?? null,
          state: address.state ?? null,
          postal_code: address.postal_code ?? null,
          country: address.country,
        }
      : null,
    tax_id: taxId?.value ? { type: taxId.type, value: taxId.value } : null,
  }
}

async function retrieve(id: string, ctx: BillingSystem): Promise<Stripe.Invoice> {
  try {
    return expectObject(await askStripe(() => stripeOf(ctx).invoices.retrieve(id)), 'invoice')
  } catch (error) {
    if (isMissing(error)) throw notFound('invoice')
    throw error
  }
}

async function linesOf({ id, lines }: Stripe.Invoice, ctx: BillingSystem): Promise<Stripe.InvoiceLineItem[]> {
  if (!lines.has_more) return lines.data
  return askStripe(() => stripeOf(ctx).invoices.listLineItems(id, { limit: 100 }).autoPagingToArray({ limit: 1_000 }))
}

export async function readInvoice({ id, ctx }: { id: string; ctx: BillingContext }): Promise<InvoiceDetails> {
  const { organizationId } = requirePermission(ctx.principal, 'billing.read')
  const row = await createInvoiceRows(ctx.db).findOf({ organizationId, id })
  if (!row) throw notFound('invoice')
  const [invoice, customer, credit] = await Promise.all([
    retrieve(id, ctx),
    findCustomer({ organizationId, ctx }),
    creditOf([id], ctx),
  ])
  const taxes = invoice.total_taxes ?? []
  return {
    ...toInvoice(row, credit.get(id)),
    seller: {
      name: ctx.settings.seller.name,
      address: ctx.settings.seller.address,
      tax_ids: ctx.settings.seller.taxIds,
    },
    customer: customerOn(invoice, await detailsOf({ organizationId, customer, ctx })),
    reverse_charge: invoice.customer_tax_exempt === 'reverse' || taxes.some(isReverseCharge),
    lines: await Promise.all((await linesOf(invoice, ctx)).map((line) => toLine(line, ctx))),
    taxes: await Promise.all(taxes.map((tax) => toTax(tax, ctx))),
    payment_method: await receiptPaymentMethod({ row, ctx }),
  }
}
