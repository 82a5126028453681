// A change that somebody wants, worked out: what it is changed to, at which price, and when.
import type Stripe from 'stripe'
import type { ChangeWanted } from '#shared/contracts/billing'
import { conflict, notFound } from '#shared/http/problems'
import type { BillingSystem } from '../context.ts'
import { organizationFacts, priceOf, requireSoldPlan, seatsWanted } from '../plans/choose-plan.ts'
import { ensureOveragePrice } from '../plans/ensure-overage-price.ts'
import { ensurePrice } from '../plans/ensure-prices.ts'
import { planItemOf } from '../sync/subscription-facts.ts'
import { isSame, whenToChange, type Terms } from './change-direction.ts'
import { requireChangeable, type Subscribed } from './require-subscription.ts'

export interface PlanChange extends Subscribed {
  to: Terms
  /** It is so already. */
  isSame: boolean
  when: 'now' | 'period_end'
  /** Nothing is paid before the trial has ended, whatever is changed. */
  inTrial: boolean
  /** The item that is the plan's, and all others that go with it: `SubscriptionUpdateParams.items`. */
  items: Stripe.SubscriptionUpdateParams.Item[]
  planItem: Stripe.SubscriptionItem
  priceId: string
  /** Of the next whole period, before tax. */
  amountMinor: number
}

export const nothingChanges = () => conflict('This is what your organization has already. Nothing was changed.')

/** Use beyond credit is measured by a price with the same interval as the plan's. */
async function otherItems({
  subscription,
  planItem,
  to,
  ctx,
}: Subscribed & { planItem: Stripe.SubscriptionItem; to: Terms; ctx: BillingSystem }) {
  const others = subscription.items.data.filter(({ id }) => id !== planItem.id)
  if (others.length === 0 || planItem.price.recurring?.interval === to.interval) return []
  const { interval } = to
  const price = await ensureOveragePrice({ interval, currency: subscription.currency, ctx })
  return others.map(({ id }) => ({ id, price }))
}

export async function planChange({
  organizationId,
  wanted,
  ctx,
}: {
  organizationId: string
  wanted: ChangeWanted
  ctx: BillingSystem
}): Promise<PlanChange> {
  const subscribed = await requireChangeable({ organizationId, ctx })
  const { row, subscription } = subscribed
  const found = await planItemOf(subscription, ctx)
  if (!found) throw notFound('subscription')
  const { item: planItem, sold } = found
  // As Stripe has it: our own row may not have heard of the last change yet.
  const present = { id: sold.planId, version: sold.version, body: sold.body }
  // Who keeps a plan keeps the version that was bought.
  const plan = wanted.plan_id === present.id ? present : await requireSoldPlan({ planId: wanted.plan_id, ctx })
  const { interval } = wanted
  const { currency } = row
  const price = priceOf({ plan, interval, currency })
  const facts = await organizationFacts({ organizationId, ctx })
  const to: Terms = { plan, interval, seats: seatsWanted({ plan, seats: wanted.seats, facts }) }
  const from: Terms = {
    plan: present,
    interval: sold.interval,
    seats: present.body.kind === 'per_seat' ? (planItem.quantity ?? 1) : 1,
  }
  const item = { kind: 'plan' as const, itemId: plan.id, version: plan.version, interval, currency }
  const inTrial = subscription.status === 'trialing'
  const priceId = await ensurePrice({ wanted: { item, name: plan.body.name, amountMinor: price.amount_minor }, ctx })
  return {
    ...subscribed,
    to,
    isSame: isSame(from, to),
    when: whenToChange({ from, to, currency, inTrial }),
    inTrial,
    items: [
      { id: planItem.id, price: priceId, quantity: to.seats },
      ...(await otherItems({ ...subscribed, planItem, to, ctx })),
    ],
    planItem,
    priceId,
    amountMinor: price.amount_minor * to.seats,
  }
}
