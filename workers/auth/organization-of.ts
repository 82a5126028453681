// What an invoice, and the number of seats, need to know of an organization.
import { and, asc, eq, gt } from 'drizzle-orm'
import { invitations, members, organizations, users } from '#db/schema/auth'
import type { OrganizationFacts } from '#shared/contracts/account'
import { localeOf } from './account-mails.ts'
import type { SystemContext } from './context.ts'

export async function organizationOf({
  organizationId,
  ctx,
}: {
  organizationId: string
  ctx: SystemContext
}): Promise<OrganizationFacts | null> {
  const { db } = ctx
  const [rows, memberCount, invited, owners] = await Promise.all([
    db
      .select({ name: organizations.name, personalUserId: organizations.personalUserId })
      .from(organizations)
      .where(eq(organizations.id, organizationId))
      .limit(1),
    db.$count(members, eq(members.organizationId, organizationId)),
    db.$count(
      invitations,
      and(
        eq(invitations.organizationId, organizationId),
        eq(invitations.status, 'pending'),
        gt(invitations.expiresAt, new Date(ctx.now())),
      ),
    ),
    db
      .select({ userId: users.id, name: users.name, email: users.email, locale: users.locale })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(and(eq(members.organizationId, organizationId), eq(members.role, 'owner')))
      .orderBy(asc(members.createdAt), asc(members.id))
      .limit(1),
  ])
  const [row] = rows
  if (!row) return null
  const [owner] = owners
  return {
    name: row.name,
    personal: row.personalUserId !== null,
    members: memberCount,
    invited,
    owner: owner ? { ...owner, locale: localeOf(owner) } : null,
  }
}
