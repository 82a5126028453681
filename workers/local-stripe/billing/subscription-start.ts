import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { Customer, Discount, Subscription, SubscriptionItem } from '../tables.ts'
import type { LineDraft } from './invoice-lines.ts'
import type { ItemGiven } from './item-changes.ts'
import { boundary, periodAt } from './periods.ts'
import { intervalOf, isMetered, recurringPrice } from './prices.ts'
import { remainingAmount } from './proration.ts'
import { blankSubscription, itemsOf, newItem } from './subscription-build.ts'
import { licensedLine, trialLine } from './subscription-lines.ts'

export interface StartGiven {
  customer: Customer
  items: ItemGiven[]
  discounts: Discount[]
  trialEnd: number | null
  /** A first period may be shorter, up to this instant. */
  anchor?: number
}

/** A subscription as it begins, not stored and not paid. */
export function startSubscription(engine: Engine, given: StartGiven): Subscription {
  const now = engine.now({ customer: given.customer.id })
  const id = engine.id('sub')
  const prices = given.items.map((item, index) => recurringPrice(engine, item.price ?? '', `items[${index}][price]`))
  const [first] = prices
  if (!first) throw invalid('Missing required param: items.', { code: 'parameter_missing', param: 'items' })
  if (prices.some((price) => price.currency !== first.currency)) {
    throw invalid('You cannot combine currencies on a single customer.', { param: 'items' })
  }
  const anchor = given.trialEnd ?? given.anchor ?? now
  const items = given.items.map((item, index): SubscriptionItem => {
    const price = prices[index] ?? first
    const recurrence = { anchor: now, ...intervalOf(price) }
    const period = { start: now, end: anchor > now ? anchor : boundary(recurrence, 1) }
    return newItem(engine, {
      subscription: { id, customer: given.customer.id },
      price,
      quantity: item.quantity,
      ...(item.metadata && { metadata: item.metadata }),
      period,
    })
  })
  return {
    ...blankSubscription,
    id,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: anchor,
    billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' }, updated_at: now },
    created: now,
    currency: first.currency,
    customer: given.customer.id,
    discounts: given.discounts.map((discount) => discount.id),
    items: { object: 'list', data: items, has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    metadata: {},
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off' },
    start_date: now,
    test_clock: typeof given.customer.test_clock === 'string' ? given.customer.test_clock : null,
    trial_end: given.trialEnd,
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' } },
    trial_start: given.trialEnd === null ? null : now,
    status: given.trialEnd === null ? 'incomplete' : 'trialing',
  }
}

/** The first period is charged whole, or in part where it ends at an anchor of its own. */
function firstLine(engine: Engine, subscription: Subscription, item: SubscriptionItem): LineDraft {
  const period = { start: item.current_period_start, end: item.current_period_end }
  if (subscription.status === 'trialing') return trialLine(engine, { subscription, item, period })
  const line = licensedLine(engine, { subscription, item, period })
  const whole = periodAt({ anchor: subscription.billing_cycle_anchor, ...intervalOf(item.price) }, period.start)
  if (whole.start === period.start || whole.end !== period.end) return line
  return { ...line, amount: remainingAmount({ amount: line.amount, ...whole, at: period.start }) }
}

export const firstLines = (engine: Engine, subscription: Subscription): LineDraft[] =>
  itemsOf(subscription)
    .filter((item) => !isMetered(item.price))
    .map((item) => firstLine(engine, subscription, item))
