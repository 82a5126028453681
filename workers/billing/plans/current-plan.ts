// The plan that an organization has: that of its subscription, or the free one.
import { and, desc, eq, inArray, type InferSelectModel } from 'drizzle-orm'
import { subscriptions } from '#db/schema/billing'
import type { BillingSystem } from '../context.ts'
import { findCustomer, type BillingCustomer } from '../customers/customers-repository.ts'
import { findFreePlan, findPlan } from './plans-repository.ts'
import type { StoredPlan } from './stored-plan.ts'

export type SubscriptionRow = InferSelectModel<typeof subscriptions>

/** Best first. What is `incomplete` was never paid, and gives nothing. */
const LIVE = ['active', 'trialing', 'past_due', 'unpaid', 'paused'] as const

export type CurrentContext = Pick<BillingSystem, 'db' | 'clock' | 'settings'>

export interface CurrentPlan {
  plan: StoredPlan
  subscription: SubscriptionRow | null
  customer: BillingCustomer | null
  /** When paid calls stop for an overdue payment; null where none is overdue. */
  readOnlyAt: number | null
  readOnly: boolean
}

export async function findLiveSubscription({
  organizationId,
  ctx,
}: {
  organizationId: string
  ctx: Pick<BillingSystem, 'db'>
}): Promise<SubscriptionRow | null> {
  const rows = await ctx.db
    .select()
    .from(subscriptions)
    .where(and(eq(subscriptions.organizationId, organizationId), inArray(subscriptions.status, [...LIVE])))
    .orderBy(desc(subscriptions.createdAt), desc(subscriptions.id))
  const rank = ({ status }: SubscriptionRow) => LIVE.findIndex((each) => each === status)
  return rows.toSorted((a, b) => rank(a) - rank(b))[0] ?? null
}

const isOverdue = ({ status }: SubscriptionRow) => status === 'past_due' || status === 'unpaid'

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
  const bought = live && (await findPlan({ planId: live.planId, version: live.planVersion, ctx }))
  const subscription = bought ? live : null
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
