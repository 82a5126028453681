// Every person has an organization of their own from the first second. Asked for at sign-up and again by
// every session, so that a sign-up that broke off half-way heals by itself.
import { eq } from 'drizzle-orm'
import { members, organizations } from '#db/schema/auth'
import { bareId } from '#shared/lib/ids'
import { inRegion } from '#shared/lib/region'
import { auditInsert } from './audit.ts'
import type { SystemContext } from './context.ts'
import { welcomeToPlan } from './plan-room.ts'
import { grantSignUpCredit, mayHaveCredit } from './sign-up-credit.ts'

interface Person {
  id: string
  name: string
  emailVerified: boolean
}

async function findPersonal(userId: string, ctx: SystemContext) {
  const [row] = await ctx.db
    .select({ id: organizations.id, creditGrantedAt: organizations.creditGrantedAt })
    .from(organizations)
    .where(eq(organizations.personalUserId, userId))
    .limit(1)
  return row
}

async function foundPersonal({ id: userId, name }: Person, ctx: SystemContext): Promise<void> {
  const organizationId = inRegion(ctx.createId('organization'), ctx.settings.defaultRegion)
  const createdAt = new Date(ctx.now())
  await ctx.db.batch([
    ctx.db.insert(organizations).values({
      id: organizationId,
      name,
      slug: `personal-${bareId(organizationId)}`,
      personalUserId: userId,
      createdAt,
    }),
    ctx.db.insert(members).values({ id: ctx.createId('member'), organizationId, userId, role: 'owner', createdAt }),
    auditInsert({
      ctx,
      organizationId,
      actor: { userId },
      action: 'organization.created',
      targetId: organizationId,
      facts: { personal: true },
    }),
  ])
  welcomeToPlan({ organizationId, ctx })
}

export async function ensurePersonalOrganization({
  person,
  ctx,
}: {
  person: Person
  ctx: SystemContext
}): Promise<string> {
  let found = await findPersonal(person.id, ctx)
  if (!found) {
    // The database admits one for each person: who comes second finds the first one's.
    const failure = await foundPersonal(person, ctx).catch((error: unknown) => error)
    found = await findPersonal(person.id, ctx)
    if (!found) throw failure instanceof Error ? failure : new Error('the personal organization could not be founded')
  }
  if (found.creditGrantedAt === null && mayHaveCredit(person, ctx))
    await grantSignUpCredit({ organizationId: found.id, ctx })
  return found.id
}
