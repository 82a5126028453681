// A subscription has ended: what is left of the credit that it included ends with it, unless its plan lets it be kept.
import { and, eq } from 'drizzle-orm'
import { planVersions } from '#db/schema/billing'
import { PlanBody } from '#shared/contracts/plans'
import { createGrantRows } from '../sync/grant-repository.ts'
import type { MoneyContext } from '../sync/money-context.ts'
import type { SubscriptionRow } from '../sync/subscription-repository.ts'
import { seriesOf } from './credit-of-invoice.ts'

export async function keepsCreditOf(
  { planId, planVersion }: Pick<SubscriptionRow, 'planId' | 'planVersion'>,
  { db }: MoneyContext,
): Promise<boolean> {
  const [row] = await db
    .select({ body: planVersions.body })
    .from(planVersions)
    .where(and(eq(planVersions.planId, planId), eq(planVersions.version, planVersion)))
    .limit(1)
  return row !== undefined && PlanBody.parse(row.body).carry_over === 'unlimited'
}

export async function expireSeries(
  { organizationId, series, id }: { organizationId: string; series: string; id: string },
  ctx: MoneyContext,
): Promise<void> {
  const ledger = ctx.ledgerOf(organizationId)
  const { lots } = await ledger.credits()
  // Kept before it goes: afterwards nobody can tell what was spent from what expired.
  for (const lot of lots)
    if (lot.series === series) await createGrantRows(ctx.db).setExpired({ id: lot.id, micros: lot.remainingMicros })
  await ledger.expireSeries({ id, series })
}

export async function endSeries({ row, ctx }: { row: SubscriptionRow; ctx: MoneyContext }): Promise<void> {
  if (await keepsCreditOf(row, ctx)) return
  const series = seriesOf(row.id)
  await expireSeries({ organizationId: row.organizationId, series, id: `end:${series}` }, ctx)
}
