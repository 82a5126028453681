import { previousAttributes } from '../changes.ts'
import type { Engine } from '../engine.ts'
import type { Subscription, SubscriptionSchedule } from '../tables.ts'
import { endDiscount } from './customer-discounts.ts'
import { setDue } from './due.ts'
import { putInvoice, subscriptionIdOf } from './invoice-save.ts'
import { putSubscription } from './subscription-build.ts'

export type EndReason = 'cancellation_requested' | 'payment_failed' | 'payment_disputed'

/** A schedule has nothing left to do once its subscription is over. */
function endSchedule(engine: Engine, subscription: Subscription, reason: EndReason): void {
  const schedule = subscription.schedule ? engine.store.get('subscription_schedule', subscription.schedule) : undefined
  if (!schedule || !['active', 'not_started'].includes(schedule.status)) return
  const canceled: SubscriptionSchedule = {
    ...schedule,
    canceled_at: engine.now(subscription),
    current_phase: null,
    status: 'canceled',
  }
  engine.store.put('subscription_schedule', canceled)
  setDue(engine, { id: schedule.id, at: null, clock: null })
  const name = reason === 'payment_failed' ? 'aborted' : 'canceled'
  engine.emit(`subscription_schedule.${name}`, canceled)
}

/** What is still open is not tried again by itself. */
function stopCollecting(engine: Engine, subscription: Subscription): void {
  const invoices = engine.store
    .list('invoice', { customer: subscription.customer })
    .filter((invoice) => subscriptionIdOf(invoice) === subscription.id)
    .filter(({ status, auto_advance }) => (status === 'open' || status === 'draft') && auto_advance)
  for (const invoice of invoices) {
    const stopped = { ...invoice, auto_advance: false, next_payment_attempt: null }
    putInvoice(engine, stopped)
    engine.emit('invoice.updated', stopped, previousAttributes(invoice, stopped))
  }
}

/** The subscription is over, now. */
export function endSubscription(
  engine: Engine,
  { subscription, reason, status = 'canceled' }: EndedSubscription,
): Subscription {
  const now = engine.now(subscription)
  const ended: Subscription = {
    ...subscription,
    canceled_at: subscription.canceled_at ?? now,
    cancellation_details: {
      comment: subscription.cancellation_details?.comment ?? null,
      feedback: subscription.cancellation_details?.feedback ?? null,
      feedback_option: null,
      reason: subscription.cancellation_details?.reason ?? reason,
    },
    ended_at: now,
    pending_update: null,
    schedule: null,
    status,
  }
  putSubscription(engine, ended)
  endSchedule(engine, subscription, reason)
  stopCollecting(engine, ended)
  for (const id of ended.discounts) {
    const discount = engine.store.get('discount', id)
    if (discount) endDiscount(engine, discount)
  }
  if (status === 'canceled') engine.emit('customer.subscription.deleted', ended)
  else engine.emit('customer.subscription.updated', ended, { status: subscription.status })
  return ended
}

interface EndedSubscription {
  subscription: Subscription
  reason: EndReason
  status?: 'canceled' | 'incomplete_expired'
}
