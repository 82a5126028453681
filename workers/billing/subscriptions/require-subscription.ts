import type Stripe from 'stripe'
import { conflict, notFound } from '#shared/http/problems'
import type { BillingSystem } from '../context.ts'
import { paymentOverdue } from '../plans/choose-plan.ts'
import { findLiveSubscription, type SubscriptionRow } from '../plans/current-plan.ts'
import { findPlan } from '../plans/plans-repository.ts'
import type { StoredPlan } from '../plans/stored-plan.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe, expectObject, isMissing } from '../stripe.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'

interface Asked {
  organizationId: string
  ctx: BillingSystem
}

export interface Subscribed {
  row: SubscriptionRow
  plan: StoredPlan
  /** As Stripe has it in this moment. */
  subscription: Stripe.Subscription
}

export async function requireSubscription({ organizationId, ctx }: Asked): Promise<Subscribed> {
  const row = await findLiveSubscription({ organizationId, ctx })
  if (!row) throw notFound('subscription')
  const plan = await findPlan({ planId: row.planId, version: row.planVersion, ctx })
  if (!plan) throw notFound('subscription')
  try {
    const found = await askStripe(() => stripeOf(ctx).subscriptions.retrieve(row.id))
    return { row, plan, subscription: expectObject(found, 'subscription') }
  } catch (error) {
    if (!isMissing(error)) throw error
    await syncSubscription({ id: row.id, ctx })
    throw notFound('subscription')
  }
}

/** A subscription whose plan may be changed: paid, and not sold by contract. */
export async function requireChangeable(asked: Asked): Promise<Subscribed> {
  const subscribed = await requireSubscription(asked)
  const { status } = subscribed.subscription
  if (status === 'past_due' || status === 'unpaid') throw paymentOverdue(subscribed.row.payUrl)
  if (status !== 'active' && status !== 'trialing') throw notFound('subscription')
  if (subscribed.subscription.cancel_at_period_end)
    throw conflict('Your subscription is cancelled and ends with its period. Keep it first, then change it.')
  if (subscribed.plan.body.kind === 'contract')
    throw conflict('Your plan is by contract. Talk to whoever runs this platform to change it.')
  return subscribed
}
