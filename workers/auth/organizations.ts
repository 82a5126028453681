// One's present organization: what it is called, what it may spend, and its end.
import { and, eq, ne } from 'drizzle-orm'
import { members, organizations } from '#db/schema/auth'
import type { OrganizationState, UpdateOrganization } from '#shared/contracts/organizations'
import { permissions, roleMay, type Action } from '#shared/contracts/permissions'
import { regionOf } from '#shared/lib/region'
import { conflict, notFound } from '#shared/http/problems'
import { askLedger } from './ask-ledger.ts'
import { auditInsert } from './audit.ts'
import type { SystemContext } from './context.ts'
import { readBudgets, toBudgetFields } from './member-budgets.ts'
import { toBudget } from './members.ts'
import { requireNoSubscription } from './plan-room.ts'
import { requireRole, type Actor } from './require-actor.ts'

interface Asked {
  actor: Actor
  ctx: SystemContext
}

export async function getOrganizationOf({ organizationId, ctx }: { organizationId: string; ctx: SystemContext }) {
  const [row] = await ctx.db.select().from(organizations).where(eq(organizations.id, organizationId)).limit(1)
  if (!row) throw notFound('organization')
  return row
}

export async function describeOrganization({ actor, ctx }: Asked): Promise<OrganizationState> {
  const { organizationId, role } = actor
  const [row, budgets] = await Promise.all([
    getOrganizationOf({ organizationId, ctx }),
    readBudgets({ organizationId, ctx }),
  ])
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    personal: row.personalUserId !== null,
    region: regionOf(row.id),
    role,
    permissions: (Object.keys(permissions) as Action[]).filter((action) => roleMay(role, action)),
    created_at: row.createdAt.getTime(),
    ...toBudgetFields(budgets?.get('organization')),
    rate_limit_rpm: row.requestsPerMinute,
  }
}

export async function updateOrganization({
  change,
  actor,
  ctx,
}: Asked & { change: UpdateOrganization }): Promise<void> {
  const { organizationId } = actor
  const budget = toBudget(change)
  const { name, rate_limit_rpm: requestsPerMinute } = change
  if (name === undefined && budget === undefined && requestsPerMinute === undefined) return
  if (name !== undefined) requireRole(actor, 'organization.update')
  if (budget !== undefined || requestsPerMinute !== undefined) requireRole(actor, 'budgets.manage')
  if (budget !== undefined)
    await askLedger({ organizationId, ctx, ask: (ledger) => ledger.setBudget({ account: 'organization', budget }) })
  if (requestsPerMinute !== undefined)
    await askLedger({ organizationId, ctx, ask: (ledger) => ledger.setRateLimit({ requestsPerMinute }) })
  const facts = {
    fields: Object.keys(change).join(' '),
    ...(budget !== undefined && { limit_micros: budget?.limitMicros ?? null }),
  }
  await ctx.db.batch([
    ctx.db
      .update(organizations)
      .set({
        updatedAt: new Date(ctx.now()),
        ...(name !== undefined && { name }),
        ...(requestsPerMinute !== undefined && { requestsPerMinute }),
      })
      .where(eq(organizations.id, organizationId)),
    auditInsert({ ctx, organizationId, actor, action: 'organization.updated', targetId: organizationId, facts }),
  ])
}

interface Erased {
  organizationId: string
  userId: string
  ctx: SystemContext
}

/** What the organization has outside the database. It can be done again, so it comes before the row goes. */
export async function emptyOrganization({ organizationId, userId, ctx }: Erased): Promise<void> {
  await askLedger({ organizationId, ctx, ask: (ledger) => ledger.erase() })
  await ctx.requestErasure({ organizationId, userId })
}

export async function eraseOrganization({ organizationId, userId, ctx }: Erased): Promise<void> {
  await emptyOrganization({ organizationId, userId, ctx })
  await ctx.db.batch([
    ctx.db.delete(organizations).where(eq(organizations.id, organizationId)),
    auditInsert({ ctx, organizationId, actor: { userId }, action: 'organization.deleted', targetId: organizationId }),
  ])
}

export async function deleteOrganization({ actor, ctx }: Asked): Promise<void> {
  const row = await getOrganizationOf({ organizationId: actor.organizationId, ctx })
  if (row.personalUserId !== null) throw conflict('Your own organization ends with your account.')
  await requireNoSubscription({ organizationId: row.id, name: row.name, ctx })
  await eraseOrganization({ organizationId: row.id, userId: actor.userId, ctx })
}

/** Whether anybody else belongs to it. */
export async function hasOthers({
  organizationId,
  userId,
  ctx,
}: {
  organizationId: string
  userId: string
  ctx: SystemContext
}): Promise<boolean> {
  return (await ctx.db.$count(members, and(eq(members.organizationId, organizationId), ne(members.userId, userId)))) > 0
}
