import { expect, test } from 'vitest'
import { permissions, roles, scopes, type Action } from '#shared/contracts/permissions'
import { joinAs } from './joining.ts'
import { recordServiceAudit } from './audit.ts'
import { createTestAuth } from './testing.ts'

const MEMBERS = '/api/organizations/current/members'

test.each(roles)('a %s is told exactly what the permission table allows', async (role) => {
  const { owner, join } = await joinAs(createTestAuth())
  const person = role === 'owner' ? owner : await join('Omar', role)
  const { body } = await person.call('/api/organizations/current')

  const allowed = (Object.keys(permissions) as Action[]).filter((action) =>
    (permissions[action].roles as readonly string[]).includes(role),
  )
  expect(body).toMatchObject({ name: 'Rihla', slug: 'rihla', personal: false, role, permissions: allowed })
})

test('everybody sees who belongs, page by page, and nobody of other organizations', async () => {
  const auth = createTestAuth()
  const { owner, join } = await joinAs(auth)
  await auth.signUp('Stranger')
  await join('Omar', 'member')
  const viewer = await join('Huda', 'viewer')
  const { body: first } = await viewer.call(`${MEMBERS}?limit=2`)
  const { body: second } = await viewer.call(`${MEMBERS}?limit=2&cursor=${first.next_cursor}`)

  expect([...first.data, ...second.data].map(({ name, role }) => [name, role])).toEqual([
    ['Salma', 'owner'],
    ['Omar', 'member'],
    ['Huda', 'viewer'],
  ])
  expect(second.next_cursor).toBeNull()
  expect(first.data[0]).toMatchObject({ user_id: owner.userId, email: 'salma@example.com', budget_micros: null })
})

test('a new role counts from the next call on', async () => {
  const { owner, join } = await joinAs(createTestAuth())
  const omar = await join('Omar', 'member')
  expect((await owner.call(`${MEMBERS}/${omar.userId}`, { method: 'PATCH', body: { role: 'admin' } })).status).toBe(204)
  expect(await omar.principal()).toMatchObject({ role: 'admin' })
})

test('a role that may not use keys ends the keys of its member', async () => {
  const auth = createTestAuth()
  const { owner, organizationId, join } = await joinAs(auth)
  const omar = await join('Omar', 'member')
  await omar.call('/api/keys', { body: { name: 'his' } })
  await owner.call(`${MEMBERS}/${omar.userId}`, { method: 'PATCH', body: { role: 'admin' } })
  expect((await auth.ledgerOf(organizationId).keys({ limit: 10 })).data[0]!.revokedAt).toBeNull()
  await owner.call(`${MEMBERS}/${omar.userId}`, { method: 'PATCH', body: { role: 'viewer' } })
  expect((await auth.ledgerOf(organizationId).keys({ limit: 10 })).data[0]!.revokedAt).not.toBeNull()
})

test('an organization is never left without an owner', async () => {
  const { owner, organizationId, join } = await joinAs(createTestAuth())
  const omar = await join('Omar', 'admin')
  const demote = await owner.call(`${MEMBERS}/${owner.userId}`, { method: 'PATCH', body: { role: 'member' } })
  expect(demote.body.code).toBe('conflict')
  expect((await owner.call(`${MEMBERS}/${owner.userId}`, { method: 'DELETE' })).body.code).toBe('conflict')
  expect((await owner.call('/api/auth/organization/leave', { body: { organizationId } })).status).toBe(400)

  await owner.call(`${MEMBERS}/${omar.userId}`, { method: 'PATCH', body: { role: 'owner' } })
  expect((await owner.call(`${MEMBERS}/${owner.userId}`, { method: 'PATCH', body: { role: 'member' } })).status).toBe(
    204,
  )
})

test('two owners who demote each other at the same moment leave one', async () => {
  const { owner, join } = await joinAs(createTestAuth())
  const omar = await join('Omar', 'owner')
  const answers = await Promise.all([
    owner.call(`${MEMBERS}/${omar.userId}`, { method: 'PATCH', body: { role: 'member' } }),
    omar.call(`${MEMBERS}/${owner.userId}`, { method: 'PATCH', body: { role: 'member' } }),
  ])
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
  const { body } = await owner.call(MEMBERS)
  expect(body.data.filter(({ role }: { role: string }) => role === 'owner')).toHaveLength(1)
})

