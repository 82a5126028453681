import { inArray } from 'drizzle-orm'
import { users } from '#db/schema/auth'
import type { SystemContext } from './context.ts'

/** D1 takes a hundred values in one statement. */
const AT_ONCE = 90

export async function emailsOf({
  userIds,
  ctx,
}: {
  userIds: string[]
  ctx: SystemContext
}): Promise<Record<string, string>> {
  const wanted = [...new Set(userIds)]
  const found: Record<string, string> = {}
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const ids = wanted.slice(from, from + AT_ONCE)
    const rows = await ctx.db.select({ id: users.id, email: users.email }).from(users).where(inArray(users.id, ids))
    for (const { id, email } of rows) found[id] = email
  }
  return found
}
