// A session is complete when its buyer is done; a bank that takes days says later whether it was paid.
import type { Engine, Reaction } from '../engine.ts'
import type { CheckoutSession, PaymentIntent } from '../tables.ts'

/** What is settled at once is part of completing the session. */
const wasLate = (engine: Engine, { latest_charge: charge }: PaymentIntent): boolean =>
  charge !== null && engine.store.get('charge', charge)?.payment_method_details?.type === 'sepa_debit'

function waitingFor(engine: Engine, intent: PaymentIntent): CheckoutSession | undefined {
  return engine.store
    .list('checkout.session', { customer: intent.customer ?? undefined })
    .find((each) => each.payment_intent === intent.id && each.payment_status === 'unpaid')
}

const ofSession =
  (after: (engine: Engine, session: CheckoutSession) => void): Reaction =>
  (engine, object) => {
    const id = 'id' in object && typeof object.id === 'string' ? object.id : ''
    const intent = engine.store.get('payment_intent', id)
    if (!intent || !wasLate(engine, intent)) return
    const session = waitingFor(engine, intent)
    if (session) after(engine, session)
  }

function paid(engine: Engine, session: CheckoutSession): void {
  const after: CheckoutSession = { ...session, payment_status: 'paid' }
  engine.store.put('checkout.session', after)
  engine.emit('checkout.session.async_payment_succeeded', after)
}

const failed = (engine: Engine, session: CheckoutSession): void => {
  engine.emit('checkout.session.async_payment_failed', session)
}

export const checkoutReactions: Record<string, Reaction[]> = {
  'payment_intent.succeeded': [ofSession(paid)],
  'payment_intent.payment_failed': [ofSession(failed)],
}
