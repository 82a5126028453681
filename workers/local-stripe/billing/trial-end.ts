import { previousAttributes } from '../changes.ts'
import type { Engine } from '../engine.ts'
import type { Subscription } from '../tables.ts'
import { subscriptionMethod } from './payment-method-for.ts'
import { note, putSubscription, trialNotice } from './subscription-build.ts'
import { endSubscription } from './subscription-end.ts'
import { renew } from './subscription-renew.ts'

/** Three days before it ends, or at once where it is shorter. */
export function announceTrialEnd(engine: Engine, subscription: Subscription): void {
  note(engine, subscription, { trialWillEndSent: true })
  putSubscription(engine, subscription)
  engine.emit('customer.subscription.trial_will_end', subscription)
}

export function announceShortTrial(engine: Engine, subscription: Subscription): void {
  const { status, trial_end: end } = subscription
  const isShort = end !== null && end - trialNotice <= engine.now(subscription)
  if (status === 'trialing' && isShort) announceTrialEnd(engine, subscription)
}

const missingMethod = (subscription: Subscription) =>
  subscription.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice'

/** Whether a trial that ends now has nothing to go on with, and is not to be invoiced all the same. */
export function endsWithoutMethod(engine: Engine, subscription: Subscription): boolean {
  const customer = engine.need('customer', subscription.customer, 'customer')
  const isSent = subscription.collection_method === 'send_invoice'
  return !isSent && missingMethod(subscription) !== 'create_invoice' && !subscriptionMethod(subscription, customer)
}

/** A trial without a method of payment is cancelled or paused, as its settings say. */
export function endWithoutMethod(engine: Engine, subscription: Subscription): Subscription {
  if (missingMethod(subscription) === 'cancel') {
    return endSubscription(engine, { subscription, reason: 'cancellation_requested' })
  }
  const paused: Subscription = { ...subscription, status: 'paused' }
  putSubscription(engine, paused)
  engine.emit('customer.subscription.updated', paused, previousAttributes(subscription, paused))
  engine.emit('customer.subscription.paused', paused)
  return paused
}

export function endTrial(engine: Engine, subscription: Subscription): Subscription {
  return endsWithoutMethod(engine, subscription)
    ? endWithoutMethod(engine, subscription)
    : renew(engine, subscription, { status: 'active' })
}
