import type { Engine } from '../engine.ts'
import type { Discount, Subscription, SubscriptionItem } from '../tables.ts'
import { termsOf } from './customer-discounts.ts'
import { itemParent, type LineDraft } from './invoice-lines.ts'
import { dateText } from './money-text.ts'
import { isMetered, priceAmount, priceText, productName, productOf, taxBehaviorOf } from './prices.ts'
import type { ProrationLine } from './proration.ts'
import { totals } from './totals.ts'
import { aggregatedUsage } from './usage.ts'

interface Period {
  start: number
  end: number
}

const grossOf = (item: SubscriptionItem) =>
  isMetered(item.price) ? 0 : priceAmount({ price: item.price, quantity: item.quantity ?? 1 })

/** What is paid by use alone is free in advance. */
export const isFree = (items: SubscriptionItem[]): boolean => items.every((item) => grossOf(item) === 0)

/** What each item costs for a whole period after discounts, by id; what is paid by use is not in it. */
export function netAmounts(
  engine: Engine,
  {
    items,
    discounts,
    at,
    currency,
  }: { items: SubscriptionItem[]; discounts: Discount[]; at: number; currency: string },
): Record<string, number> {
  const licensed = items.filter((item) => !isMetered(item.price))
  const result = totals({
    lines: licensed.map((item) => ({
      amount: grossOf(item),
      discountable: true,
      product: productOf(item.price),
      taxBehavior: taxBehaviorOf(item.price),
    })),
    discounts: termsOf(engine, { discounts, at, currency }),
    tax: null,
  })
  return Object.fromEntries(licensed.map((item, index) => [item.id, result.lines[index]?.taxableAmount ?? 0]))
}

function draftOf(subscription: Subscription, item: SubscriptionItem) {
  return {
    currency: subscription.currency,
    price: item.price,
    discountable: true,
    metadata: {},
    parent: itemParent({ subscription: subscription.id, item: item.id }),
    subscription: subscription.id,
  }
}

/** A period that is paid in advance. */
export function licensedLine(
  engine: Engine,
  { subscription, item, period }: { subscription: Subscription; item: SubscriptionItem; period: Period },
): LineDraft {
  const quantity = item.quantity ?? 1
  return {
    ...draftOf(subscription, item),
    amount: grossOf(item),
    description: priceText({ engine, price: item.price, quantity }),
    period,
    quantity,
  }
}

export function trialLine(
  engine: Engine,
  { subscription, item, period }: { subscription: Subscription; item: SubscriptionItem; period: Period },
): LineDraft {
  return {
    ...draftOf(subscription, item),
    amount: 0,
    description: `Trial period for ${productName(engine, item.price)}`,
    period,
    quantity: item.quantity ?? 1,
  }
}

/** What was used in a period that is over, paid afterwards. */
export function meteredLine(
  engine: Engine,
  { subscription, item, period }: { subscription: Subscription; item: SubscriptionItem; period: Period },
): LineDraft {
  const meter = item.price.recurring?.meter
  const known = meter ? engine.store.get('billing.meter', meter) : undefined
  const { customer } = subscription
  const quantity = known ? aggregatedUsage(engine, { meter: known, customer, ...period }) : 0
  return {
    ...draftOf(subscription, item),
    amount: priceAmount({ price: item.price, quantity }),
    description: priceText({ engine, price: item.price, quantity }),
    period,
    quantity,
  }
}

/** A share of a period, given back or charged; discounts are in it already. */
export function prorationDraft(
  engine: Engine,
  {
    subscription,
    item,
    line,
    period,
  }: { subscription: Subscription; item: SubscriptionItem; line: ProrationLine; period: Period },
): LineDraft {
  const quantity = item.quantity ?? 1
  const what = `${quantity === 1 ? '' : `${quantity} × `}${productName(engine, item.price)}`
  const kind = line.kind === 'unused' ? 'Unused' : 'Remaining'
  return {
    ...draftOf(subscription, item),
    amount: line.amount,
    description: `${kind} time on ${what} after ${dateText(period.start)}`,
    period,
    quantity,
    discountable: false,
    parent: itemParent({ subscription: subscription.id, item: item.id, proration: true }),
  }
}
