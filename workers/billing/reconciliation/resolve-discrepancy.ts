import { eq } from 'drizzle-orm'
import { discrepancies } from '#db/schema/billing'
import type { Discrepancy } from '#shared/contracts/billing-administration'
import { conflict, notFound } from '#shared/http/problems'
import type { MoneyContext } from '../sync/money-context.ts'
import { toDiscrepancy } from './admin-pages.ts'
import { resolveByHand } from './discrepancies.ts'

export async function resolveDiscrepancy({
  id,
  note,
  ctx,
}: {
  id: string
  note: string
  ctx: MoneyContext
}): Promise<Discrepancy> {
  const done = await resolveByHand({ id, note }, ctx)
  const [row] = await ctx.db.select().from(discrepancies).where(eq(discrepancies.id, id)).limit(1)
  if (!row) throw notFound('difference')
  if (!done) throw conflict('This difference is not open any more.')
  return toDiscrepancy(row)
}
