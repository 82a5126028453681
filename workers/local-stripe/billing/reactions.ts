import type { Reaction } from '../engine.ts'
import type { PaymentIntent } from '../tables.ts'
import { openDisputeOf } from './disputes.ts'
import { intentFailed, intentRequiresAction, intentSucceeded } from './invoice-pay.ts'

/** The intent as it is now: an earlier reaction may have changed what the event said. */
const ofIntent =
  (react: (engine: Parameters<Reaction>[0], intent: PaymentIntent) => void): Reaction =>
  (engine, object) => {
    const id = 'id' in object && typeof object.id === 'string' ? object.id : ''
    const intent = engine.store.get('payment_intent', id)
    if (intent) react(engine, intent)
  }

/** What a payment means for its invoice, and which charge is disputed as soon as it is made. */
export const billingReactions: Record<string, Reaction[]> = {
  'payment_intent.succeeded': [ofIntent(intentSucceeded), ofIntent(openDisputeOf)],
  'payment_intent.payment_failed': [ofIntent(intentFailed)],
  'payment_intent.requires_action': [ofIntent(intentRequiresAction)],
}
