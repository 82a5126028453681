import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { cancelIntent, confirmIntent } from '../payments/intents.ts'
import type { Invoice, PaymentIntent } from '../tables.ts'
import { isRetried, nextAttemptAt } from './dunning.ts'
import { invoicePaid } from './invoice-paid.ts'
import { openPaymentOf, paymentOfIntent, saveInvoice, subscriptionIdOf } from './invoice-save.ts'
import { invoiceMethod } from './payment-method-for.ts'
import { failedInvoiceOfSubscription } from './subscription-payment.ts'

function refuseUnpayable(invoice: Invoice): void {
  if (invoice.status === 'open' || invoice.status === 'uncollectible') return
  throw invalid(
    invoice.status === 'paid'
      ? 'Invoice is already paid'
      : `This invoice can no longer be paid: its status is ${invoice.status}.`,
  )
}

function intentOf(engine: Engine, invoice: string): string {
  const id = openPaymentOf(engine, invoice)?.payment.payment_intent
  if (!id) throw invalid('This invoice has no payment that is open.')
  return id
}

export interface InvoicePaymentAttempt {
  paymentMethod?: string | null
  offSession?: boolean
  outOfBand?: boolean
}

/**
 * One attempt to collect an invoice. A decline throws nothing: the invoice, its payment intent and, where there is one,
 * its subscription tell what became of it.
 */
export function payInvoice(engine: Engine, id: string, given: InvoicePaymentAttempt = {}): Invoice {
  const invoice = engine.need('invoice', id)
  refuseUnpayable(invoice)
  if (given.outOfBand) {
    const intent = openPaymentOf(engine, id)?.payment.payment_intent
    const paid = invoicePaid(engine, id, { outOfBand: true })
    if (intent) cancelIntent(engine, intent, 'void_invoice')
    return paid
  }
  const method = given.paymentMethod ?? invoiceMethod(engine, invoice)
  if (!method) return withoutMethod(engine, invoice)
  confirmIntent(engine, intentOf(engine, id), { paymentMethod: method, offSession: given.offSession ?? true })
  return engine.need('invoice', id)
}

/** Nothing to charge counts as an attempt that failed. */
function withoutMethod(engine: Engine, invoice: Invoice): Invoice {
  return invoiceFailed(engine, invoice, { needsAction: false })
}

/** The attempt failed: when it is tried again, and what it does to the subscription. */
function invoiceFailed(engine: Engine, before: Invoice, { needsAction }: { needsAction: boolean }): Invoice {
  const attempts = before.attempt_count + 1
  const now = engine.now(before)
  const isFirst = before.billing_reason === 'subscription_create'
  const failed: Invoice = {
    ...before,
    attempt_count: attempts,
    attempted: true,
    next_payment_attempt:
      isRetried(before) && before.auto_advance !== false ? nextAttemptAt({ attempts, at: now }) : null,
  }
  const names = needsAction ? ['invoice.payment_failed', 'invoice.payment_action_required'] : ['invoice.payment_failed']
  saveInvoice(engine, before, failed, ...names)
  const subscription = subscriptionIdOf(failed)
  if (subscription) failedInvoiceOfSubscription(engine, { invoice: failed, subscription, isFirst })
  return engine.need('invoice', before.id)
}

function openInvoiceOf(engine: Engine, intent: PaymentIntent): Invoice | undefined {
  const payment = paymentOfIntent(engine, intent.id)
  const invoice = payment && engine.store.get('invoice', payment.invoice)
  return invoice && invoice.status !== 'paid' && invoice.status !== 'void' ? invoice : undefined
}

export function intentSucceeded(engine: Engine, intent: PaymentIntent): void {
  const invoice = openInvoiceOf(engine, intent)
  if (invoice) invoicePaid(engine, invoice.id, { amount: intent.amount_received, attempts: 1 })
}

export function intentFailed(engine: Engine, intent: PaymentIntent): void {
  const invoice = openInvoiceOf(engine, intent)
  const needsAction = intent.last_payment_error?.code === 'authentication_required'
  if (invoice) invoiceFailed(engine, invoice, { needsAction })
}

export function intentRequiresAction(engine: Engine, intent: PaymentIntent): void {
  const invoice = openInvoiceOf(engine, intent)
  if (invoice) invoiceFailed(engine, invoice, { needsAction: true })
}
