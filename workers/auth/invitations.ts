// Inviting people by mail. The link carries the invitation's id, which only the mail and the managers know.
import { and, desc, eq, gt, lt } from 'drizzle-orm'
import { invitations, members, users } from '#db/schema/auth'
import type { CreateInvitation } from '#shared/contracts/organizations'
import { conflict, notFound, permissionDenied } from '#shared/http/problems'
import { localeOf } from './account-mails.ts'
import { auditInsert } from './audit.ts'
import { siteOrigin } from './better-auth.ts'
import type { AuthContext } from './context.ts'
import { takeAttempt } from './limits.ts'
import { getOrganizationOf } from './organizations.ts'
import { requireSeatToInvite } from './plan-room.ts'
import { placeOf, toPage } from './page-after.ts'
import type { Actor } from './require-actor.ts'

const LIFETIME_MS = 7 * 86_400_000

interface Asked {
  actor: Actor
  ctx: AuthContext
}

const isPending = (organizationId: string) =>
  and(eq(invitations.organizationId, organizationId), eq(invitations.status, 'pending'))

export async function listInvitations({ limit, cursor, actor, ctx }: Asked & { limit: number; cursor?: string }) {
  const before = placeOf('invitations', cursor)
  const rows = await ctx.db
    .select()
    .from(invitations)
    .where(
      and(
        isPending(actor.organizationId),
        gt(invitations.expiresAt, new Date(ctx.now())),
        before === null ? undefined : lt(invitations.id, before),
      ),
    )
    .orderBy(desc(invitations.id))
    .limit(limit + 1)
  return toPage('invitations', rows, limit)
}

async function findPerson(email: string, ctx: AuthContext) {
  const [person] = await ctx.db.select().from(users).where(eq(users.email, email)).limit(1)
  return person
}

async function isMemberAlready(userId: string, { actor, ctx }: Asked): Promise<boolean> {
  return (
    (await ctx.db.$count(members, and(eq(members.organizationId, actor.organizationId), eq(members.userId, userId)))) >
    0
  )
}

export async function invite({ input, actor, ctx }: Asked & { input: CreateInvitation }) {
  const { organizationId } = actor
  const { email, role } = input
  if (role === 'owner' && actor.role !== 'owner') throw permissionDenied('members.manage')
  const organization = await getOrganizationOf({ organizationId, ctx })
  if (organization.personalUserId !== null)
    throw conflict('This organization is yours alone. Found another one to invite people.')
  const invited = await findPerson(email, ctx)
  if (invited && (await isMemberAlready(invited.id, { actor, ctx }))) throw conflict('This person is a member already.')
  await requireSeatToInvite({ email, organizationId, ctx })
  await takeAttempt({
    guarded: [
      { limit: 'mail-account', who: `invite:${email}` },
      { limit: 'mail-address', who: ctx.address },
    ],
    ctx,
  })
  const invitation = await saveInvitation({ email, role, actor, ctx })
  const [inviter] = await ctx.db.select().from(users).where(eq(users.id, actor.userId)).limit(1)
  const locale = localeOf(invited ?? inviter ?? {})
  const url = `${siteOrigin({ origin: ctx.origin, ctx })}/${locale}/invitation?id=${invitation.id}`
  await ctx.mailer.send({
    to: email,
    kind: 'invitation',
    locale,
    url,
    organization: organization.name,
    inviter: inviter?.name ?? '',
    role,
  })
  return invitation
}

/** Inviting again replaces the invitation before: its link is dead, the new one has the new role. */
async function saveInvitation({ email, role, actor, ctx }: Asked & CreateInvitation) {
  const { organizationId } = actor
  const createdAt = new Date(ctx.now())
  const invitation = {
    id: ctx.createId('invitation'),
    organizationId,
    email,
    role,
    status: 'pending' as const,
    inviterId: actor.userId,
    createdAt,
    expiresAt: new Date(ctx.now() + LIFETIME_MS),
  }
  await ctx.db.batch([
    ctx.db
      .update(invitations)
      .set({ status: 'canceled' })
      .where(and(isPending(organizationId), eq(invitations.email, email))),
    ctx.db.insert(invitations).values(invitation),
    auditInsert({ ctx, organizationId, actor, action: 'invitation.created', targetId: invitation.id, facts: { role } }),
  ])
  return invitation
}

export async function cancelInvitation({ id, actor, ctx }: Asked & { id: string }): Promise<void> {
  const { organizationId } = actor
  const canceled = await ctx.db
    .update(invitations)
    .set({ status: 'canceled' })
    .where(and(isPending(organizationId), eq(invitations.id, id)))
    .returning({ id: invitations.id })
  if (canceled.length === 0) throw notFound('invitation')
  await auditInsert({ ctx, organizationId, actor, action: 'invitation.canceled', targetId: id })
}
