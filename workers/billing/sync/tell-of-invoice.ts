// What of an invoice is worth telling: that it was paid. That a payment failed is dunning's to tell.
import type { InvoiceRow } from './invoice-repository.ts'
import type { MoneyContext } from './money-context.ts'
import { tell } from './tell.ts'

type Row = Omit<InvoiceRow, 'refundedMinor' | 'disputedMinor' | 'chargeId'>

const factsOf = ({ id, number, purpose, currency, totalMinor }: Row) => ({
  invoice_id: id,
  number,
  purpose,
  currency,
  total_minor: totalMinor,
})

export async function tellOfInvoice({
  before,
  now,
  ctx,
}: {
  before: Row | null
  now: Row
  ctx: MoneyContext
}): Promise<void> {
  const { id, organizationId, status, totalMinor } = now
  const data = factsOf(now)
  if (status === 'paid' && before?.status !== 'paid' && totalMinor > 0)
    await tell({ organizationId, type: 'invoice.paid', about: id, data }, ctx)
}
