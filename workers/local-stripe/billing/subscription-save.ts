import { previousAttributes } from '../changes.ts'
import type { Engine } from '../engine.ts'
import type { Subscription } from '../tables.ts'
import { putSubscription } from './subscription-build.ts'

/** Stores what became of a subscription and tells it, where anything changed. */
export function saveSubscription(engine: Engine, before: Subscription, after: Subscription): Subscription {
  const changed = previousAttributes(before, after)
  putSubscription(engine, after)
  if (Object.keys(changed).length > 0) engine.emit('customer.subscription.updated', after, changed)
  return after
}