test('admins manage members but neither make nor unmake owners', async () => {
  const { owner, join } = await joinAs(createTestAuth())
  const admin = await join('Huda', 'admin')
  const omar = await join('Omar', 'member')

  expect((await admin.call(`${MEMBERS}/${omar.userId}`, { method: 'PATCH', body: { role: 'viewer' } })).status).toBe(
    204,
  )
  for (const call of [
    { path: `${MEMBERS}/${omar.userId}`, method: 'PATCH', body: { role: 'owner' } },
    { path: `${MEMBERS}/${owner.userId}`, method: 'PATCH', body: { role: 'member' } },
    { path: `${MEMBERS}/${owner.userId}`, method: 'DELETE' },
    {
      path: '/api/organizations/current/invitations',
      method: 'POST',
      body: { email: 'new@example.com', role: 'owner' },
    },
    { path: '/api/organizations/current', method: 'DELETE' },
  ]) {
    expect((await admin.call(call.path, call)).body.code).toBe('permission_denied')
  }
})

test.each(['member', 'billing', 'viewer'] as const)('a %s changes nobody’s role and invites nobody', async (role) => {
  const { owner, join } = await joinAs(createTestAuth())
  const person = await join('Omar', role)
  for (const call of [
    { path: `${MEMBERS}/${person.userId}`, method: 'PATCH', body: { role: 'owner' } },
    { path: `${MEMBERS}/${owner.userId}`, method: 'DELETE' },
    { path: '/api/organizations/current/invitations', method: 'POST', body: { email: 'new@example.com' } },
    { path: '/api/organizations/current/invitations', method: 'GET' },
    { path: '/api/organizations/current/audit', method: 'GET' },
    { path: '/api/organizations/current', method: 'PATCH', body: { name: 'Mine' } },
  ]) {
    expect((await person.call(call.path, call)).body.code).toBe('permission_denied')
  }
})

test('the budget of a member is set by whoever handles money, and shown with what was spent', async () => {
  const auth = createTestAuth()
  const { organizationId, join } = await joinAs(auth)
  const billing = await join('Huda', 'billing')
  const omar = await join('Omar', 'member')
  const body = { budget_micros: 2_000_000, budget_period: 'week' }
  expect((await billing.call(`${MEMBERS}/${omar.userId}`, { method: 'PATCH', body })).status).toBe(204)
  expect(
    (await omar.call(`${MEMBERS}/${omar.userId}`, { method: 'PATCH', body: { budget_micros: null } })).body.code,
  ).toBe('permission_denied')

  expect(await auth.ledgerOf(organizationId).budgets()).toMatchObject([
    { account: `member:${omar.userId}`, limitMicros: 2_000_000, period: 'week' },
  ])
  const { body: list } = await omar.call(MEMBERS)
  expect(list.data.find((member: { user_id: string }) => member.user_id === omar.userId)).toMatchObject({
    ...body,
    spent_micros: 0,
  })
})

test('members are listed without budgets while the ledger cannot be asked', async () => {
  const auth = createTestAuth()
  const { owner } = await joinAs(auth)
  auth.state.ledgerFailure = new Error('unreachable')
  const answer = await owner.call(MEMBERS)
  expect(answer.status).toBe(200)
  expect(answer.body.data[0].spent_micros).toBeNull()
})

test('who is removed loses their keys, their budget and the organization at once, and works at home again', async () => {
  const auth = createTestAuth()
  const { owner, organizationId, join } = await joinAs(auth)
  const omar = await join('Omar', 'member')
  await omar.call('/api/keys', { body: { name: 'his' } })
  await owner.call(`${MEMBERS}/${omar.userId}`, { method: 'PATCH', body: { budget_micros: 5 } })
  expect((await owner.call(`${MEMBERS}/${omar.userId}`, { method: 'DELETE' })).status).toBe(204)

  expect((await auth.ledgerOf(organizationId).keys({ limit: 10 })).data[0]!.revokedAt).not.toBeNull()
  expect(await auth.ledgerOf(organizationId).budgets()).toEqual([])
  expect(await omar.principal()).toMatchObject({ organizationId: omar.organizationId, role: 'owner' })
  expect((await owner.call(`${MEMBERS}/${omar.userId}`, { method: 'DELETE' })).body.code).toBe('not_found')
})

test('nobody is removed while their keys cannot be revoked', async () => {
  const auth = createTestAuth()
  const { owner, join } = await joinAs(auth)
  const omar = await join('Omar', 'member')
  auth.state.ledgerFailure = new Error('unreachable')
  expect((await owner.call(`${MEMBERS}/${omar.userId}`, { method: 'DELETE' })).body.code).toBe('service_unavailable')
  expect(await omar.principal()).toMatchObject({ role: 'member' })
})

test('whoever leaves takes their keys along', async () => {
  const auth = createTestAuth()
  const { organizationId, join } = await joinAs(auth)
  const omar = await join('Omar', 'member')
  await omar.call('/api/keys', { body: { name: 'his' } })
  expect((await omar.call('/api/auth/organization/leave', { body: { organizationId } })).status).toBe(200)

  expect((await auth.ledgerOf(organizationId).keys({ limit: 10 })).data[0]!.revokedAt).not.toBeNull()
  expect(await omar.principal()).toMatchObject({ organizationId: omar.organizationId })
})

