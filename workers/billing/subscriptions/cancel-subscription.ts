// A subscription ends with what was paid for; until then it is there, and can be kept after all.
import type { CancelSubscription } from '#shared/contracts/billing'
import { conflict } from '#shared/http/problems'
import type { BillingContext } from '../context.ts'
import { requireBuyer } from '../require-buyer.ts'
import { stripeOf } from '../stripe-of.ts'
import { tellStripe } from '../stripe.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'
import { dropPendingUpdate } from './drop-pending-update.ts'
import { releaseSchedule } from './release-schedule.ts'
import { requireSubscription } from './require-subscription.ts'

export async function cancelSubscription({
  input,
  ctx,
}: {
  input: CancelSubscription
  ctx: BillingContext
}): Promise<void> {
  const { organizationId, actor } = requireBuyer(ctx)
  const { subscription, plan } = await requireSubscription({ organizationId, ctx })
  const { id } = subscription
  if (plan.body.kind === 'contract')
    throw conflict('Your plan is by contract. Talk to whoever runs this platform to end it.')
  // A second click finds it done.
  if (subscription.cancel_at_period_end) return void (await syncSubscription({ id, ctx }))
  const { reason, comment } = input
  await ctx.audit({ organizationId, actor, action: 'subscription.canceled', targetId: id, facts: { reason } })
  await releaseSchedule({ subscription, ctx })
  await dropPendingUpdate({ subscription, ctx })
  const params = {
    cancel_at_period_end: true,
    cancellation_details: { feedback: reason, ...(comment && { comment }) },
  }
  // Setting is repeatable: the key only keeps one request that the network repeats from being two.
  const idempotencyKey = `cancel:${id}:${ctx.createId('request')}`
  await tellStripe(() => stripeOf(ctx).subscriptions.update(id, params, { idempotencyKey }))
  await syncSubscription({ id, ctx })
}

export async function resumeSubscription({ ctx }: { ctx: BillingContext }): Promise<void> {
  const { organizationId, actor } = requireBuyer(ctx)
  const { subscription } = await requireSubscription({ organizationId, ctx })
  const { id } = subscription
  if (!subscription.cancel_at_period_end && subscription.cancel_at === null)
    return void (await syncSubscription({ id, ctx }))
  await ctx.audit({ organizationId, actor, action: 'subscription.resumed', targetId: id })
  // Setting is repeatable: the key only keeps one request that the network repeats from being two.
  await tellStripe(() =>
    stripeOf(ctx).subscriptions.update(
      id,
      subscription.cancel_at_period_end ? { cancel_at_period_end: false } : { cancel_at: '' },
      { idempotencyKey: `resume:${id}:${ctx.createId('request')}` },
    ),
  )
  await syncSubscription({ id, ctx })
}
