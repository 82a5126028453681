// Who belongs to an organization. Two rules hold whatever is done at the same time, because the database
// itself applies them: there is always an owner, and only owners make or unmake owners.
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { auditEvents, members, sessions, users } from '#db/schema/auth'
import type { Budget } from '#shared/contracts/ledger'
import type { UpdateMember } from '#shared/contracts/organizations'
import { roleMay, type Role } from '#shared/contracts/permissions'
import { conflict, invalidRequest, notFound, permissionDenied } from '#shared/http/problems'
import { askLedger } from './ask-ledger.ts'
import { auditInsert } from './audit.ts'
import type { SystemContext } from './context.ts'
import { notify } from './notify.ts'
import { placeOf, toPage } from './page-after.ts'
import { findRole, requireRole, type Actor } from './require-actor.ts'

interface Asked {
  actor: Actor
  ctx: SystemContext
}

export async function listMembers({ limit, cursor, actor, ctx }: Asked & { limit: number; cursor?: string }) {
  const after = placeOf('members', cursor)
  const rows = await ctx.db
    .select({
      id: members.id,
      userId: members.userId,
      name: users.name,
      email: users.email,
      role: members.role,
      joinedAt: members.createdAt,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, actor.organizationId), after === null ? undefined : gt(members.id, after)))
    .orderBy(asc(members.id))
    .limit(limit + 1)
  return toPage('members', rows, limit)
}

const lastOwner = () => conflict('An organization needs an owner: make somebody else one first.')

export const isMember = ({ organizationId, userId }: { organizationId: string; userId: string }) =>
  and(eq(members.organizationId, organizationId), eq(members.userId, userId))

/** True for everyone but an only owner. Part of the statement, so that two changes at once cannot both pass. */
const anOwnerRemains = (organizationId: string) =>
  sql`(${members.role} <> 'owner' or (select count(*) from ${members} as "others" where "others"."organization_id" = ${organizationId} and "others"."role" = 'owner') > 1)`

async function requireRoleOf(userId: string, { actor, ctx }: Asked): Promise<Role> {
  const role = await findRole({ organizationId: actor.organizationId, userId, ctx })
  if (role === null) throw notFound('member')
  return role
}

async function changeRole({
  userId,
  role,
  before,
  actor,
  ctx,
}: Asked & { userId: string; role: Role; before: Role }): Promise<void> {
  if (role === before) return
  if ((role === 'owner' || before === 'owner') && actor.role !== 'owner') throw permissionDenied('members.manage')
  const { organizationId } = actor
  if (before === 'owner' && (await countOwners(organizationId, ctx)) <= 1) throw lastOwner()
  // The ledger knows keys and not roles: who may no longer use keys must have none.
  if (!roleMay(role, 'keys.use'))
    await askLedger({ organizationId, ctx, ask: (ledger) => ledger.revokeKeysOf({ userId }) })
  const changed = await ctx.db
    .update(members)
    .set({ role })
    .where(and(isMember({ organizationId, userId }), eq(members.role, before), anOwnerRemains(organizationId)))
    .returning({ id: members.id })
  if (changed.length === 0)
    throw before === 'owner' ? lastOwner() : conflict('This member was changed by somebody else at the same time.')
  await auditInsert({
    ctx,
    organizationId,
    actor,
    action: 'member.role-changed',
    targetId: userId,
    facts: { from: before, to: role },
  })
}

export function toBudget(change: {
  budget_micros?: number | null
  budget_period?: Budget['period'] | null
}): Budget | null | undefined {
  if (change.budget_micros === undefined) {
    if (change.budget_period !== undefined)
      throw invalidRequest('budget_micros: needed with budget_period', 'budget_micros')
    return undefined
  }
  return change.budget_micros === null
    ? null
    : { limitMicros: change.budget_micros, period: change.budget_period ?? 'month' }
}