test('a member of another organization is not there', async () => {
  const auth = createTestAuth()
  const { owner } = await joinAs(auth)
  const stranger = await auth.signUp('Stranger')
  for (const call of [{ method: 'PATCH', body: { role: 'viewer' } }, { method: 'DELETE' }]) {
    expect((await owner.call(`${MEMBERS}/${stranger.userId}`, call)).body.code).toBe('not_found')
  }
})

test('the audit log says who did what to whom, newest first', async () => {
  const { owner, join } = await joinAs(createTestAuth())
  const omar = await join('Omar', 'member')
  await owner.call(`${MEMBERS}/${omar.userId}`, { method: 'PATCH', body: { role: 'admin' } })
  const { body } = await owner.call('/api/organizations/current/audit?limit=3')

  expect(body.data[0]).toMatchObject({
    action: 'member.role-changed',
    actor_name: 'Salma',
    target_name: 'Omar',
    facts: { from: 'member', to: 'admin' },
  })
  expect(body.data.map(({ action }: { action: string }) => action)).toEqual([
    'member.role-changed',
    'member.joined',
    'invitation.created',
  ])
  const { body: older } = await owner.call(`/api/organizations/current/audit?cursor=${body.next_cursor}`)
  expect(older.data.map(({ action }: { action: string }) => action)).toContain('organization.created')
})

test('what another service changed stands in the audit log, also where the platform decided', async () => {
  const auth = createTestAuth()
  const { owner, organizationId } = await joinAs(auth)
  const told = { organizationId, targetId: 'whe_1' }
  const actor = { userId: owner.userId, keyId: null }
  await recordServiceAudit({ audit: { ...told, actor, action: 'webhook.created' }, ctx: auth.ctx })
  await recordServiceAudit({
    audit: { ...told, actor: { userId: null, keyId: null }, action: 'webhook.disabled', facts: { reason: 'gone' } },
    ctx: auth.ctx,
  })
  const { body } = await owner.call('/api/organizations/current/audit?limit=2')
  expect(body.data).toMatchObject([
    { action: 'webhook.disabled', actor_user_id: null, target_id: 'whe_1', facts: { reason: 'gone' } },
    { action: 'webhook.created', actor_name: 'Salma', target_id: 'whe_1', facts: null },
  ])
})

test('the organization can be renamed, given a budget and a limit, and deleted with all it had', async () => {
  const auth = createTestAuth()
  const { owner, organizationId, join } = await joinAs(auth)
  const omar = await join('Omar', 'member')
  const change = { name: 'Rihla Travel', budget_micros: 9_000_000, budget_period: 'month', rate_limit_rpm: 120 }
  expect((await owner.call('/api/organizations/current', { method: 'PATCH', body: change })).body).toMatchObject({
    ...change,
    spent_micros: 0,
  })

  expect((await owner.call('/api/organizations/current', { method: 'DELETE' })).status).toBe(204)
  for (const told of [
    auth.erasures,
    auth.webhookErasures,
    auth.billingErasures,
    auth.libraryErasures,
    auth.imageErasures,
  ])
    expect(told).toEqual([{ organizationId, userId: owner.userId }])
  expect(await omar.principal()).toMatchObject({ organizationId: omar.organizationId })
  expect((await owner.call('/api/organizations/current', { method: 'DELETE' })).body.code).toBe('conflict')
})

test('an owner’s key changes neither roles, budgets, members nor the organization, whatever its scopes', async () => {
  const auth = createTestAuth()
  const { owner, organizationId, join } = await joinAs(auth)
  const omar = await join('Omar', 'member')
  const principal = {
    kind: 'api-key' as const,
    organizationId,
    userId: owner.userId,
    keyId: 'key_owner00000001',
    scopes: [...scopes],
  }
  const his = `${MEMBERS}/${omar.userId}`
  for (const [method, path, body] of [
    ['PATCH', his, { role: 'owner' }],
    ['PATCH', his, { budget_micros: null }],
    ['DELETE', his, undefined],
    ['DELETE', `${MEMBERS}/${owner.userId}`, undefined],
    ['PATCH', '/api/organizations/current', { name: 'Mine' }],
    ['PATCH', '/api/organizations/current', { budget_micros: null, rate_limit_rpm: null }],
    ['DELETE', '/api/organizations/current', undefined],
    ['POST', '/api/organizations/current/invitations', { email: 'mona@example.com', role: 'admin' }],
  ] as const) {
    const answer = await owner.call(path, { method, principal, ...(body && { body }) })
    expect([method, path, answer.body?.code]).toEqual([method, path, 'permission_denied'])
  }
  expect((await owner.call(MEMBERS, { principal })).body.data.map(({ role }: { role: string }) => role)).toEqual([
    'owner',
    'member',
  ])
})
