// Plans by version. What is sold first of all comes from the seeds; from then on it is the operator's.
import { and, asc, eq } from 'drizzle-orm'
import { planVersions, plans } from '#db/schema/billing'
import { PlanBody } from '#shared/contracts/plans'
import type { BillingSystem } from '../context.ts'
import { ensureSeeds } from './ensure-seeds.ts'
import type { StoredPlan } from './stored-plan.ts'

type Asked = { ctx: Pick<BillingSystem, 'db' | 'clock'> }

const columns = {
  id: plans.id,
  version: planVersions.version,
  position: plans.position,
  archived: plans.archived,
  body: planVersions.body,
}

const toPlan = ({ body, ...row }: Omit<StoredPlan, 'body'> & { body: unknown }): StoredPlan => ({
  ...row,
  body: PlanBody.parse(body),
})

/** The version of each that is sold now, in their order. */
export async function listPlans({
  withArchived = false,
  ctx,
}: Asked & { withArchived?: boolean }): Promise<StoredPlan[]> {
  await ensureSeeds({ ctx })
  const rows = await ctx.db
    .select(columns)
    .from(plans)
    .innerJoin(planVersions, and(eq(planVersions.planId, plans.id), eq(planVersions.version, plans.version)))
    .where(withArchived ? undefined : eq(plans.archived, false))
    .orderBy(asc(plans.position), asc(plans.id))
  return rows.map(toPlan)
}

/** A version, sold or not: what a subscription was bought with. Absent: the one that is sold. */
export async function findPlan({
  planId,
  version,
  ctx,
}: Asked & { planId: string; version?: number }): Promise<StoredPlan | null> {
  await ensureSeeds({ ctx })
  const [row] = await ctx.db
    .select(columns)
    .from(plans)
    .innerJoin(planVersions, and(eq(planVersions.planId, plans.id), eq(planVersions.version, version ?? plans.version)))
    .where(eq(plans.id, planId))
    .limit(1)
  return row ? toPlan(row) : null
}

/** What an organization has that pays for nothing. */
export async function findFreePlan({ ctx }: Asked): Promise<StoredPlan> {
  const all = await listPlans({ withArchived: true, ctx })
  const free = all.filter(({ body }) => body.kind === 'free')
  const found = free.find(({ archived }) => !archived) ?? free[0]
  if (!found) throw new Error('there is no plan of kind free')
  return found
}
