// Invoices of the last weeks: as Stripe has them, and what they were to grant.
import { eq } from 'drizzle-orm'
import type Stripe from 'stripe'
import { billingCustomers } from '#db/schema/billing'
import { stripeOf } from '../stripe-of.ts'
import { askStripe } from '../stripe.ts'
import { createGrantRows } from '../sync/grant-repository.ts'
import { creditsOf } from '../sync/invoice-facts.ts'
import { createInvoiceRows, type InvoiceRow } from '../sync/invoice-repository.ts'
import { toSeconds } from '../sync/stripe-time.ts'
import { ownerOf, syncInvoice } from '../sync/sync-invoice.ts'
import { closeDiscrepancy } from './discrepancies.ts'
import { nextOf, pageAfter, raiseIn, reachOf, repairedIn, type Step } from './step.ts'

const wordsOf = ({ status, total, amount_paid: paid, currency }: Stripe.Invoice): string =>
  `${status ?? 'draft'}, ${paid} of ${total} ${currency} paid`
const wordsOfRow = ({ status, totalMinor, paidMinor, currency }: InvoiceRow): string =>
  `${status}, ${paidMinor} of ${totalMinor} ${currency} paid`

interface Checked {
  invoice: Stripe.Invoice
  organizationId: string
  step: Step
}

async function checkRow({ invoice, organizationId, step }: Checked): Promise<void> {
  const { ctx } = step
  const { id } = invoice
  const before = await createInvoiceRows(ctx.db).find({ id })
  if (before && wordsOfRow(before) === wordsOf(invoice)) return
  const now = await syncInvoice({ id, ctx })
  if (!now) return
  const about = { organizationId, subjectId: id }
  if (before && before.currency !== now.currency)
    await raiseIn(step, { ...about, kind: 'currency_differs', expected: now.currency, actual: before.currency })
  await repairedIn(step, {
    ...about,
    kind: before ? 'invoice_differs' : 'invoice_missing',
    expected: wordsOfRow(now),
    actual: before ? wordsOfRow(before) : 'not known here',
  })
}

async function checkCurrency({ invoice, organizationId, step }: Checked): Promise<void> {
  const [customer] = await step.ctx.db
    .select({ currency: billingCustomers.currency })
    .from(billingCustomers)
    .where(eq(billingCustomers.organizationId, organizationId))
    .limit(1)
  if (!customer?.currency || customer.currency === invoice.currency) return
  await raiseIn(step, {
    kind: 'currency_differs',
    organizationId,
    subjectId: invoice.id,
    expected: customer.currency,
    actual: invoice.currency,
  })
}

/** A grant that is missing is made; one that differs was made from something that has changed since. */
async function checkCredit({ invoice, organizationId, step }: Checked): Promise<void> {
  if (invoice.status !== 'paid') return
  const { ctx } = step
  const grants = createGrantRows(ctx.db)
  const { credits } = await creditsOf(invoice, { organizationId }, ctx)
  for (const credit of credits) {
    const found = await grants.find({ id: credit.id })
    const about = { organizationId, subjectId: credit.id, expected: String(credit.amountMicros) }
    if (!found) {
      await syncInvoice({ id: invoice.id, ctx })
      await repairedIn(step, { ...about, kind: 'grant_missing', actual: 'none' })
    } else if (found.invoiceId === invoice.id && found.amountMicros !== credit.amountMicros)
      await raiseIn(step, { ...about, kind: 'grant_differs', actual: String(found.amountMicros) })
    else await closeDiscrepancy({ kind: 'grant_differs', subjectId: credit.id }, ctx)
  }
}

export async function checkInvoices(step: Step): Promise<string | null> {
  const { ctx } = step
  const created = { gte: toSeconds(reachOf(step.run)) }
  const page = await askStripe(() => stripeOf(ctx).invoices.list({ ...pageAfter(step.after), created }))
  for (const invoice of page.data) {
    const organizationId = await ownerOf(invoice, ctx)
    if (!organizationId) continue
    step.counts.invoices += 1
    const checked = { invoice, organizationId, step }
    await checkCredit(checked)
    await checkRow(checked)
    await checkCurrency(checked)
  }
  return nextOf(page)
}
