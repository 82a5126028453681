import { previousAttributes } from '../changes.ts'
import type { Engine } from '../engine.ts'
import { mergeMetadata } from '../metadata.ts'
import type { Subscription, SubscriptionSchedule } from '../tables.ts'
import { boundaryItems } from './boundary-items.ts'
import { keepDiscounts, newDiscount } from './customer-discounts.ts'
import { setDue } from './due.ts'
import type { ItemGiven } from './item-changes.ts'
import { createSubscription } from './subscription-create.ts'
import { phaseAt, type Phase } from './schedule-phases.ts'
import { applied } from './subscription-apply.ts'
import { itemsOf } from './subscription-build.ts'
import type { ProrationBehavior } from './subscription-change.ts'
import { meteredLine } from './subscription-lines.ts'
import { isMetered } from './prices.ts'
import { keepInvoiceItem, newInvoiceItem } from './pending-items.ts'
import { cancelNow } from './subscription-cancel.ts'
import { saveSubscription } from './subscription-save.ts'
import { updateSubscription } from './subscription-update.ts'

/** The items that make a subscription what a phase says: those of the same price stay, others change place with them. */
export function itemsForPhase(subscription: Subscription, phase: Phase): ItemGiven[] {
  const before = itemsOf(subscription)
  const wanted = phase.items.map(({ price, quantity }) => ({ price, quantity }))
  const kept = before.filter((item) => wanted.some(({ price }) => price === item.price.id))
  const free = before.filter((item) => !kept.includes(item))
  const changes = wanted.map(({ price, quantity }): ItemGiven => {
    const same = kept.find((item) => item.price.id === price)
    const taken = same ?? free.shift()
    return { ...(taken && { id: taken.id }), price, ...(quantity !== undefined && { quantity }) }
  })
  return [...changes, ...free.map(({ id }) => ({ id, deleted: true }))]
}

/** A phase that ends with the period changes what the renewal charges, and nothing before it. */
export function applyPhase(engine: Engine, { before, phase }: { before: Subscription; phase: Phase }): Subscription {
  const now = engine.now(before)
  const atBoundary = itemsOf(before).every((item) => item.current_period_end <= now)
  const holder = { customer: before.customer, subscription: before.id }
  const discounts = phase.discounts.map((each) =>
    newDiscount(engine, {
      given: {
        ...(each.coupon && { coupon: each.coupon }),
        ...(each.discount && { discount: each.discount }),
        ...(each.promotion_code && { promotion_code: each.promotion_code }),
      },
      holder,
      now,
    }),
  )
  const fields: Subscription = {
    ...before,
    collection_method: phase.collection_method ?? before.collection_method,
    default_payment_method: phase.default_payment_method ?? before.default_payment_method,
    discounts: discounts.length > 0 ? keepDiscounts(engine, discounts) : before.discounts,
    metadata: mergeMetadata(before.metadata, phase.metadata ?? undefined),
  }
  const items = itemsForPhase(fields, phase)
  if (atBoundary) return applyAtBoundary(engine, { before, fields, items, now })
  const { changed, change, prorationDate } = applied(engine, {
    before: fields,
    given: { items, proration_behavior: behaviorOf(phase) },
  })
  return updateSubscription(engine, {
    before,
    changed,
    change,
    behavior: 'allow_incomplete',
    prorationDate,
    offSession: true,
  })
}

const behaviorOf = ({ proration_behavior: behavior }: Phase): ProrationBehavior =>
  (['none', 'always_invoice'] as const).find((known) => known === behavior) ?? 'create_prorations'

function applyAtBoundary(
  engine: Engine,
  { before, fields, items, now }: { before: Subscription; fields: Subscription; items: ItemGiven[]; now: number },
): Subscription {
  const after = boundaryItems(engine, { subscription: fields, items, now })
  keepUse(engine, before, after)
  return saveSubscription(engine, before, after)
}

