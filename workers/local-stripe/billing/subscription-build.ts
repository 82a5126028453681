import type { Engine } from '../engine.ts'
import type { Price, Subscription, SubscriptionItem, SubscriptionNotes } from '../tables.ts'
import { setDue } from './due.ts'
import { isMetered, productOf } from './prices.ts'

function planOf(price: Price): SubscriptionItem['plan'] {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: price.recurring?.meter ?? null,
    nickname: price.nickname,
    product: productOf(price),
    tiers_mode: price.tiers_mode,
    transform_usage: null,
    trial_period_days: null,
    usage_type: price.recurring?.usage_type ?? 'licensed',
  }
}

export function newItem(
  engine: Engine,
  {
    subscription,
    price,
    quantity,
    metadata = {},
    period,
  }: {
    subscription: { id: string; customer: string }
    price: Price
    quantity: number | undefined
    metadata?: Record<string, string>
    period: { start: number; end: number }
  },
): SubscriptionItem {
  return {
    id: engine.id('si', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created: engine.now(subscription),
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata,
    plan: planOf(price),
    price,
    ...(!isMetered(price) && { quantity: quantity ?? 1 }),
    subscription: subscription.id,
    tax_rates: [],
  }
}

export function withPrice(item: SubscriptionItem, price: Price): SubscriptionItem {
  const { quantity, ...rest } = item
  return { ...rest, price, plan: planOf(price), ...(!isMetered(price) && { quantity: quantity ?? 1 }) }
}

export const blankSubscription = {
  application: null,
  application_fee_percent: null,
  billing_cycle_anchor_config: null,
  billing_schedules: [],
  billing_thresholds: null,
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
  collection_method: 'charge_automatically',
  customer_account: null,
  days_until_due: null,
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  ended_at: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  },
  latest_invoice: null,
  livemode: false,
  managed_payments: null,
  next_pending_invoice_item_invoice: null,
  object: 'subscription',
  on_behalf_of: null,
  pause_collection: null,
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  transfer_data: null,
} as const satisfies Partial<Subscription>

export const itemsOf = (subscription: Subscription): SubscriptionItem[] => subscription.items.data

export const withItems = (subscription: Subscription, items: SubscriptionItem[]): Subscription => ({
  ...subscription,
  items: { ...subscription.items, data: items },
})

export function notesOf(engine: Engine, subscription: Subscription): SubscriptionNotes {
  return (
    engine.store.get('_subscription', subscription.id) ?? {
      id: subscription.id,
      customer: subscription.customer,
      billed: {},
      trialWillEndSent: false,
      announced: null,
      pendingInvoice: null,
      pendingChange: null,
      isSettling: false,
    }
  )
}

export function note(engine: Engine, subscription: Subscription, changes: Partial<SubscriptionNotes>): void {
  engine.store.put('_subscription', { ...notesOf(engine, subscription), ...changes })
}

export const day = 86_400
export const trialNotice = 3 * day
export const upcomingNotice = 7 * day
export const incompleteFor = 23 * 3600

const isOver = (subscription: Subscription) => ['canceled', 'incomplete_expired'].includes(subscription.status)

export const nextPeriodEnd = (subscription: Subscription): number =>
  Math.min(...itemsOf(subscription).map((item) => item.current_period_end))

/** When there is something to do for a subscription next. */
export function subscriptionDueAt(engine: Engine, subscription: Subscription): number | null {
  if (isOver(subscription)) return null
  if (subscription.status === 'incomplete') return subscription.created + incompleteFor
  const notes = notesOf(engine, subscription)
  const end = nextPeriodEnd(subscription)
  const moments = [subscription.cancel_at, subscription.pending_update?.expires_at]
  if (subscription.status !== 'paused') moments.push(end)
  if (subscription.status === 'trialing' && subscription.trial_end !== null && !notes.trialWillEndSent) {
    moments.push(subscription.trial_end - trialNotice)
  }
  const announces = ['active', 'trialing', 'past_due'].includes(subscription.status)
  if (announces && notes.announced !== end) moments.push(end - upcomingNotice)
  const pausedUntil = subscription.pause_collection?.resumes_at
  if (pausedUntil) moments.push(pausedUntil)
  const known = moments.filter((moment): moment is number => typeof moment === 'number')
  return known.length > 0 ? Math.min(...known) : null
}

/** Stores a subscription with its items, and when it comes up again. */
export function putSubscription(engine: Engine, subscription: Subscription): void {
  const before = engine.store.get('subscription', subscription.id)
  const kept = new Set(itemsOf(subscription).map(({ id }) => id))
  for (const item of before ? itemsOf(before) : []) {
    if (!kept.has(item.id)) engine.store.remove('subscription_item', item.id)
  }
  for (const item of itemsOf(subscription)) engine.store.put('subscription_item', item)
  engine.store.put('subscription', subscription)
  const at = subscriptionDueAt(engine, subscription)
  setDue(engine, { id: subscription.id, at, clock: subscription.test_clock })
}
