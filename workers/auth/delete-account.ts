// Erasing a person: their own organization with its ledger and conversations, what they alone belong to,
// their keys and memberships elsewhere, and at last themselves.
import { and, eq, inArray } from 'drizzle-orm'
import { accounts, invitations, members, organizations, users, verifications } from '#db/schema/auth'
import { conflict, Problem } from '#shared/http/problems'
import { askLedger } from './ask-ledger.ts'
import { auditInsert } from './audit.ts'
import type { AuthContext, SystemContext } from './context.ts'
import { isLastOwner } from './last-owner.ts'
import { forgiveAttempts, takeAttempt, type Guarded } from './limits.ts'
import { emptyOrganization, eraseOrganization, hasOthers } from './organizations.ts'
import { requireNoSubscription } from './plan-room.ts'
import type { Person } from './require-person.ts'

async function requirePassword({
  person,
  password,
  ctx,
}: {
  person: Person
  password: string
  ctx: AuthContext
}): Promise<void> {
  const guarded: Guarded[] = [{ limit: 'sign-in-account', who: person.userId }]
  await takeAttempt({ guarded, ctx })
  const [account] = await ctx.db
    .select({ hash: accounts.password })
    .from(accounts)
    .where(and(eq(accounts.userId, person.userId), eq(accounts.providerId, 'credential')))
  if (!account?.hash || !(await ctx.passwords.verify({ hash: account.hash, password }))) {
    throw new Problem('permission_denied', 'This password is wrong.', { param: 'password' })
  }
  await forgiveAttempts({ guarded, ctx })
}

interface Membership {
  organizationId: string
  name: string
  isPersonal: boolean
  /** Nobody else belongs to it. */
  isEnding: boolean
}

/** Which organizations end with this person. Refuses while one would be left to others without an owner. */
async function sortMemberships({ userId, ctx }: { userId: string; ctx: SystemContext }): Promise<Membership[]> {
  const rows = await ctx.db
    .select({
      organizationId: members.organizationId,
      name: organizations.name,
      personalUserId: organizations.personalUserId,
    })
    .from(members)
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .where(eq(members.userId, userId))
  const sorted = await Promise.all(
    rows.map(async ({ organizationId, name, personalUserId }) => ({
      organizationId,
      name,
      isPersonal: personalUserId === userId,
      isEnding: !(await hasOthers({ organizationId, userId, ctx })),
    })),
  )
  for (const { organizationId, name, isEnding } of sorted) {
    if (isEnding) await requireNoSubscription({ organizationId, name, ctx })
    if (!isEnding && (await isLastOwner({ organizationId, userId, ctx }))) {
      throw conflict(
        `You are the only owner of “${name}”, which has other members. Make one of them an owner, or delete it, first.`,
      )
    }
  }
  return sorted
}

export async function deleteAccount({
  person,
  password,
  ctx,
}: {
  person: Person
  password: string
  ctx: AuthContext
}): Promise<void> {
  const { userId } = person
  await requirePassword({ person, password, ctx })
  const memberships = await sortMemberships({ userId, ctx })
  for (const { organizationId, isPersonal, isEnding } of memberships) {
    // Their own organization goes with them in one step: somebody left without one would be given a new one, with new credit.
    if (isPersonal) await emptyOrganization({ organizationId, userId, ctx })
    else if (isEnding) await eraseOrganization({ organizationId, userId, ctx })
    else await askLedger({ organizationId, ctx, ask: (ledger) => ledger.revokeKeysOf({ userId }) })
  }
  await ctx.requestErasure({ userId })
  await ctx.db.batch([
    ctx.db.delete(verifications).where(eq(verifications.value, userId)),
    // Their address is in what others have sent them.
    ctx.db
      .delete(invitations)
      .where(inArray(invitations.email, ctx.db.select({ email: users.email }).from(users).where(eq(users.id, userId)))),
    // Sessions, ways to sign in, the second factor and memberships go with the person.
    ctx.db.delete(users).where(eq(users.id, userId)),
    auditInsert({ ctx, actor: { userId }, action: 'account.deleted', targetId: userId }),
  ])
}
