// What exchanging items costs, now or later. A preview and the change itself ask here, so that they cannot differ.
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { Customer, Discount, Subscription, SubscriptionItem } from '../tables.ts'
import { discountsFor } from './customer-discounts.ts'
import type { LineDraft } from './invoice-lines.ts'
import { isSameBilling } from './item-changes.ts'
import { periodAt } from './periods.ts'
import { intervalOf, isMetered } from './prices.ts'
import { prorationLines } from './proration.ts'
import { itemsOf, notesOf } from './subscription-build.ts'
import { isFree, licensedLine, meteredLine, netAmounts, prorationDraft } from './subscription-lines.ts'

export type ProrationBehavior = 'none' | 'create_prorations' | 'always_invoice'

export interface ChangeGiven {
  subscription: Subscription
  items: SubscriptionItem[]
  behavior: ProrationBehavior
  at: number
  resetsAnchor?: boolean
}

export interface Change {
  items: SubscriptionItem[]
  anchor: number
  /** Shares of the present period, for this or the next invoice. */
  prorations: LineDraft[]
  /** What is charged at once because a period begins. */
  charges: LineDraft[]
  invoicesNow: boolean
  billed: Record<string, number>
}

const isTrialing = ({ subscription, at }: ChangeGiven) =>
  subscription.status === 'trialing' && subscription.trial_end !== null && subscription.trial_end > at

const sameInterval = (left: SubscriptionItem, right: SubscriptionItem) =>
  left.price.recurring?.interval === right.price.recurring?.interval &&
  left.price.recurring?.interval_count === right.price.recurring?.interval_count

/** Another interval begins a period of its own, and so does the step between free and paid. */
function beginsAnew({ subscription, items, resetsAnchor = false }: ChangeGiven): boolean {
  const before = itemsOf(subscription)
  const changed = items.some((item) => {
    const old = before.find(({ id }) => id === item.id)
    return old !== undefined && !isMetered(item.price) && !sameInterval(old, item)
  })
  return resetsAnchor || changed || isFree(before) !== isFree(items)
}

function refuseDateOutside({ subscription, at }: ChangeGiven): void {
  const starts = itemsOf(subscription).map((item) => item.current_period_start)
  const ends = itemsOf(subscription).map((item) => item.current_period_end)
  if (at >= Math.min(...starts) && at <= Math.max(...ends)) return
  throw invalid('Cannot specify `proration_date` outside of the current billing period.', { param: 'proration_date' })
}

interface Sums {
  billed: Record<string, number>
  after: Record<string, number>
}

/** Lines of one changed item: `next` is null for one that is removed, `old` for one that is new. */
function proratedLines(
  engine: Engine,
  { given, old, next, sums }: { given: ChangeGiven; old?: SubscriptionItem; next?: SubscriptionItem; sums: Sums },
): LineDraft[] {
  const { subscription, at } = given
  const item = old ?? next
  if (!item) return []
  const period = { start: item.current_period_start, end: item.current_period_end }
  const before = old ? (sums.billed[old.id] ?? null) : null
  const after = next ? (sums.after[next.id] ?? null) : null
  const lines = prorationLines({ items: [{ key: item.id, before, after }], ...period, at })
  return lines.flatMap((line) => {
    const of = line.kind === 'unused' ? old : next
    return of ? [prorationDraft(engine, { subscription, item: of, line, period: { start: at, end: period.end } })] : []
  })
}

function pairs({ subscription, items }: ChangeGiven): { old?: SubscriptionItem; next?: SubscriptionItem }[] {
  const before = itemsOf(subscription)
  const kept = items.map((next) => ({ old: before.find(({ id }) => id === next.id), next }))
  const removed = before.filter(({ id }) => !items.some((item) => item.id === id)).map((old) => ({ old }))
  return [...kept, ...removed].filter(({ old, next }: { old?: SubscriptionItem; next?: SubscriptionItem }) =>
    old && next ? !isSameBilling(old, next) : true,
  )
}

/** What was used of an item that leaves, so that it is not forgotten. */
function usageLeft(engine: Engine, { subscription, items, at }: ChangeGiven, all: boolean): LineDraft[] {
  return itemsOf(subscription)
    .filter((old) => isMetered(old.price))
    .filter((old) => all || !items.some((item) => item.id === old.id && item.price.id === old.price.id))
    .map((item) => meteredLine(engine, { subscription, item, period: { start: item.current_period_start, end: at } }))
    .filter(({ amount }) => amount !== 0)
}

function anew(engine: Engine, given: ChangeGiven, sums: Sums): Change {
  const { subscription, at } = given
  const items = given.items.map((item) => {
    const { end } = periodAt({ anchor: at, ...intervalOf(item.price) }, at)
    return { ...item, current_period_start: at, current_period_end: end }
  })
  const old = given.behavior === 'none' ? [] : itemsOf(subscription)
  const credits = old.flatMap((item) => proratedLines(engine, { given, old: item, sums }))
  const licensed = items.filter((item) => !isMetered(item.price))
  const charges = licensed.map((item) =>
    licensedLine(engine, {
      subscription,
      item,
      period: { start: item.current_period_start, end: item.current_period_end },
    }),
  )
  return {
    items,
    anchor: at,
    prorations: credits,
    charges: [...usageLeft(engine, given, true), ...charges],
    invoicesNow: true,
    billed: sums.after,
  }
}

function discountsOf(engine: Engine, subscription: Subscription): Discount[] {
  const customer: Customer = engine.need('customer', subscription.customer, 'customer')
  return discountsFor(engine, { customer, subscription })
}

export function planChange(engine: Engine, given: ChangeGiven): Change {
  const { subscription, items, behavior, at } = given
  const anchor = subscription.billing_cycle_anchor
  const plain = { items, anchor, prorations: [], charges: [], invoicesNow: false }
  if (isTrialing(given)) return { ...plain, billed: {} }
  refuseDateOutside(given)
  const { billed } = notesOf(engine, subscription)
  const after = netAmounts(engine, {
    items,
    discounts: discountsOf(engine, subscription),
    at,
    currency: subscription.currency,
  })
  const sums = { billed, after }
  if (beginsAnew(given)) return anew(engine, given, sums)
  const changes = pairs(given)
  const changedIds = new Set(changes.flatMap(({ old, next }) => [old?.id, next?.id]))
  if (behavior === 'none') {
    const kept = items.map((item) => [item.id, billed[item.id] ?? 0] as const)
    return { ...plain, prorations: usageLeft(engine, given, false), billed: Object.fromEntries(kept) }
  }
  const prorations = changes.flatMap((change) => proratedLines(engine, { given, ...change, sums }))
  const next = items.map((item) => {
    const amount = changedIds.has(item.id) ? after[item.id] : (billed[item.id] ?? after[item.id])
    return [item.id, amount ?? 0] as const
  })
  return {
    ...plain,
    prorations: [...prorations, ...usageLeft(engine, given, false)],
    invoicesNow: behavior === 'always_invoice',
    billed: Object.fromEntries(next),
  }
}
