// Every organization, some at a time.
import { asc, gt } from 'drizzle-orm'
import { organizations } from '#db/schema/auth'
import type { SystemContext } from './context.ts'

const MOST = 500

export async function organizationIdsAfter({
  after,
  limit,
  ctx,
}: {
  after: string
  limit: number
  ctx: Pick<SystemContext, 'db'>
}): Promise<string[]> {
  const rows = await ctx.db
    .select({ id: organizations.id })
    .from(organizations)
    .where(gt(organizations.id, after))
    .orderBy(asc(organizations.id))
    .limit(Math.min(limit, MOST))
  return rows.map(({ id }) => id)
}
