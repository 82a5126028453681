// An invoice as Stripe has it now: kept, and its credit granted once it is paid.
import type Stripe from 'stripe'
import { grantCredit } from '../grants/grant-credit.ts'
import { closeDiscrepancy, raise } from '../reconciliation/discrepancies.ts'
import { stripeOf } from '../stripe-of.ts'
import { creditsOf, invoiceRowOf, subscriptionOf } from './invoice-facts.ts'
import { createInvoiceRows, type InvoiceRow } from './invoice-repository.ts'
import { lookUp } from './look-up.ts'
import type { Looked, MoneyContext } from './money-context.ts'
import { organizationOf } from './organization-of.ts'
import { tellOfInvoice } from './tell-of-invoice.ts'

/** Its payments are brought along: by them a refund finds it. */
export const findInvoice = ({ id, ctx }: Looked): Promise<Stripe.Invoice | null> =>
  lookUp({ id, object: 'invoice' }, () => stripeOf(ctx).invoices.retrieve(id, { expand: ['payments'] }))

export const ownerOf = (invoice: Stripe.Invoice, ctx: MoneyContext): Promise<string | null> =>
  organizationOf(
    { customer: invoice.customer, metadata: [invoice.metadata, invoice.parent?.subscription_details?.metadata] },
    ctx,
  )

/** Money came for something that nobody can name any more: it is never guessed what it was to give. */
async function lookForUnknown(
  invoice: Stripe.Invoice,
  { organizationId, known }: { organizationId: string; known: boolean },
  ctx: MoneyContext,
): Promise<void> {
  const subjectId = invoice.id
  if (known) return closeDiscrepancy({ kind: 'price_missing', subjectId }, ctx)
  const actual = `paid ${invoice.amount_paid} ${invoice.currency} for a price that nothing here sells`
  await raise({ kind: 'price_missing', organizationId, subjectId, expected: 'a plan or a pack of ours', actual }, ctx)
}

async function grantFor(invoice: Stripe.Invoice, organizationId: string, ctx: MoneyContext): Promise<void> {
  const { credits, lines } = await creditsOf(invoice, { organizationId }, ctx)
  for (const credit of credits) await grantCredit({ credit, organizationId, invoiceId: invoice.id, ctx })
  const ours = invoice.metadata?.purpose !== undefined || subscriptionOf(invoice) !== null
  const known = !ours || invoice.amount_paid === 0 || lines.some(({ sold }) => sold !== null)
  await lookForUnknown(invoice, { organizationId, known }, ctx)
}

/** Null where it is none of ours, or never was. */
export async function syncInvoice({ id, ctx }: Looked): Promise<InvoiceRow | null> {
  const rows = createInvoiceRows(ctx.db)
  const syncedAt = ctx.clock()
  const invoice = await findInvoice({ id, ctx })
  if (!invoice) return null
  const organizationId = await ownerOf(invoice, ctx)
  if (!organizationId) {
    ctx.logger.warn('invoice-of-nobody', { invoice: id })
    return null
  }
  const before = await rows.find({ id })
  const row = invoiceRowOf(invoice, { organizationId, syncedAt })
  // What is paid stays paid, however old the answer is: its credit is due all the same.
  if (row.status === 'paid') await grantFor(invoice, organizationId, ctx)
  if (!before || before.syncedAt <= syncedAt) await tellOfInvoice({ before, now: row, ctx })
  await rows.save(row)
  return rows.find({ id })
}
