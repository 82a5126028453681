import type { Engine } from '../engine.ts'
import type { Invoice, Subscription, SubscriptionItem } from '../tables.ts'
import { discountsFor } from './customer-discounts.ts'
import { issueDraft, type IssuedInvoice } from './invoice-issue.ts'
import type { LineDraft } from './invoice-lines.ts'
import { putInvoice } from './invoice-save.ts'
import { pendingItems } from './pending-items.ts'
import { periodAt } from './periods.ts'
import { intervalOf, isMetered } from './prices.ts'
import { itemsOf, nextPeriodEnd, note, withItems } from './subscription-build.ts'
import { licensedLine, meteredLine, netAmounts } from './subscription-lines.ts'
import { saveSubscription } from './subscription-save.ts'

export interface Renewal {
  subscription: Subscription
  issued: IssuedInvoice
}

const periodOf = (item: SubscriptionItem) => ({ start: item.current_period_start, end: item.current_period_end })

function renewedItem(subscription: Subscription, item: SubscriptionItem, at: number): SubscriptionItem {
  if (item.current_period_end > at) return item
  const { start, end } = periodAt({ anchor: subscription.billing_cycle_anchor, ...intervalOf(item.price) }, at)
  return { ...item, current_period_start: start, current_period_end: end }
}

/** Use of the period that ends, then the price of the period that begins. */
function renewalLines(engine: Engine, before: Subscription, after: Subscription): LineDraft[] {
  const wasTrial = before.status === 'trialing'
  const due = itemsOf(before).filter(
    (item, index) => item.current_period_end !== itemsOf(after)[index]?.current_period_end,
  )
  const used = due
    .filter((item) => isMetered(item.price) && !wasTrial)
    .map((item) => meteredLine(engine, { subscription: before, item, period: periodOf(item) }))
  const next = itemsOf(after)
    .filter((item) => !isMetered(item.price) && due.some(({ id }) => id === item.id))
    .map((item) => licensedLine(engine, { subscription: after, item, period: periodOf(item) }))
  return [...used, ...next]
}

/** The period that begins at the end of the present one, and its invoice; nothing is stored. */
export function planRenewal(engine: Engine, subscription: Subscription): Renewal {
  const at = nextPeriodEnd(subscription)
  const start = Math.min(...itemsOf(subscription).map((item) => item.current_period_start))
  const items = itemsOf(subscription).map((item) => renewedItem(subscription, item, at))
  const after = withItems(subscription, items)
  const { customer, currency } = subscription
  return {
    subscription: after,
    issued: {
      subscription: after,
      lines: renewalLines(engine, subscription, after),
      items: pendingItems(engine, { customer, subscription: subscription.id, currency }),
      reason: 'subscription_cycle',
      period: { start, end: at },
    },
  }
}

/** What whole periods cost from here on, as credit for unused time goes by it; a trial is worth nothing. */
export function noteBilled(engine: Engine, subscription: Subscription): void {
  if (subscription.status === 'trialing') {
    note(engine, subscription, { billed: {} })
    return
  }
  const customer = engine.need('customer', subscription.customer, 'customer')
  const billed = netAmounts(engine, {
    items: itemsOf(subscription),
    discounts: discountsFor(engine, { customer, subscription }),
    at: engine.now(subscription),
    currency: subscription.currency,
  })
  note(engine, subscription, { billed })
}

/** Invoices of a paused or unpaid subscription are written, but nobody is charged for them. */
function held(engine: Engine, subscription: Subscription, invoice: Invoice): void {
  const behavior = subscription.pause_collection?.behavior
  if (!behavior && subscription.status !== 'unpaid') return
  putInvoice(engine, { ...invoice, auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null })
}

export function renew(engine: Engine, before: Subscription, changes: Partial<Subscription> = {}): Subscription {
  const renewal = planRenewal(engine, before)
  const subscription = { ...renewal.subscription, ...changes }
  noteBilled(engine, subscription)
  note(engine, subscription, { announced: null })
  const drafted = issueDraft(engine, { ...renewal.issued, subscription })
  held(engine, subscription, drafted.invoice)
  return saveSubscription(engine, before, drafted.subscription)
}
