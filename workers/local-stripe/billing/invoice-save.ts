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

/** Keeps a payment that an invoice asks for, to be found by either side. */
export function keepPayment(engine: Engine, payment: InvoicePayment): InvoicePayment {
  engine.store.put('invoice_payment', payment)
  for (const id of [payment.invoice, payment.payment.payment_intent]) {
    if (!id) continue
    const known = engine.store.get('_payments_of', id)?.payments ?? []
    engine.store.put('_payments_of', { id, payments: [...known, payment.id] })
  }
  return payment
}

/** The oldest first; of an invoice, or of an intent. */
export function paymentsOf(engine: Engine, id: string): InvoicePayment[] {
  return (engine.store.get('_payments_of', id)?.payments ?? []).map((payment) =>
    engine.need('invoice_payment', payment),
  )
}

export const openPaymentOf = (engine: Engine, invoice: string): InvoicePayment | undefined =>
  paymentsOf(engine, invoice).find(({ status }) => status === 'open')

export const paymentOfIntent = (engine: Engine, intent: string): InvoicePayment | undefined =>
  paymentsOf(engine, intent)[0]
