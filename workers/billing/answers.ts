// What other Workers ask, as plain functions: `rpc.ts` puts them on the wire.
import type { BillingSystem } from './context.ts'
import { applyPlan } from './plans/apply-plan.ts'
import { currentPlan, findLiveSubscription } from './plans/current-plan.ts'

interface Asked {
  organizationId: string
  ctx: BillingSystem
}

export async function welcome(asked: Asked): Promise<void> {
  await applyPlan(asked)
}

/** For how many members the plan has room; null for any number. */
export async function seatsOf(asked: Asked): Promise<{ seats: number | null; planId: string }> {
  const { plan, subscription } = await currentPlan(asked)
  const { kind, seats } = plan.body
  const isBought = kind === 'per_seat' && subscription !== null
  return { seats: isBought ? subscription.seats : seats.maximum, planId: plan.id }
}

/** How much it may store; null where its plan names no limit. */
export async function storageQuotaOf(asked: Asked): Promise<{ quotaBytes: number | null }> {
  const { plan, subscription } = await currentPlan(asked)
  const { kind, storage_bytes: bytes } = plan.body
  const seats = kind === 'per_seat' && subscription !== null ? subscription.seats : 1
  return { quotaBytes: bytes === null ? null : Math.min(bytes * seats, Number.MAX_SAFE_INTEGER) }
}

/** Whether it pays for something that goes on. What is to end by itself does not stand in the way of leaving. */
export async function subscribed({ organizationId, ctx }: Asked): Promise<boolean> {
  if (ctx.settings.mode !== 'stripe') return false
  const live = await findLiveSubscription({ organizationId, ctx })
  return live !== null && live.cancelsAt === null
}
