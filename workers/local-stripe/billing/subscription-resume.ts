import { previousAttributes } from '../changes.ts'
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { Subscription } from '../tables.ts'
import { collectNow, issueDraft } from './invoice-issue.ts'
import { itemsOf, putSubscription, withItems } from './subscription-build.ts'
import { noteBilled } from './subscription-renew.ts'
import { firstLines } from './subscription-start.ts'
import { periodAt } from './periods.ts'
import { intervalOf } from './prices.ts'

/** A subscription that paused when its trial ended without a card goes on, with a period that begins now. */
export function resumeSubscription(
  engine: Engine,
  id: string,
  { anchor }: { anchor: 'now' | 'unchanged' },
): Subscription {
  const before = engine.need('subscription', id)
  if (before.status !== 'paused') throw invalid('You can only resume a subscription that is paused.')
  const now = engine.now(before)
  const cycle = anchor === 'now' ? now : before.billing_cycle_anchor
  const items = itemsOf(before).map((item) => {
    const { end } = periodAt({ anchor: cycle, ...intervalOf(item.price) }, now)
    return { ...item, current_period_start: now, current_period_end: end }
  })
  const resumed: Subscription = { ...withItems(before, items), billing_cycle_anchor: cycle, status: 'active' }
  noteBilled(engine, resumed)
  const lines = firstLines(engine, resumed)
  const drafted = issueDraft(engine, {
    subscription: { ...resumed, status: 'paused' },
    lines,
    items: [],
    reason: 'subscription_update',
    period: { start: now, end: now },
  })
  putSubscription(engine, drafted.subscription)
  collectNow(engine, drafted.invoice.id, { collect: true, offSession: true })
  const after = engine.need('subscription', id)
  if (after.status === 'active') engine.emit('customer.subscription.resumed', after, previousAttributes(before, after))
  return after
}
