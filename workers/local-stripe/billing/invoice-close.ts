import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { cancelIntent } from '../payments/intents.ts'
import { saveCustomer } from '../resources/customers.ts'
import type { Invoice } from '../tables.ts'
import { openPaymentOf, saveInvoice, subscriptionIdOf } from './invoice-save.ts'
import { dropPendingUpdate } from './pending-update.ts'

function cancelPayment(engine: Engine, invoice: Invoice): void {
  const payment = openPaymentOf(engine, invoice.id)
  if (!payment) return
  const canceledAt = engine.now(invoice)
  engine.store.put('invoice_payment', {
    ...payment,
    status: 'canceled',
    status_transitions: { canceled_at: canceledAt, paid_at: null },
  })
  if (payment.payment.payment_intent) cancelIntent(engine, payment.payment.payment_intent, 'void_invoice')
}

/** Credit that was used for it is there again. */
function giveBalanceBack(engine: Engine, invoice: Invoice): void {
  const used = invoice.starting_balance - (invoice.ending_balance ?? invoice.starting_balance)
  const customer = invoice.customer ? engine.store.get('customer', invoice.customer) : undefined
  if (customer && used !== 0) saveCustomer(engine, customer, { ...customer, balance: customer.balance + used })
}

/** Nobody owes it any more. */
export function voidInvoice(engine: Engine, id: string): Invoice {
  const before = engine.need('invoice', id)
  if (before.status !== 'open' && before.status !== 'uncollectible') {
    throw invalid(`You can only void an open or uncollectible invoice; this one is ${before.status}.`)
  }
  const voided: Invoice = {
    ...before,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'void',
    status_transitions: { ...before.status_transitions, voided_at: engine.now(before) },
  }
  saveInvoice(engine, before, voided, 'invoice.voided')
  cancelPayment(engine, before)
  giveBalanceBack(engine, before)
  const subscription = subscriptionIdOf(voided)
  if (subscription) dropPendingUpdate(engine, { subscription, invoice: id })
  return engine.need('invoice', id)
}

/** Owed, but nobody expects it any more. */
export function markUncollectible(engine: Engine, id: string): Invoice {
  const before = engine.need('invoice', id)
  if (before.status !== 'open') throw invalid(`You can only mark an open invoice as uncollectible.`)
  const marked: Invoice = {
    ...before,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'uncollectible',
    status_transitions: { ...before.status_transitions, marked_uncollectible_at: engine.now(before) },
  }
  return saveInvoice(engine, before, marked, 'invoice.marked_uncollectible')
}

/** A draft that nobody sees again; what it had taken up waits for the next invoice. */
export function deleteDraft(engine: Engine, id: string): { id: string; object: 'invoice'; deleted: true } {
  const invoice = engine.need('invoice', id)
  if (invoice.status !== 'draft') throw invalid('You can only delete draft invoices.')
  for (const item of engine.store.list('invoiceitem', { customer: invoice.customer ?? '' })) {
    if (item.invoice === id) engine.store.put('invoiceitem', { ...item, invoice: null })
  }
  engine.store.remove('invoice', id)
  engine.store.remove('_due', id)
  engine.emit('invoice.deleted', invoice)
  return { id, object: 'invoice', deleted: true }
}
