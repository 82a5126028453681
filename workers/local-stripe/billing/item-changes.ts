import type { Engine } from '../engine.ts'
import { invalid, noSuch } from '../errors.ts'
import { mergeMetadata } from '../metadata.ts'
import type { Subscription, SubscriptionItem } from '../tables.ts'
import { periodAt } from './periods.ts'
import { intervalOf, recurringPrice } from './prices.ts'
import { itemsOf, newItem, withPrice } from './subscription-build.ts'

export interface ItemGiven {
  id?: string
  price?: string
  quantity?: number
  deleted?: boolean
  metadata?: Record<string, string> | ''
}

/** Items as a request would have them. Those without an id are new, those that are not named stay. */
export function changedItems(
  engine: Engine,
  { subscription, given, at }: { subscription: Subscription; given: ItemGiven[]; at: number },
): SubscriptionItem[] {
  let items = itemsOf(subscription)
  for (const [index, change] of given.entries()) {
    const param = `items[${index}]`
    const found = change.id === undefined ? undefined : items.find(({ id }) => id === change.id)
    if (change.id !== undefined && !found) throw noSuch('subscription item', change.id, `${param}[id]`)
    if (found && change.deleted) items = items.filter((item) => item !== found)
    else if (found) items = items.map((item) => (item === found ? changedItem(engine, { item, change, param }) : item))
    else items = [...items, addedItem(engine, { subscription, change, param, at })]
  }
  refuseTwice(items)
  if (items.length === 0) {
    throw invalid('A subscription must have at least one active plan. To cancel, use the cancel endpoint instead.')
  }
  return items
}

function changedItem(
  engine: Engine,
  { item, change, param }: { item: SubscriptionItem; change: ItemGiven; param: string },
): SubscriptionItem {
  const quantity = change.quantity ?? item.quantity
  const next = { ...item, ...(quantity !== undefined && { quantity }) }
  const priced =
    change.price === undefined || change.price === item.price.id
      ? next
      : withPrice(next, recurringPrice(engine, change.price, `${param}[price]`))
  return { ...priced, metadata: mergeMetadata(item.metadata, change.metadata) }
}

function addedItem(
  engine: Engine,
  { subscription, change, param, at }: { subscription: Subscription; change: ItemGiven; param: string; at: number },
): SubscriptionItem {
  if (change.price === undefined)
    throw invalid(`Missing required param: ${param}[price].`, { param: `${param}[price]` })
  const price = recurringPrice(engine, change.price, `${param}[price]`)
  if (price.currency !== subscription.currency) {
    throw invalid(
      `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${subscription.currency}\`.`,
      { param: `${param}[price]` },
    )
  }
  const current = subscription.trial_end !== null && subscription.trial_end > at ? itemsOf(subscription)[0] : undefined
  const period = current
    ? { start: current.current_period_start, end: current.current_period_end }
    : periodAt({ anchor: subscription.billing_cycle_anchor, ...intervalOf(price) }, at)
  return newItem(engine, {
    subscription,
    price,
    quantity: change.quantity,
    metadata: mergeMetadata({}, change.metadata),
    period,
  })
}

function refuseTwice(items: SubscriptionItem[]): void {
  const prices = items.map(({ price }) => price.id)
  const twice = prices.find((price, index) => prices.indexOf(price) !== index)
  if (twice) throw invalid(`Cannot add multiple subscription items with the same plan: ${twice}`)
}

export const isSameBilling = (left: SubscriptionItem, right: SubscriptionItem): boolean =>
  left.price.id === right.price.id && (left.quantity ?? 1) === (right.quantity ?? 1)
