// What a payment, or its failure, means for the subscription it was for.
import type { Engine } from '../engine.ts'
import type { Invoice, Subscription } from '../tables.ts'
import { afterRetries, isRetried } from './dunning.ts'
import { paymentsOf, subscriptionIdOf } from './invoice-save.ts'
import { applyPendingUpdate, isPendingOn } from './pending-update.ts'
import { endSubscription } from './subscription-end.ts'
import { saveSubscription } from './subscription-save.ts'

const waiting = new Set<string>(['incomplete', 'past_due', 'unpaid', 'paused'])

function hasOtherDebt(engine: Engine, subscription: Subscription, invoice: Invoice): boolean {
  return engine.store
    .list('invoice', { customer: subscription.customer })
    .some(
      (other) =>
        other.id !== invoice.id &&
        subscriptionIdOf(other) === subscription.id &&
        other.status === 'open' &&
        other.attempted &&
        !isPendingOn(engine, subscription, other.id),
    )
}

/** The card that paid is kept for the next time where the subscription asks for it. */
function paidWith(engine: Engine, subscription: Subscription, invoice: Invoice): string | null {
  if (subscription.payment_settings?.save_default_payment_method !== 'on_subscription') return null
  const intent = paymentsOf(engine, invoice.id).find(({ status }) => status === 'paid')?.payment.payment_intent
  const method = intent ? engine.store.get('payment_intent', intent)?.payment_method : null
  const found = method ? engine.store.get('payment_method', method) : undefined
  return found?.customer === subscription.customer ? found.id : null
}

export function paidInvoiceOfSubscription(
  engine: Engine,
  { invoice, subscription: id }: { invoice: Invoice; subscription: string },
): void {
  let subscription = engine.store.get('subscription', id)
  if (!subscription || subscription.status === 'canceled') return
  if (isPendingOn(engine, subscription, invoice.id)) subscription = applyPendingUpdate(engine, subscription)
  const isLatest = subscription.latest_invoice === invoice.id
  const isCured = waiting.has(subscription.status) && (isLatest || !hasOtherDebt(engine, subscription, invoice))
  const now = engine.now(subscription)
  const inTrial = subscription.trial_end !== null && subscription.trial_end > now
  saveSubscription(engine, subscription, {
    ...subscription,
    default_payment_method: paidWith(engine, subscription, invoice) ?? subscription.default_payment_method,
    status: isCured ? (inTrial ? 'trialing' : 'active') : subscription.status,
  })
}

export function failedInvoiceOfSubscription(
  engine: Engine,
  { invoice, subscription: id, isFirst }: { invoice: Invoice; subscription: string; isFirst: boolean },
): void {
  const subscription = engine.store.get('subscription', id)
  if (!subscription || subscription.status === 'canceled') return
  if ((isFirst && subscription.status === 'incomplete') || isPendingOn(engine, subscription, invoice.id)) return
  const isOver = isRetried(invoice) && invoice.next_payment_attempt === null && invoice.attempt_count > 3
  const fate = isOver ? afterRetries(engine) : 'past_due'
  if (fate === 'canceled') {
    endSubscription(engine, { subscription, reason: 'payment_failed' })
    return
  }
  const status = subscription.status === 'unpaid' ? 'unpaid' : fate
  saveSubscription(engine, subscription, { ...subscription, status })
}
