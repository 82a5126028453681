// What else must be true when Better Auth writes a row.
import { eq } from 'drizzle-orm'
import { members, users } from '#db/schema/auth'
import { chooseLocale } from '#shared/http/choose-locale'
import { auditInsert, hashAddress } from './audit.ts'
import { inBackground } from './background.ts'
import type { SystemContext } from './context.ts'
import { ensurePersonalOrganization } from './ensure-personal-organization.ts'
import { sweep } from './sweep.ts'

interface EndpointContext {
  headers?: Headers | undefined
  context?: { session?: { user: { id: string } } | null }
}

type MaybeContext = EndpointContext | null

/** The organization that a new session begins in: the one last worked in, else one's own. */
async function firstOrganization(userId: string, ctx: SystemContext): Promise<string | null> {
  const [person] = await ctx.db
    .select({ id: users.id, name: users.name, emailVerified: users.emailVerified, last: users.lastOrganizationId })
    .from(users)
    .where(eq(users.id, userId))
    .limit(1)
  if (!person) return null
  const personal = await ensurePersonalOrganization({ person, ctx })
  if (person.last === null || person.last === personal) return personal
  const mine = await ctx.db
    .select({ organizationId: members.organizationId })
    .from(members)
    .where(eq(members.userId, userId))
  return mine.some(({ organizationId }) => organizationId === person.last) ? person.last : personal
}

async function noteSession(
  session: { userId: string; activeOrganizationId?: unknown },
  endpoint: MaybeContext,
  ctx: SystemContext,
): Promise<void> {
  const address = endpoint?.headers?.get('x-riwaq-client-address') ?? null
  const addressHash = address === null ? null : await hashAddress(address, ctx.secret)
  const organizationId = typeof session.activeOrganizationId === 'string' ? session.activeOrganizationId : null
  await auditInsert({
    ctx,
    organizationId,
    actor: { userId: session.userId },
    action: 'session.started',
    targetId: session.userId,
    addressHash,
  })
}

export const databaseHooks = (ctx: SystemContext) => ({
  user: {
    create: {
      before: async (user: Record<string, unknown>, endpoint: MaybeContext) => ({
        data: { ...user, locale: user.locale ?? (endpoint?.headers ? chooseLocale(endpoint.headers) : 'en') } as never,
      }),
      after: async (user: { id: string; name: string; emailVerified: boolean }) =>
        void (await ensurePersonalOrganization({ person: user, ctx })),
    },
    update: {
      before: async (change: Record<string, unknown>, endpoint: MaybeContext) => {
        const userId = endpoint?.context?.session?.user.id
        if (change.twoFactorEnabled === undefined || !userId) return
        const action = change.twoFactorEnabled ? 'two-factor.enabled' : 'two-factor.disabled'
        await auditInsert({ ctx, actor: { userId }, action, targetId: userId })
      },
    },
  },
  session: {
    create: {
      before: async (session: { userId: string } & Record<string, unknown>) => ({
        data: { ...session, activeOrganizationId: await firstOrganization(session.userId, ctx) } as never,
      }),
      after: async (session: { userId: string; activeOrganizationId?: unknown }, endpoint: MaybeContext) => {
        await noteSession(session, endpoint, ctx)
        inBackground(sweep(ctx))
      },
    },
    update: {
      after: async (session: { userId?: string; activeOrganizationId?: unknown } | null) => {
        if (!session?.userId || typeof session.activeOrganizationId !== 'string') return
        await ctx.db
          .update(users)
          .set({ lastOrganizationId: session.activeOrganizationId })
          .where(eq(users.id, session.userId))
      },
    },
  },
})