/** What was used of an item that leaves goes on the renewal. */
function keepUse(engine: Engine, before: Subscription, after: Subscription): void {
  const left = itemsOf(before).filter(
    (old) =>
      isMetered(old.price) && !itemsOf(after).some(({ id, price }) => id === old.id && price.id === old.price.id),
  )
  for (const item of left) {
    const period = { start: item.current_period_start, end: item.current_period_end }
    const draft = meteredLine(engine, { subscription: before, item, period })
    if (draft.amount === 0) continue
    keepInvoiceItem(engine, newInvoiceItem(engine, { draft, customer: before.customer, testClock: before.test_clock }))
  }
}

export function putSchedule(engine: Engine, schedule: SubscriptionSchedule): SubscriptionSchedule {
  engine.store.put('subscription_schedule', schedule)
  const isLive = schedule.status === 'active' || schedule.status === 'not_started'
  const at = schedule.current_phase?.end_date ?? schedule.phases[0]?.start_date ?? null
  setDue(engine, { id: schedule.id, at: isLive ? at : null, clock: schedule.test_clock })
  return schedule
}

export function saveSchedule(
  engine: Engine,
  { before, after, name }: { before: SubscriptionSchedule; after: SubscriptionSchedule; name?: string },
): SubscriptionSchedule {
  putSchedule(engine, after)
  engine.emit(name ?? 'subscription_schedule.updated', after, previousAttributes(before, after))
  return after
}

/** The subscription goes on as it is. */
export function releaseSchedule(engine: Engine, before: SubscriptionSchedule): SubscriptionSchedule {
  const now = engine.now(before)
  const subscription = before.subscription ? engine.store.get('subscription', before.subscription) : undefined
  const after: SubscriptionSchedule = {
    ...before,
    current_phase: null,
    released_at: now,
    released_subscription: before.subscription,
    status: 'released',
    subscription: null,
  }
  const released = saveSchedule(engine, { before, after, name: 'subscription_schedule.released' })
  if (subscription) saveSubscription(engine, subscription, { ...subscription, schedule: null })
  return released
}

function complete(engine: Engine, before: SubscriptionSchedule): void {
  if (before.end_behavior === 'release') {
    const released = releaseSchedule(engine, before)
    engine.emit('subscription_schedule.completed', released)
    return
  }
  const after: SubscriptionSchedule = {
    ...before,
    completed_at: engine.now(before),
    current_phase: null,
    status: 'completed',
  }
  saveSchedule(engine, { before, after, name: 'subscription_schedule.completed' })
  const subscription = before.subscription ? engine.store.get('subscription', before.subscription) : undefined
  if (subscription) cancelNow(engine, { subscription, reason: 'cancellation_requested' })
}

function begin(engine: Engine, before: SubscriptionSchedule, phase: Phase): string {
  const customer = engine.need('customer', before.customer, 'customer')
  const subscription = createSubscription(engine, {
    customer,
    items: phase.items.map(({ price, quantity }) => ({ price, ...(quantity !== undefined && { quantity }) })),
    discounts: [],
    trialEnd: phase.trial_end,
    behavior: 'allow_incomplete',
    offSession: true,
    isScheduled: true,
    finish: (blank) => ({ ...blank, schedule: before.id }),
  })
  return subscription.id
}

/** The phase that has come: the subscription becomes what it says. */
export function scheduleWork(engine: Engine, id: string): void {
  const before = engine.store.get('subscription_schedule', id)
  engine.store.remove('_due', id)
  if (!before || !['active', 'not_started'].includes(before.status)) return
  const phase = phaseAt(before, engine.now(before))
  if (!phase) {
    complete(engine, before)
    return
  }
  const subscription = before.subscription ? engine.store.get('subscription', before.subscription) : undefined
  if (subscription) applyPhase(engine, { before: subscription, phase })
  const after: SubscriptionSchedule = {
    ...before,
    current_phase: { start_date: phase.start_date, end_date: phase.end_date },
    status: 'active',
    subscription: subscription?.id ?? begin(engine, before, phase),
  }
  saveSchedule(engine, { before, after })
}
