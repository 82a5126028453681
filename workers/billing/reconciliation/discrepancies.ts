// Differences between Stripe and us. One of a kind about one thing is open at a time; it is closed when it is gone.
import { and, desc, eq, lt, or, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { discrepancies } from '#db/schema/billing'
import type { Discrepancy } from '#shared/contracts/billing-administration'
import type { MoneyContext } from '../sync/money-context.ts'

export type DiscrepancyRow = typeof discrepancies.$inferSelect
export type DiscrepancyKind = z.infer<typeof Discrepancy>['kind']

export interface Difference {
  kind: DiscrepancyKind
  organizationId: string | null
  subjectId: string
  expected: string
  actual: string
}

type Asked = Pick<MoneyContext, 'db' | 'clock' | 'createId' | 'logger'>

/** True where nobody was told of it yet. */
export async function raise(difference: Difference, ctx: Asked): Promise<boolean> {
  const made = await ctx.db
    .insert(discrepancies)
    .values({ id: ctx.createId('discrepancy'), foundAt: ctx.clock(), ...difference, state: 'raised' })
    .onConflictDoNothing()
    .returning({ id: discrepancies.id })
  if (made.length > 0) ctx.logger.warn('discrepancy-raised', { kind: difference.kind, subject: difference.subjectId })
  return made.length > 0
}

/** What was found and put right at once is written down all the same. */
export async function noteRepair(difference: Difference, ctx: Asked): Promise<void> {
  const now = ctx.clock()
  await ctx.db
    .insert(discrepancies)
    .values({ id: ctx.createId('discrepancy'), foundAt: now, ...difference, state: 'repaired', resolvedAt: now })
}

/** It is not so any more. */
export async function closeDiscrepancy(
  { kind, subjectId }: Pick<Difference, 'kind' | 'subjectId'>,
  ctx: Asked,
): Promise<void> {
  await ctx.db
    .update(discrepancies)
    .set({ state: 'resolved', resolvedAt: ctx.clock(), note: 'gone when it was looked at again' })
    .where(and(eq(discrepancies.kind, kind), eq(discrepancies.subjectId, subjectId), eq(discrepancies.state, 'raised')))
}

/** False where it is not open. */
export async function resolveByHand({ id, note }: { id: string; note: string }, ctx: Asked): Promise<boolean> {
  const done = await ctx.db
    .update(discrepancies)
    .set({ state: 'resolved', resolvedAt: ctx.clock(), note })
    .where(and(eq(discrepancies.id, id), eq(discrepancies.state, 'raised')))
    .returning({ id: discrepancies.id })
  return done.length > 0
}

export const listDiscrepancies = (
  { state, before, limit }: { state?: DiscrepancyRow['state']; before?: { at: number; id: string }; limit: number },
  { db }: Pick<MoneyContext, 'db'>,
): Promise<DiscrepancyRow[]> =>
  db
    .select()
    .from(discrepancies)
    .where(
      and(
        state && eq(discrepancies.state, state),
        before &&
          or(
            lt(discrepancies.foundAt, before.at),
            and(eq(discrepancies.foundAt, before.at), lt(discrepancies.id, before.id)),
          ),
      ),
    )
    .orderBy(desc(discrepancies.foundAt), desc(discrepancies.id))
    .limit(limit)

export const openDiscrepancies = (
  { kind, after, limit }: { kind: DiscrepancyKind; after: string; limit: number },
  { db }: Pick<MoneyContext, 'db'>,
): Promise<DiscrepancyRow[]> =>
  db
    .select()
    .from(discrepancies)
    .where(and(eq(discrepancies.state, 'raised'), eq(discrepancies.kind, kind), sql`${discrepancies.id} > ${after}`))
    .orderBy(discrepancies.id)
    .limit(limit)
