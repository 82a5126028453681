// A cheaper plan, when what was paid for has ended: a schedule of Stripe's makes the change then.
import type Stripe from 'stripe'
import type { ChangeResult } from '#shared/contracts/billing'
import type { BillingSystem } from '../context.ts'
import { stripeOf } from '../stripe-of.ts'
import { expectObject, tellStripe } from '../stripe.ts'
import { idOf } from '../sync/organization-of.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'
import { dropPendingUpdate } from './drop-pending-update.ts'
import type { PlanChange } from './plan-change.ts'
import { releaseSchedule } from './release-schedule.ts'

type Phase = Stripe.SubscriptionScheduleUpdateParams.Phase

const asNow = ({ price, quantity }: Stripe.SubscriptionItem): Phase['items'][number] => ({
  price: price.id,
  ...(price.recurring?.usage_type !== 'metered' && { quantity: quantity ?? 1 }),
})

/** What stands beside the plan goes on as it will be then. */
function itemsThen({ subscription, planItem, items, priceId, to }: PlanChange): Phase['items'] {
  const others = subscription.items.data.filter(({ id }) => id !== planItem.id)
  return [
    { price: priceId, quantity: to.seats },
    ...others.flatMap((other) => {
      const changed = items.find(({ id }) => id === other.id)
      if (!changed) return [asNow(other)]
      return changed.price ? [{ price: changed.price }] : []
    }),
  ]
}

export async function changeLater({
  change,
  name,
  ctx,
}: {
  change: PlanChange
  name: string
  ctx: BillingSystem
}): Promise<ChangeResult> {
  const { subscription, to } = change
  const { subscriptionSchedules: schedules } = stripeOf(ctx)
  await releaseSchedule({ subscription, ctx })
  await dropPendingUpdate({ subscription, ctx })
  const made = await tellStripe(() =>
    schedules.create(
      { from_subscription: subscription.id },
      // One that broke off half-way has left a schedule, which was released above: another is made after it.
      { idempotencyKey: `${name}:schedule:${idOf(subscription.schedule) ?? 'first'}` },
    ),
  )
  const schedule = expectObject(made, 'subscription_schedule')
  const [present] = schedule.phases
  if (!present) throw new Error('a schedule came without its present phase')
  const phases: Phase[] = [
    { items: subscription.items.data.map(asNow), start_date: present.start_date, end_date: present.end_date },
    { items: itemsThen(change), duration: { interval: to.interval, interval_count: 1 }, proration_behavior: 'none' },
  ]
  await tellStripe(() =>
    schedules.update(
      schedule.id,
      { end_behavior: 'release', proration_behavior: 'none', phases },
      { idempotencyKey: `${name}:phases:${schedule.id}` },
    ),
  )
  await syncSubscription({ id: subscription.id, ctx })
  return { outcome: 'scheduled', pay_url: null }
}
