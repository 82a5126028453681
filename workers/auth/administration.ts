// What the operators of the deployment see of everybody, and the credit that they give.
import { and, desc, eq, like, lt, or, sql } from 'drizzle-orm'
import { members, organizations, users } from '#db/schema/auth'
import type { AdminOrganization, AdminUser, GrantCredit, GrantedCredit } from '#shared/contracts/administration'
import { askLedger } from './ask-ledger.ts'
import { auditInsert } from './audit.ts'
import type { SystemContext } from './context.ts'
import { getOrganizationOf } from './organizations.ts'
import { placeOf, toPage } from './page-after.ts'
import { isPlatformAdmin } from './platform-admin.ts'

interface Search {
  limit: number
  cursor?: string
  q?: string
  ctx: SystemContext
}

/** What was typed, anywhere in the text, with no wildcards of its own. */
const containing = (q: string) => `%${q.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
const matches = (column: Parameters<typeof like>[0], q: string) => sql`${like(column, containing(q))} escape '\\'`

export async function listUsers({
  limit,
  cursor,
  q,
  origin,
  ctx,
}: Search & { origin: string }): Promise<{ data: AdminUser[]; nextCursor: string | null }> {
  const before = placeOf('users', cursor)
  const rows = await ctx.db
    .select()
    .from(users)
    .where(
      and(
        before === null ? undefined : lt(users.id, before),
        q ? or(matches(users.name, q), matches(users.email, q)) : undefined,
      ),
    )
    .orderBy(desc(users.id))
    .limit(limit + 1)
  const page = toPage('users', rows, limit)
  const data = page.data.map((user) => ({
    id: user.id,
    name: user.name,
    email: user.email,
    email_verified: user.emailVerified,
    two_factor_enabled: user.twoFactorEnabled,
    platform_admin: isPlatformAdmin({ ...user, origin, settings: ctx.settings }),
    created_at: user.createdAt.getTime(),
  }))
  return { data, nextCursor: page.nextCursor }
}

async function balanceOf(organizationId: string, ctx: SystemContext) {
  try {
    const balance = await ctx.ledgerOf(organizationId).balance()
    return {
      balance_micros: balance.balanceMicros,
      held_micros: balance.heldMicros,
      available_micros: balance.availableMicros,
    }
  } catch {
    return { balance_micros: null, held_micros: null, available_micros: null }
  }
}

export async function listOrganizations({
  limit,
  cursor,
  q,
  ctx,
}: Search): Promise<{ data: AdminOrganization[]; nextCursor: string | null }> {
  const before = placeOf('organizations', cursor)
  const rows = await ctx.db
    .select({
      id: organizations.id,
      name: organizations.name,
      slug: organizations.slug,
      personalUserId: organizations.personalUserId,
      createdAt: organizations.createdAt,
      members: sql<number>`(select count(*) from ${members} where "members"."organization_id" = "organizations"."id")`,
    })
    .from(organizations)
    .where(
      and(
        before === null ? undefined : lt(organizations.id, before),
        q ? or(matches(organizations.name, q), matches(organizations.slug, q), eq(organizations.id, q)) : undefined,
      ),
    )
    .orderBy(desc(organizations.id))
    .limit(limit + 1)
  const page = toPage('organizations', rows, limit)
  const data = await Promise.all(
    page.data.map(async ({ personalUserId, createdAt, ...row }) => ({
      ...row,
      personal: personalUserId !== null,
      created_at: createdAt.getTime(),
      ...(await balanceOf(row.id, ctx)),
    })),
  )
  return { data, nextCursor: page.nextCursor }
}

interface Grant {
  organizationId: string
  input: GrantCredit
  adminId: string
  ctx: SystemContext
}

export async function grantCredit({ organizationId, input, adminId, ctx }: Grant): Promise<GrantedCredit> {
  await getOrganizationOf({ organizationId, ctx })
  // A name space of its own: an operator's id never meets that of an invoice or of the sign-up credit.
  const grant = { id: `admin:${input.id}`, amountMicros: input.amount_micros, ...(input.note && { note: input.note }) }
  const { entry, repeated } = await askLedger({ organizationId, ctx, ask: (ledger) => ledger.grant(grant) })
  if (!repeated) {
    const facts = { amount_micros: entry.amountMicros, entry: entry.id }
    await auditInsert({
      ctx,
      organizationId,
      actor: { userId: adminId },
      action: 'credit.granted',
      targetId: organizationId,
      facts,
    })
  }
  const { balanceMicros } = await askLedger({ organizationId, ctx, ask: (ledger) => ledger.balance() })
  return { entry_id: entry.id, amount_micros: entry.amountMicros, repeated, balance_micros: balanceMicros }
}
