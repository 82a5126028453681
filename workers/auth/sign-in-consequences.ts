// What follows from Better Auth's routes beyond its own rows.
import { and, eq } from 'drizzle-orm'
import { members } from '#db/schema/auth'
import { accountMails } from './account-mails.ts'
import { auditInsert } from './audit.ts'
import type { AuthContext } from './context.ts'
import { isLastOwner } from './last-owner.ts'
import { forgetMember } from './members.ts'
import { notify } from './notify.ts'
import { resolvePrincipal } from './resolve-principal.ts'
import { accountError } from './sign-in-answer.ts'
import type { SignInBody } from './sign-in-rules.ts'

interface Done {
  body: SignInBody
  ctx: AuthContext
  response: Response
}

interface Changed {
  user?: { id: string; name: string; email: string }
}

export async function tellOfNewPassword({ ctx, response }: Done): Promise<void> {
  const { user } = (await response.json().catch(() => ({}))) as Changed
  if (user) await accountMails({ ctx, origin: ctx.origin }).passwordChanged({ user })
}

/**
 * Leaving ends the member's keys first: a key outlives its maker's membership otherwise, because the ledger
 * knows keys and not members. Whoever may not leave keeps theirs.
 */
export async function endKeysOfLeaver({ body, ctx }: Omit<Done, 'response'>): Promise<Response | null> {
  const organizationId = typeof body.organizationId === 'string' ? body.organizationId : ''
  const principal = await resolvePrincipal({ cookie: ctx.headers.get('cookie') ?? '', origin: ctx.origin, ctx })
  if (principal.kind !== 'user') return null
  const { userId } = principal
  const [membership] = await ctx.db
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)))
  if (!membership) return null
  if (await isLastOwner({ organizationId, userId, ctx })) {
    const code = 'YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER'
    return accountError({ status: 400, code, message: 'An organization needs an owner: make somebody else one first.' })
  }
  await ctx.ledgerOf(organizationId).revokeKeysOf({ userId })
  await auditInsert({ ctx, organizationId, actor: { userId }, action: 'member.left', targetId: userId })
  return null
}

/** Once they have left: what was kept for them goes, and whoever wants to know is told. */
export async function tellOfLeaver({ body, ctx }: Done): Promise<void> {
  const organizationId = typeof body.organizationId === 'string' ? body.organizationId : ''
  const principal = await resolvePrincipal({ cookie: ctx.headers.get('cookie') ?? '', origin: ctx.origin, ctx })
  if (principal.kind !== 'user') return
  const { userId } = principal
  await forgetMember({ organizationId, userId, ctx })
  await notify({ ctx, organizationId, type: 'member.removed', data: { user_id: userId, removed_by: null } })
}
