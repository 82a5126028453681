// How an invoice stands, in one word with its colour.
import type { Invoice } from '#shared/contracts/billing'
import type { Key } from '../../i18n/locales.ts'

export interface InvoiceState {
  key: Key
  tone: 'neutral' | 'success' | 'warning' | 'danger'
}

type Standing = Pick<Invoice, 'status' | 'refunded_minor' | 'paid_minor'>

export function invoiceState({ status, refunded_minor, paid_minor }: Standing): InvoiceState {
  if (status === 'paid' && refunded_minor > 0)
    return refunded_minor >= paid_minor
      ? { key: 'billing.invoice-refunded', tone: 'neutral' }
      : { key: 'billing.invoice-partly-refunded', tone: 'neutral' }
  if (status === 'paid') return { key: 'billing.invoice-paid', tone: 'success' }
  if (status === 'open') return { key: 'billing.invoice-open', tone: 'warning' }
  if (status === 'uncollectible') return { key: 'billing.invoice-uncollectible', tone: 'danger' }
  return { key: status === 'void' ? 'billing.invoice-void' : 'billing.invoice-draft', tone: 'neutral' }
}

export const purposeKeys: Record<Invoice['purpose'], Key> = {
  subscription: 'billing.purpose-subscription',
  credit_pack: 'billing.purpose-credit-pack',
  auto_top_up: 'billing.purpose-auto-top-up',
  other: 'billing.purpose-other',
}
