import { eq } from 'drizzle-orm'
import { users } from '#db/schema/auth'
import type { UpdateAccount } from '#shared/contracts/account'
import { auditInsert } from './audit.ts'
import type { SystemContext } from './context.ts'
import type { Person } from './require-person.ts'

export async function updateAccount({
  person,
  change,
  ctx,
}: {
  person: Person
  change: UpdateAccount
  ctx: SystemContext
}): Promise<void> {
  const { userId } = person
  if (change.name === undefined && change.locale === undefined) return
  await ctx.db.batch([
    ctx.db
      .update(users)
      .set({ ...change, updatedAt: new Date(ctx.now()) })
      .where(eq(users.id, userId)),
    auditInsert({
      ctx,
      actor: { userId },
      action: 'account.updated',
      targetId: userId,
      facts: { fields: Object.keys(change).join(',') },
    }),
  ])
}
