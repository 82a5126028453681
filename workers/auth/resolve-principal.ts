// Whose session is this, for which organization, in what role? The one question of every signed-in call.
import { and, eq, gt, inArray } from 'drizzle-orm'
import type { Principal } from '#shared/contracts/principal'
import { members, organizations, sessions, users } from '#db/schema/auth'
import type { SystemContext } from './context.ts'
import { ensurePersonalOrganization } from './ensure-personal-organization.ts'
import { isPlatformAdmin } from './platform-admin.ts'
import { readSessionTokens } from './session-cookie.ts'
import { grantSignUpCredit, mayHaveCredit } from './sign-up-credit.ts'

type SessionPrincipal = Extract<Principal, { kind: 'user' | 'anonymous' }>

async function findSession(tokens: string[], ctx: SystemContext) {
  const [row] = await ctx.db
    .select({
      token: sessions.token,
      userId: users.id,
      name: users.name,
      email: users.email,
      emailVerified: users.emailVerified,
      organizationId: members.organizationId,
      role: members.role,
      personalUserId: organizations.personalUserId,
      creditGrantedAt: organizations.creditGrantedAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(
      members,
      and(eq(members.userId, sessions.userId), eq(members.organizationId, sessions.activeOrganizationId)),
    )
    .leftJoin(organizations, eq(organizations.id, members.organizationId))
    .where(and(inArray(sessions.token, tokens), gt(sessions.expiresAt, new Date(ctx.now()))))
    .limit(1)
  return row
}

export async function resolvePrincipal({
  cookie,
  origin,
  ctx,
}: {
  cookie: string
  origin: string
  ctx: SystemContext
}): Promise<SessionPrincipal> {
  const tokens = await readSessionTokens(cookie, ctx.secret)
  const found = tokens.length > 0 ? await findSession(tokens, ctx) : undefined
  if (!found) return { kind: 'anonymous' }
  const { userId, token } = found
  const platformAdmin = isPlatformAdmin({ ...found, origin, settings: ctx.settings })
  if (found.organizationId !== null && found.role !== null) {
    // The ledger could not be asked when they signed up: it is asked now.
    if (found.personalUserId === userId && found.creditGrantedAt === null && mayHaveCredit(found, ctx))
      await grantSignUpCredit({ organizationId: found.organizationId, ctx })
    return { kind: 'user', organizationId: found.organizationId, userId, role: found.role, platformAdmin }
  }
  // They were removed from the organization they last worked in: home they go.
  const organizationId = await ensurePersonalOrganization({ person: { ...found, id: userId }, ctx })
  await ctx.db.update(sessions).set({ activeOrganizationId: organizationId }).where(eq(sessions.token, token))
  return { kind: 'user', organizationId, userId, role: 'owner', platformAdmin }
}
