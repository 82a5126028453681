// The plan that an organization has: that of its subscription, or the free one.
import type { BillingSystem } from '../context.ts'
import { findCustomer, type BillingCustomer } from '../customers/customers-repository.ts'
import { createSubscriptionRows, type SubscriptionRow } from '../sync/subscription-repository.ts'
import { findFreePlan, findPlan } from './plans-repository.ts'
import type { StoredPlan } from './stored-plan.ts'

export type { SubscriptionRow }

export type CurrentContext = Pick<BillingSystem, 'db' | 'clock' | 'settings'>

export interface CurrentPlan {
  plan: StoredPlan
  subscription: SubscriptionRow | null
  customer: BillingCustomer | null
  /** When paid calls stop for an overdue payment; null where none is overdue. */
  readOnlyAt: number | null
  readOnly: boolean
}

/** Of several the eldest: the others are duplicates, which are cancelled. */
export async function findLiveSubscription({
  organizationId,
  ctx,
}: {
  organizationId: string
  ctx: Pick<BillingSystem, 'db'>
}): Promise<SubscriptionRow | null> {
  const [eldest] = await createSubscriptionRows(ctx.db).liveOf({ organizationId })
  return eldest ?? null
}

export const isOverdue = ({ status }: SubscriptionRow) => status === 'past_due' || status === 'unpaid'

export async function currentPlan({
  organizationId,
  ctx,
}: {
  organizationId: string
  ctx: CurrentContext
}): Promise<CurrentPlan> {
  const { settings } = ctx
  const [customer, live] = await Promise.all([
    findCustomer({ organizationId, ctx }),
    // Where nothing is sold, nobody is held to what was sold before.
    settings.mode === 'stripe' ? findLiveSubscription({ organizationId, ctx }) : null,
  ])
  const found = live && (await findPlan({ planId: live.planId, version: live.planVersion, ctx }))
  const subscription = found ? live : null
  // A trial that ended without a way to pay gives nothing until there is one.
  const bought = live?.status === 'paused' ? null : found
  const since = subscription && isOverdue(subscription) ? (subscription.pastDueSince ?? subscription.syncedAt) : null
  const readOnlyAt = since === null ? null : since + settings.graceMs
  return {
    plan: bought ?? (await findFreePlan({ ctx })),
    subscription,
    customer,
    readOnlyAt,
    readOnly: readOnlyAt !== null && ctx.clock() >= readOnlyAt,
  }
}
