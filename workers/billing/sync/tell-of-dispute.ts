// That a bank asks for money back, and how it ended.
import type { DisputeRow } from './dispute-repository.ts'
import type { MoneyContext } from './money-context.ts'
import { tell } from './tell.ts'

const ended = ['won', 'lost', 'warning_closed', 'prevented']

export const isEnded = (status: string | undefined): boolean => status !== undefined && ended.includes(status)

export async function tellOfDispute({
  before,
  now,
  ctx,
}: {
  before: DisputeRow | null
  now: DisputeRow
  ctx: MoneyContext
}): Promise<void> {
  const { id, organizationId, status } = now
  const data = {
    dispute_id: id,
    invoice_id: now.invoiceId,
    amount_minor: now.amountMinor,
    currency: now.currency,
    reason: now.reason,
    status,
  }
  if (!before) await tell({ organizationId, type: 'dispute.opened', about: id, data }, ctx)
  if (isEnded(status) && !isEnded(before?.status))
    await tell({ organizationId, type: 'dispute.closed', about: id, data }, ctx)
}
