import { and, eq } from 'drizzle-orm'
import { members, organizations, users } from '#db/schema/auth'
import type { Account } from '#shared/contracts/account'
import { permissions, roleMay, type Action } from '#shared/contracts/permissions'
import { notFound } from '#shared/http/problems'
import { regions } from '#shared/lib/region'
import { localeOf } from './account-mails.ts'
import type { SystemContext } from './context.ts'
import type { Person } from './require-person.ts'

export async function getAccount({ person, ctx }: { person: Person; ctx: SystemContext }): Promise<Account> {
  const [row] = await ctx.db
    .select({ user: users, organization: organizations, role: members.role })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .where(and(eq(members.userId, person.userId), eq(members.organizationId, person.organizationId)))
    .limit(1)
  if (!row) throw notFound('account')
  const { user, organization, role } = row
  return {
    user: {
      id: user.id,
      name: user.name,
      email: user.email,
      email_verified: user.emailVerified,
      locale: localeOf(user),
      two_factor_enabled: user.twoFactorEnabled,
    },
    organization: {
      id: organization.id,
      name: organization.name,
      slug: organization.slug,
      role,
      personal: organization.personalUserId !== null,
    },
    permissions: (Object.keys(permissions) as Action[]).filter((action) => roleMay(role, action)),
    platform_admin: person.platformAdmin,
    regions: ctx.settings.hasRegions ? [...regions] : [],
    default_region: ctx.settings.defaultRegion,
  }
}
