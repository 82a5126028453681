import type { Reaction } from '../engine.ts'
import type { PaymentIntent } from '../tables.ts'
import { openDisputeOf } from './disputes.ts'
import { putInvoice } from './invoice-save.ts'
import { endSubscription } from './subscription-end.ts'
import { intentFailed, intentRequiresAction, intentSucceeded } from './invoice-pay.ts'

/** The intent as it is now: an earlier reaction may have changed what the event said. */
const ofIntent =
  (react: (engine: Parameters<Reaction>[0], intent: PaymentIntent) => void): Reaction =>
  (engine, object) => {
    const id = 'id' in object && typeof object.id === 'string' ? object.id : ''
    const intent = engine.store.get('payment_intent', id)
    if (intent) react(engine, intent)
  }

/** Nothing of a customer who is gone goes on. */
const endOfCustomer: Reaction = (engine, object) => {
  const customer = 'id' in object && typeof object.id === 'string' ? object.id : ''
  for (const subscription of engine.store.list('subscription', { customer })) {
    const isOver = subscription.status === 'canceled' || subscription.status === 'incomplete_expired'
    if (!isOver) endSubscription(engine, { subscription, reason: 'cancellation_requested' })
  }
  for (const invoice of engine.store.list('invoice', { customer })) {
    if (invoice.auto_advance) putInvoice(engine, { ...invoice, auto_advance: false, next_payment_attempt: null })
  }
}

/** What a payment means for its invoice, and which charge is disputed as soon as it is made. */
export const billingReactions: Record<string, Reaction[]> = {
  'payment_intent.succeeded': [ofIntent(intentSucceeded), ofIntent(openDisputeOf)],
  'payment_intent.payment_failed': [ofIntent(intentFailed)],
  'customer.deleted': [endOfCustomer],
  'payment_intent.requires_action': [ofIntent(intentRequiresAction)],
}
