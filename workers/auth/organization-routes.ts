// /api/organizations/current: always the one that the caller acts for.
import {
  CreateInvitation,
  UpdateMember,
  UpdateOrganization,
  type Invitation,
  type Member,
} from '#shared/contracts/organizations'
import { PageQuery } from '#shared/contracts/page'
import type { Action } from '#shared/contracts/permissions'
import type { ServiceApp } from '#shared/http/create-service-app'
import { parseBody, parseWith } from '#shared/http/validate'
import { authContext, type AuthHono } from './context.ts'
import type { AuthEnv } from './env.ts'
import { cancelInvitation, invite, listInvitations } from './invitations.ts'
import { listAudit } from './list-audit.ts'
import { readBudgets, toBudgetFields, type Budgets } from './member-budgets.ts'
import { listMembers, removeMember, updateMember } from './members.ts'
import { deleteOrganization, describeOrganization, updateOrganization } from './organizations.ts'
import { requireActor } from './require-actor.ts'

const BASE = '/api/organizations/current'

type MemberRow = Awaited<ReturnType<typeof listMembers>>['data'][number]
type InvitationRow = Awaited<ReturnType<typeof listInvitations>>['data'][number]

const toMember = (row: MemberRow, budgets: Budgets | null): Member => ({
  user_id: row.userId,
  name: row.name,
  email: row.email,
  role: row.role,
  joined_at: row.joinedAt.getTime(),
  ...toBudgetFields(budgets?.get(`member:${row.userId}`)),
})

const toInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role,
  inviter_id: row.inviterId,
  created_at: row.createdAt.getTime(),
  expires_at: row.expiresAt.getTime(),
})

async function asActor(c: AuthHono, action: Action) {
  const ctx = authContext(c)
  return { ctx, actor: await requireActor(ctx, action) }
}

function itselfRoutes(app: ServiceApp<AuthEnv>): void {
  app.get(BASE, async (c) => c.json(await describeOrganization(await asActor(c, 'organization.read'))))
  app.patch(BASE, async (c) => {
    const asked = await asActor(c, 'organization.read')
    await updateOrganization({ change: await parseBody(c.req.raw, UpdateOrganization), ...asked })
    return c.json(await describeOrganization(asked))
  })
  app.delete(BASE, async (c) => {
    await deleteOrganization(await asActor(c, 'organization.delete'))
    return c.body(null, 204)
  })
  app.get(`${BASE}/audit`, async (c) => {
    const { data, nextCursor } = await listAudit({
      ...parseWith(PageQuery, c.req.query()),
      ...(await asActor(c, 'audit.read')),
    })
    return c.json({ data, next_cursor: nextCursor })
  })
}

function memberRoutes(app: ServiceApp<AuthEnv>): void {
  app.get(`${BASE}/members`, async (c) => {
    const asked = await asActor(c, 'members.read')
    const [page, budgets] = await Promise.all([
      listMembers({ ...parseWith(PageQuery, c.req.query()), ...asked }),
      readBudgets({ organizationId: asked.actor.organizationId, ctx: asked.ctx }),
    ])
    return c.json({ data: page.data.map((row) => toMember(row, budgets)), next_cursor: page.nextCursor })
  })
  app.patch(`${BASE}/members/:userId`, async (c) => {
    const asked = await asActor(c, 'members.read')
    await updateMember({ userId: c.req.param('userId'), change: await parseBody(c.req.raw, UpdateMember), ...asked })
    return c.body(null, 204)
  })
  app.delete(`${BASE}/members/:userId`, async (c) => {
    await removeMember({ userId: c.req.param('userId'), ...(await asActor(c, 'members.read')) })
    return c.body(null, 204)
  })
}

function invitationRoutes(app: ServiceApp<AuthEnv>): void {
  app.get(`${BASE}/invitations`, async (c) => {
    const page = await listInvitations({
      ...parseWith(PageQuery, c.req.query()),
      ...(await asActor(c, 'members.manage')),
    })
    return c.json({ data: page.data.map(toInvitation), next_cursor: page.nextCursor })
  })
  app.post(`${BASE}/invitations`, async (c) => {
    const asked = await asActor(c, 'members.manage')
    return c.json(toInvitation(await invite({ input: await parseBody(c.req.raw, CreateInvitation), ...asked })), 201)
  })
  app.delete(`${BASE}/invitations/:id`, async (c) => {
    await cancelInvitation({ id: c.req.param('id'), ...(await asActor(c, 'members.manage')) })
    return c.body(null, 204)
  })
}

export function organizationRoutes(app: ServiceApp<AuthEnv>): void {
  itselfRoutes(app)
  memberRoutes(app)
  invitationRoutes(app)
}
