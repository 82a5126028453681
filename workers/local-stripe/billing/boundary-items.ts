import type { Engine } from '../engine.ts'
import type { Subscription } from '../tables.ts'
import { changedItems, type ItemGiven } from './item-changes.ts'
import { itemsOf, withItems } from './subscription-build.ts'

/** Other items from the end of the period on: they carry the old period, which the renewal closes at once. */
export function boundaryItems(
  engine: Engine,
  { subscription, items, now }: { subscription: Subscription; items: ItemGiven[]; now: number },
): Subscription {
  const [first] = itemsOf(subscription)
  const changed = changedItems(engine, { subscription, given: items, at: now })
  if (!first) return withItems(subscription, changed)
  const known = new Set(itemsOf(subscription).map(({ id }) => id))
  return withItems(
    subscription,
    changed.map((item) =>
      known.has(item.id)
        ? item
        : { ...item, current_period_start: first.current_period_start, current_period_end: first.current_period_end },
    ),
  )
}
