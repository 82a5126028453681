// The free plan has no subscription that would keep its version: a new one is for everybody who subscribed to nothing.
// There may be many of them, so it reaches them in steps, and a step that was lost is taken again.
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { planRollouts, subscriptions } from '#db/schema/billing'
import type { BillingSystem } from '../context.ts'
import { applyPlan } from '../plans/apply-plan.ts'
import { findPlan } from '../plans/plans-repository.ts'
import { liveStatuses } from '../sync/subscription-repository.ts'

/** Ids of one question, and questions to objects at once. */
const STEP = 50
const AT_ONCE = 10
/** After this many tries an object that cannot be reached is left to the next change of its plan. */
const MAX_ATTEMPTS = 5

export type RolloutContext = BillingSystem
type Rollout = typeof planRollouts.$inferSelect

export async function startRollout({ planId, ctx }: { planId: string; ctx: RolloutContext }): Promise<void> {
  const plan = await findPlan({ planId, ctx })
  if (!plan) return
  const begun = { version: plan.version, cursor: '', attempts: 0, startedAt: ctx.clock(), finishedAt: null }
  await ctx.db
    .insert(planRollouts)
    .values({ planId, ...begun })
    .onConflictDoUpdate({ target: planRollouts.planId, set: begun })
  await continueRollout({ ctx })
}

async function withoutSubscription(ids: string[], ctx: RolloutContext): Promise<string[]> {
  const rows = await ctx.db
    .selectDistinct({ id: subscriptions.organizationId })
    .from(subscriptions)
    .where(and(inArray(subscriptions.organizationId, ids), inArray(subscriptions.status, [...liveStatuses])))
  const subscribed = new Set(rows.map(({ id }) => id))
  return ids.filter((id) => !subscribed.has(id))
}

/** How many could not be told. */
async function tellAll(ids: string[], ctx: RolloutContext): Promise<number> {
  let failed = 0
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const told = await Promise.allSettled(
      ids.slice(at, at + AT_ONCE).map((organizationId) => applyPlan({ organizationId, ctx })),
    )
    failed += told.filter(({ status }) => status === 'rejected').length
  }
  return failed
}

const save = (rollout: Rollout, change: Partial<Rollout>, { db }: RolloutContext) =>
  db
    .update(planRollouts)
    .set(change)
    // Whoever has begun anew meanwhile begins at the beginning.
    .where(and(eq(planRollouts.planId, rollout.planId), eq(planRollouts.version, rollout.version)))

/** One step of what is on its way; false where nothing is. */
export async function stepRollout({ ctx }: { ctx: RolloutContext }): Promise<boolean> {
  const [rollout] = await ctx.db
    .select()
    .from(planRollouts)
    .where(isNull(planRollouts.finishedAt))
    .orderBy(asc(planRollouts.startedAt))
    .limit(1)
  if (!rollout) return false
  const ids = await ctx.organizationIdsAfter({ after: rollout.cursor, limit: STEP })
  const last = ids.at(-1)
  if (last === undefined) {
    await save(rollout, { finishedAt: ctx.clock() }, ctx)
    return false
  }
  const failed = await tellAll(await withoutSubscription(ids, ctx), ctx)
  if (failed > 0 && rollout.attempts + 1 < MAX_ATTEMPTS) {
    ctx.logger.warn('plan-rollout-waits', { plan: rollout.planId, failed })
    await save(rollout, { attempts: rollout.attempts + 1 }, ctx)
    return false
  }
  if (failed > 0) ctx.logger.error('plan-rollout-left-out', { plan: rollout.planId, failed, after: rollout.cursor })
  await save(rollout, { cursor: last, attempts: 0 }, ctx)
  return true
}

/** One step now, and the others by the queue. */
export async function continueRollout({ ctx }: { ctx: RolloutContext }): Promise<void> {
  if (await stepRollout({ ctx })) await ctx.jobs.send({ kind: 'rollout' })
}
