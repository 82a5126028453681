import { previousAttributes } from '../changes.ts'
import type { Engine } from '../engine.ts'
import type { Invoice, InvoicePayment } from '../tables.ts'
import { setDue } from './due.ts'

/** When the clock has something to do for an invoice next. */
function invoiceDueAt(invoice: Invoice): number | null {
  if (invoice.status === 'draft') return invoice.auto_advance ? invoice.automatically_finalizes_at : null
  if (invoice.status !== 'open') return null
  if (invoice.next_payment_attempt !== null) return invoice.next_payment_attempt
  return invoice.collection_method === 'send_invoice' && invoice.auto_advance ? invoice.due_date : null
}

export function putInvoice(engine: Engine, invoice: Invoice): Invoice {
  engine.store.put('invoice', invoice)
  setDue(engine, { id: invoice.id, at: invoiceDueAt(invoice), clock: invoice.test_clock })
  return invoice
}

/** Stores what became of an invoice and tells it under the given name, and that it was updated. */
export function saveInvoice(engine: Engine, before: Invoice, after: Invoice, ...names: string[]): Invoice {
  putInvoice(engine, after)
  const changed = previousAttributes(before, after)
  if (Object.keys(changed).length > 0) engine.emit('invoice.updated', after, changed)
  for (const name of names) engine.emit(name, after)
  return after
}

export const subscriptionIdOf = (invoice: Invoice): string | null =>
  invoice.parent?.subscription_details?.subscription ?? null

export const customerIdOf = (invoice: Invoice): string => invoice.customer ?? ''

/** The oldest first. */
export function paymentsOf(engine: Engine, invoice: string): InvoicePayment[] {
  return engine.store
    .list('invoice_payment')
    .filter((payment) => payment.invoice === invoice)
    .toReversed()
}

export const openPaymentOf = (engine: Engine, invoice: string): InvoicePayment | undefined =>
  paymentsOf(engine, invoice).find(({ status }) => status === 'open')

export function paymentOfIntent(engine: Engine, intent: string): InvoicePayment | undefined {
  return engine.store.list('invoice_payment').find(({ payment }) => payment.payment_intent === intent)
}
