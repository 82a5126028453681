// What happens when somebody presses the button of the hosted page.
import type { Engine } from '../engine.ts'
import { declineOf, type Decline } from '../payments/decline.ts'
import { asksHolder } from '../payments/intents.ts'
import { behaviourOf } from '../payments/new-method.ts'
import type { CheckoutSession, CheckoutSubmission } from '../tables.ts'
import { completeSession } from './complete-session.ts'
import { quoteOf } from './quote.ts'

export type Submitted =
  | { outcome: 'complete'; session: CheckoutSession }
  /** The bank wants to hear it from the card's holder. */
  | { outcome: 'asks' }
  | { outcome: 'declined'; decline: Decline }
  | { outcome: 'closed'; session: CheckoutSession }

/** A trial asks for a card as well, unless the session says that it may do without. */
export function needsCard(engine: Engine, session: CheckoutSession): boolean {
  if (session.mode === 'setup') return true
  return session.payment_method_collection === 'always' || quoteOf(engine, session).total > 0
}

export function submitSession(engine: Engine, id: string, submission: CheckoutSubmission): Submitted {
  const session = engine.need('checkout.session', id)
  const open = engine.store.get('_checkout', id)
  if (session.status !== 'open' || !open) return { outcome: 'closed', session }
  const behaviour = submission.paymentMethod ? behaviourOf(engine, submission.paymentMethod) : null
  if (behaviour?.refuses === 'always') return { outcome: 'declined', decline: declineOf(behaviour.declineCode) }
  if (behaviour && asksHolder(behaviour)) {
    engine.store.put('_checkout', { ...open, submitted: submission })
    return { outcome: 'asks' }
  }
  return { outcome: 'complete', session: completeSession(engine, session, submission) }
}

/** The holder answered on the bank's page. */
export function answerForSession(engine: Engine, id: string, isApproved: boolean): CheckoutSession {
  const session = engine.need('checkout.session', id)
  const open = engine.store.get('_checkout', id)
  if (session.status !== 'open' || !open?.submitted) return session
  if (isApproved) return completeSession(engine, session, open.submitted)
  engine.store.put('_checkout', { ...open, submitted: null })
  return session
}

/** Where a complete session leads. */
export const successUrl = (session: CheckoutSession): string =>
  (session.success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', session.id)
