// A debit is on its way until the bank answers: the payment is neither made nor refused meanwhile.
import { setDue } from '../billing/due.ts'
import type { Engine } from '../engine.ts'
import type { Charge, PaymentIntent, PaymentMethod } from '../tables.ts'
import { toLastError, type Decline } from './decline.ts'
import { newCharge } from './new-charge.ts'
import { behaviourOf } from './new-method.ts'

/** Test accounts answer after seconds, not after days. */
const wait = 2

const refusal: Decline = {
  code: 'payment_intent_payment_attempt_failed',
  message: 'The customer’s bank account could not be debited.',
}

export function collectLater({
  engine,
  intent,
  method,
}: {
  engine: Engine
  intent: PaymentIntent
  method: PaymentMethod
}): PaymentIntent {
  const made = newCharge({ engine, intent, method, decline: null })
  const charge: Charge = { ...made, balance_transaction: null, paid: false, receipt_url: null, status: 'pending' }
  const processing: PaymentIntent = { ...intent, latest_charge: charge.id, status: 'processing' }
  engine.store.put('charge', charge)
  engine.store.put('payment_intent', processing)
  const clock = intent.customer ? engine.store.get('customer', intent.customer)?.test_clock : null
  setDue(engine, { id: intent.id, at: engine.now(intent) + wait, clock })
  engine.emit('charge.pending', charge)
  engine.emit('payment_intent.processing', processing)
  return processing
}

/** The bank answered. */
export function settleIntent(engine: Engine, id: string): void {
  engine.store.remove('_due', id)
  const intent = engine.store.get('payment_intent', id)
  if (intent?.status !== 'processing' || !intent.latest_charge || !intent.payment_method) return
  const charge = engine.need('charge', intent.latest_charge)
  if (behaviourOf(engine, intent.payment_method).late === 'refused') refused(engine, intent, charge)
  else paid(engine, intent, charge)
}

function paid(engine: Engine, intent: PaymentIntent, before: Charge): void {
  const charge: Charge = {
    ...before,
    balance_transaction: engine.id('txn'),
    paid: true,
    receipt_url: `${engine.config.origin}/receipts/${before.id}`,
    status: 'succeeded',
  }
  const succeeded: PaymentIntent = { ...intent, amount_received: intent.amount, status: 'succeeded' }
  engine.store.put('charge', charge)
  engine.store.put('payment_intent', succeeded)
  engine.emit('charge.succeeded', charge)
  engine.emit('payment_intent.succeeded', succeeded)
}

function refused(engine: Engine, intent: PaymentIntent, before: Charge): void {
  const charge: Charge = {
    ...before,
    amount_captured: 0,
    captured: false,
    failure_code: refusal.code,
    failure_message: refusal.message,
    status: 'failed',
  }
  const method = engine.need('payment_method', intent.payment_method ?? '')
  const failed: PaymentIntent = {
    ...intent,
    last_payment_error: toLastError(refusal, method, charge.id),
    payment_method: null,
    status: 'requires_payment_method',
  }
  engine.store.put('charge', charge)
  engine.store.put('payment_intent', failed)
  engine.emit('charge.failed', charge)
  engine.emit('payment_intent.payment_failed', failed)
}
