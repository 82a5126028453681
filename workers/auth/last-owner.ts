import { and, eq } from 'drizzle-orm'
import { members } from '#db/schema/auth'
import type { SystemContext } from './context.ts'

interface Question {
  organizationId: string
  userId: string
  ctx: SystemContext
}

/** Whether the organization would have no owner without this member. */
export async function isLastOwner({ organizationId, userId, ctx }: Question): Promise<boolean> {
  const owners = await ctx.db
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.role, 'owner')))
  return owners.length === 1 && owners[0]!.userId === userId
}
