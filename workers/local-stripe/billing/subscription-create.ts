import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { Customer, Discount, Invoice, PaymentMethod, Subscription } from '../tables.ts'
import { authenticationRequired, cardError, declineOf } from '../payments/decline.ts'
import { asksHolder } from '../payments/intents.ts'
import { behaviourOf } from '../payments/new-method.ts'
import { usableMethod } from '../payments/usable-method.ts'
import { keepDiscounts } from './customer-discounts.ts'
import { collectNow, issueDraft, plannedInvoice, refuseUnknownTax, type IssuedInvoice } from './invoice-issue.ts'
import type { LineDraft } from './invoice-lines.ts'
import { noMethod, subscriptionMethod } from './payment-method-for.ts'
import { pendingItems } from './pending-items.ts'
import { putSubscription } from './subscription-build.ts'
import { noteBilled } from './subscription-renew.ts'
import { announceShortTrial } from './trial-end.ts'
import { firstLines, startSubscription, type StartGiven } from './subscription-start.ts'

export type PaymentBehavior =
  | 'allow_incomplete'
  | 'default_incomplete'
  | 'error_if_incomplete'
  | 'pending_if_incomplete'

/** Refuses a method that would not pay when nobody is there to be asked: nothing may have been changed by then. */
function refuseDecline(engine: Engine, id: string, customer: string): void {
  const method: PaymentMethod = usableMethod(engine, id, customer)
  const behaviour = behaviourOf(engine, method.id)
  if (behaviour.refuses === 'always' || (behaviour.refuses === 'charges' && method.customer !== null)) {
    throw cardError({ decline: declineOf(behaviour.declineCode), method })
  }
  if (asksHolder(behaviour)) {
    throw cardError({
      decline: { ...authenticationRequired, code: 'subscription_payment_intent_requires_action' },
      method,
    })
  }
}

/** What must be true before money is asked for. */
export function refuseUncollectable(
  engine: Engine,
  { invoice, subscription, customer, behavior }: CollectableGiven,
): void {
  refuseUnknownTax(invoice)
  const isCharged = invoice.amount_due > 0 && subscription.collection_method === 'charge_automatically'
  if (!isCharged || behavior === 'default_incomplete') return
  const method = subscriptionMethod(subscription, customer)
  if (!method) throw noMethod()
  if (behavior === 'error_if_incomplete') refuseDecline(engine, method, customer.id)
}

interface CollectableGiven {
  invoice: Invoice
  subscription: Subscription
  customer: Customer
  behavior: PaymentBehavior
}

/** A customer's subscriptions are all in one currency. */
function refuseOtherCurrency(engine: Engine, subscription: Subscription): void {
  const others = engine.store.list('subscription', { customer: subscription.customer })
  const other = others.find(({ currency, status }) => currency !== subscription.currency && status !== 'canceled')
  if (!other || other.status === 'incomplete_expired') return
  throw invalid(
    `You cannot combine currencies on a single customer. This customer has an active subscription, subscription schedule, discount, quote, or invoice item with currency ${other.currency}.`,
  )
}

export interface CreateGiven extends StartGiven {
  behavior: PaymentBehavior
  offSession: boolean
  discounts: Discount[]
  extraLines?: LineDraft[]
  /** A schedule began it: nobody waits, and its first invoice is collected an hour later. */
  isScheduled?: boolean
  /** Sets what the request says of it besides its items. */
  finish(blank: Subscription): Subscription
}

function firstInvoice(engine: Engine, subscription: Subscription, extraLines: LineDraft[]): IssuedInvoice {
  const { customer, currency, created } = subscription
  return {
    subscription,
    lines: [...firstLines(engine, subscription), ...extraLines],
    items: pendingItems(engine, { customer, subscription: subscription.id, currency }),
    reason: 'subscription_create',
    period: { start: created, end: created },
  }
}

/** A subscription with its first invoice, paid where it can be. */
export function createSubscription(engine: Engine, given: CreateGiven): Subscription {
  const { customer, behavior, discounts } = given
  if (behavior === 'pending_if_incomplete') {
    throw invalid('`payment_behavior=pending_if_incomplete` is only for updates.', { param: 'payment_behavior' })
  }
  const subscription = given.finish(startSubscription(engine, given))
  refuseOtherCurrency(engine, subscription)
  if (subscription.collection_method === 'send_invoice' && subscription.days_until_due === null) {
    throw invalid('If you set `collection_method=send_invoice`, you must also set `days_until_due`.', {
      param: 'days_until_due',
    })
  }
  const issued = firstInvoice(engine, subscription, given.extraLines ?? [])
  const own = discounts.length > 0 ? discounts : customer.discount ? [customer.discount] : []
  const planned = plannedInvoice(engine, issued, { customer, discounts: own })
  if (!given.isScheduled) refuseUncollectable(engine, { invoice: planned, subscription, customer, behavior })
  keepDiscounts(
    engine,
    discounts.map((discount) => ({ ...discount, subscription: subscription.id })),
  )
  const isFree = planned.amount_due === 0 && subscription.status === 'incomplete'
  const isSent = subscription.collection_method === 'send_invoice' || given.isScheduled === true
  const isActive = subscription.status === 'incomplete' && (isFree || isSent)
  const started: Subscription = isActive ? { ...subscription, status: 'active' } : subscription
  noteBilled(engine, started)
  const drafted = issueDraft(engine, { ...issued, subscription: started })
  putSubscription(engine, drafted.subscription)
  engine.emit('customer.subscription.created', drafted.subscription)
  if (isActive && isSent) return drafted.subscription
  collectNow(engine, drafted.invoice.id, {
    collect: behavior !== 'default_incomplete',
    offSession: given.offSession,
  })
  announceShortTrial(engine, engine.need('subscription', subscription.id))
  return engine.need('subscription', subscription.id)
}
