import type { Invoice } from '#shared/contracts/billing'
import type { RefundInvoice } from '#shared/contracts/billing-administration'
import { Reader, type Fault } from './form-fields.ts'

export interface RefundDraft {
  /** Made when the dialog opens: the same refund sent twice is made once. */
  id: string
  amount: string
  reason: RefundInvoice['reason']
}

export const refundable = ({ paid_minor, refunded_minor }: Invoice): number => Math.max(0, paid_minor - refunded_minor)

export function readRefund(
  draft: RefundDraft,
  invoice: Invoice,
): { ok: true; body: RefundInvoice } | { ok: false; fault: Fault } {
  const reader = new Reader()
  const amount_minor = reader.minor('amount', draft.amount, invoice.currency)
  const fault = reader.faults.amount
  if (fault) return { ok: false, fault }
  if (amount_minor < 1) return { ok: false, fault: 'amount-too-small' }
  if (amount_minor > refundable(invoice)) return { ok: false, fault: 'amount-too-large' }
  return { ok: true, body: { id: draft.id, amount_minor, reason: draft.reason } }
}
