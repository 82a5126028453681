import type { Engine } from '../engine.ts'
import type { Invoice } from '../tables.ts'
import { openPaymentOf, saveInvoice, subscriptionIdOf } from './invoice-save.ts'
import { paidInvoiceOfSubscription } from './subscription-payment.ts'

/** An invoice has its money, by card, by credit or outside. */
export function invoicePaid(
  engine: Engine,
  id: string,
  { amount, outOfBand = false, attempts = 0 }: { amount?: number; outOfBand?: boolean; attempts?: number },
): Invoice {
  const before = engine.need('invoice', id)
  if (before.status === 'paid') return before
  const now = engine.now(before)
  const payment = openPaymentOf(engine, id)
  const paid: Invoice = {
    ...before,
    amount_paid: outOfBand ? before.amount_due : (amount ?? before.amount_due),
    ...(outOfBand && { amount_paid_off_stripe: before.amount_due }),
    amount_remaining: 0,
    attempt_count: before.attempt_count + attempts,
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...before.status_transitions, paid_at: now },
  }
  if (payment) {
    const settled = outOfBand
      ? { status: 'canceled', status_transitions: { canceled_at: now, paid_at: null } }
      : { status: 'paid', amount_paid: paid.amount_paid, status_transitions: { canceled_at: null, paid_at: now } }
    engine.store.put('invoice_payment', { ...payment, ...settled })
    if (!outOfBand) engine.emit('invoice_payment.paid', { ...payment, ...settled })
  }
  saveInvoice(engine, before, paid, 'invoice.paid', 'invoice.payment_succeeded')
  const subscription = subscriptionIdOf(paid)
  if (subscription) paidInvoiceOfSubscription(engine, { invoice: paid, subscription })
  return paid
}
