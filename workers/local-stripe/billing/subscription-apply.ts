// From what a request says to a planned change: shared by updates, items, schedules and previews.
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { Subscription } from '../tables.ts'
import { changedItems, type ItemGiven } from './item-changes.ts'
import { itemsOf, withItems } from './subscription-build.ts'
import { planChange, type Change, type ProrationBehavior } from './subscription-change.ts'

export interface AppliedGiven {
  items?: ItemGiven[]
  proration_behavior?: ProrationBehavior
  proration_date?: number
  billing_cycle_anchor?: 'now' | 'unchanged'
  trial_end?: 'now' | number
}

/** A trial that is set, moved or ended: the period goes along with it. */
function withTrial(engine: Engine, subscription: Subscription, end: 'now' | number | undefined): Subscription {
  if (end === undefined) return subscription
  const now = engine.now(subscription)
  const isTrialing = subscription.status === 'trialing'
  if (end === 'now' || end <= now) {
    if (typeof end === 'number') throw invalid('`trial_end` must be in the future.', { param: 'trial_end' })
    return isTrialing ? { ...subscription, trial_end: now, status: 'active' } : subscription
  }
  const items = itemsOf(subscription).map((item) => ({
    ...item,
    current_period_start: isTrialing ? item.current_period_start : now,
    current_period_end: end,
  }))
  return {
    ...withItems(subscription, items),
    billing_cycle_anchor: end,
    status: 'trialing',
    trial_end: end,
    trial_start: isTrialing ? subscription.trial_start : now,
  }
}

export interface Applied {
  changed: Subscription
  change: Change | null
  prorationDate: number
}

/** What the request makes of a subscription, and what that costs. */
export function applied(engine: Engine, { before, given }: { before: Subscription; given: AppliedGiven }): Applied {
  const now = engine.now(before)
  const at = given.proration_date ?? now
  const changed = withTrial(engine, before, given.trial_end)
  const endsTrial = before.status === 'trialing' && changed.status === 'active'
  const touches = given.items !== undefined || endsTrial || given.billing_cycle_anchor === 'now'
  if (!touches) return { changed, change: null, prorationDate: at }
  const items = given.items ? changedItems(engine, { subscription: changed, given: given.items, at }) : itemsOf(changed)
  const change = planChange(engine, {
    subscription: changed,
    items,
    behavior: given.proration_behavior ?? 'create_prorations',
    at: endsTrial ? now : at,
    resetsAnchor: endsTrial || given.billing_cycle_anchor === 'now',
  })
  return { changed, change, prorationDate: at }
}
