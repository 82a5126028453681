// Prices that are sold by, and overage that nobody was told of.
import { and, asc, eq, gt, isNull, lt } from 'drizzle-orm'
import { overageReports, stripePrices } from '#db/schema/billing'
import { stripeOf } from '../stripe-of.ts'
import { lookUp } from '../sync/look-up.ts'
import { closeDiscrepancy } from './discrepancies.ts'
import { PAGE, raiseIn, type Step } from './step.ts'

export async function checkPrices(step: Step): Promise<string | null> {
  const { ctx } = step
  const rows = await ctx.db
    .select()
    .from(stripePrices)
    .where(and(eq(stripePrices.active, true), gt(stripePrices.id, step.after)))
    .orderBy(asc(stripePrices.id))
    .limit(PAGE)
  for (const { id, kind, itemId, version } of rows) {
    const price = await lookUp({ id, object: 'price' }, () => stripeOf(ctx).prices.retrieve(id))
    const about = {
      organizationId: null,
      subjectId: id,
      expected: `the price of ${kind} ${itemId}, version ${version}`,
    }
    if (price?.active) await closeDiscrepancy({ kind: 'price_missing', subjectId: id }, ctx)
    else await raiseIn(step, { ...about, kind: 'price_missing', actual: price ? 'switched off' : 'no such price' })
    if (!price?.active) await ctx.db.update(stripePrices).set({ active: false }).where(eq(stripePrices.id, id))
  }
  return rows.length === PAGE ? rows.at(-1)!.id : null
}

const DAY_MS = 86_400_000

export async function checkOverage(step: Step): Promise<string | null> {
  const { ctx } = step
  const rows = await ctx.db
    .select()
    .from(overageReports)
    .where(
      and(
        isNull(overageReports.reportedAt),
        lt(overageReports.at, step.run.startedAt - DAY_MS),
        gt(overageReports.id, step.after),
      ),
    )
    .orderBy(asc(overageReports.id))
    .limit(PAGE)
  for (const { id, organizationId, amountMicros, error } of rows)
    await raiseIn(step, {
      kind: 'overage_unreported',
      organizationId,
      subjectId: id,
      expected: `${amountMicros} micros told to the meter`,
      actual: error ?? 'not told',
    })
  return rows.length === PAGE ? rows.at(-1)!.id : null
}