export async function updateMember({
  userId,
  change,
  actor,
  ctx,
}: Asked & { userId: string; change: UpdateMember }): Promise<void> {
  const budget = toBudget(change)
  if (change.role !== undefined) requireRole(actor, 'members.manage')
  if (budget !== undefined) requireRole(actor, 'budgets.manage')
  const before = await requireRoleOf(userId, { actor, ctx })
  if (change.role !== undefined) await changeRole({ userId, role: change.role, before, actor, ctx })
  if (budget === undefined) return
  const { organizationId } = actor
  await askLedger({ organizationId, ctx, ask: (ledger) => ledger.setBudget({ account: `member:${userId}`, budget }) })
  const facts = { limit_micros: budget?.limitMicros ?? null, period: budget?.period ?? null }
  await auditInsert({ ctx, organizationId, actor, action: 'member.budget-changed', targetId: userId, facts })
}

export async function removeMember({ userId, actor, ctx }: Asked & { userId: string }): Promise<void> {
  const { organizationId } = actor
  const isSelf = userId === actor.userId && actor.keyId === null
  if (!isSelf) requireRole(actor, 'members.manage')
  const role = await findRole({ organizationId, userId, ctx })
  if (role === 'owner' && !isSelf && actor.role !== 'owner') throw permissionDenied('members.manage')
  if (role === 'owner' && (await countOwners(organizationId, ctx)) <= 1) throw lastOwner()
  // Keys first, and also for someone who is gone already: what broke off half-way is finished by asking again.
  await askLedger({ organizationId, ctx, ask: (ledger) => ledger.revokeKeysOf({ userId }) })
  if (role === null) throw notFound('member')
  await deleteMembership({ userId, action: isSelf ? 'member.left' : 'member.removed', actor, ctx })
  // A key made between the two steps would outlive its maker's membership.
  await askLedger({ organizationId, ctx, ask: (ledger) => ledger.revokeKeysOf({ userId }) })
  await forgetMember({ organizationId, userId, ctx })
  const data = { user_id: userId, role, removed_by: isSelf ? null : actor.userId }
  await notify({ ctx, organizationId, type: 'member.removed', data })
}

/** What the ledger kept for somebody who belongs to the organization no more. */
export async function forgetMember({
  organizationId,
  userId,
  ctx,
}: {
  organizationId: string
  userId: string
  ctx: SystemContext
}): Promise<void> {
  const account = `member:${userId}` as const
  const limits = { requestsPerMinute: null, tokensPerMinute: null, parallelRequests: null }
  await askLedger({ organizationId, ctx, ask: (ledger) => ledger.setBudget({ account, budget: null }) })
  await askLedger({ organizationId, ctx, ask: (ledger) => ledger.setLimits({ account, limits }) })
}

async function countOwners(organizationId: string, ctx: SystemContext): Promise<number> {
  return ctx.db.$count(members, and(eq(members.organizationId, organizationId), eq(members.role, 'owner')))
}

async function deleteMembership({
  userId,
  action,
  actor,
  ctx,
}: Asked & { userId: string; action: 'member.left' | 'member.removed' }): Promise<void> {
  const { organizationId } = actor
  const [gone] = await ctx.db.batch([
    ctx.db
      .delete(members)
      .where(and(isMember({ organizationId, userId }), anOwnerRemains(organizationId)))
      .returning({ id: members.id }),
    ctx.db
      .update(sessions)
      .set({ activeOrganizationId: null })
      .where(and(eq(sessions.userId, userId), eq(sessions.activeOrganizationId, organizationId))),
    // Told only if it has happened.
    ctx.db.insert(auditEvents)
      .select(sql`select ${ctx.createId('audit')}, ${ctx.now()}, ${organizationId}, ${actor.userId}, ${actor.keyId}, ${action}, ${userId}, null, null
      where not exists (select 1 from ${members} where ${isMember({ organizationId, userId })})`),
  ])
  if (gone.length === 0) throw lastOwner()
}
