// A change that waits for the period's end is taken back: the subscription goes on as it is.
import type Stripe from 'stripe'
import type { BillingSystem } from '../context.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe, expectObject, isMissing } from '../stripe.ts'
import { idOf } from '../sync/organization-of.ts'

/** False where there was none. */
export async function releaseSchedule({
  subscription,
  ctx,
}: {
  subscription: Stripe.Subscription
  ctx: BillingSystem
}): Promise<boolean> {
  const id = idOf(subscription.schedule)
  if (id === null) return false
  const { subscriptionSchedules: schedules } = stripeOf(ctx)
  try {
    const schedule = expectObject(await askStripe(() => schedules.retrieve(id)), 'subscription_schedule')
    if (schedule.status !== 'active' && schedule.status !== 'not_started') return false
    await askStripe(() => schedules.release(id, undefined, { idempotencyKey: `release:${id}` }))
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
