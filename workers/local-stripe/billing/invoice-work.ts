// What an invoice does by the clock: a draft is finalized, an open one is tried again or becomes overdue.
import type { Engine } from '../engine.ts'
import { finalizeInvoice } from './invoice-finalize.ts'
import { payInvoice } from './invoice-pay.ts'
import { saveInvoice, subscriptionIdOf } from './invoice-save.ts'
import { saveSubscription } from './subscription-save.ts'

function becomeOverdue(engine: Engine, id: string): void {
  const invoice = engine.need('invoice', id)
  engine.emit('invoice.overdue', invoice)
  const subscription = subscriptionIdOf(invoice)
  const found = subscription ? engine.store.get('subscription', subscription) : undefined
  if (found?.status === 'active') saveSubscription(engine, found, { ...found, status: 'past_due' })
}

export function invoiceWork(engine: Engine, id: string): void {
  const invoice = engine.store.get('invoice', id)
  engine.store.remove('_due', id)
  if (!invoice) return
  if (invoice.status === 'draft') {
    finalizeInvoice(engine, id)
    return
  }
  if (invoice.status !== 'open') return
  if (invoice.collection_method === 'send_invoice') {
    becomeOverdue(engine, id)
    return
  }
  const tried = { ...invoice, next_payment_attempt: null }
  saveInvoice(engine, tried, tried)
  payInvoice(engine, id, { offSession: true })
}
