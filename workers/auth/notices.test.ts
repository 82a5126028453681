import { expect, test } from 'vitest'
import { joinAs } from './joining.ts'
import { createTestAuth } from './testing.ts'

async function aTeam() {
  const auth = createTestAuth()
  const team = await joinAs(auth)
  const told = () => auth.notices.map(({ type, data, organizationId }) => ({ type, data, organizationId }))
  return { auth, told, ...team }
}

test('a key that is made or revoked is told, by its name and never by its secret', async () => {
  const { auth, told, owner, organizationId } = await aTeam()
  const { body } = await owner.call<{ id: string; key: string }>('/api/keys', { body: { name: 'website' } })
  await owner.call(`/api/keys/${body.id}`, { method: 'DELETE' })
  const data = {
    key_id: body.id,
    name: 'website',
    user_id: owner.userId,
    scopes: ['models', 'chat', 'images', 'usage'],
    changed_by: owner.userId,
  }
  expect(told()).toEqual([
    { type: 'key.created', data, organizationId },
    { type: 'key.revoked', data, organizationId },
  ])
  expect(JSON.stringify(auth.notices)).not.toContain(body.key)
  expect(new Set(auth.notices.map(({ id }) => id)).size).toBe(2)
})

test('members who join, leave or are removed are told', async () => {
  const { told, owner, organizationId, join } = await aTeam()
  const maha = await join('Maha', 'member')
  const omar = await join('Omar', 'viewer')
  await owner.call(`/api/organizations/current/members/${maha.userId}`, { method: 'DELETE' })
  await omar.call('/api/auth/organization/leave', { body: { organizationId } })
  expect(told()).toEqual([
    { type: 'member.joined', data: { user_id: maha.userId, role: 'member' }, organizationId },
    { type: 'member.joined', data: { user_id: omar.userId, role: 'viewer' }, organizationId },
    {
      type: 'member.removed',
      data: { user_id: maha.userId, role: 'member', removed_by: owner.userId },
      organizationId,
    },
    { type: 'member.removed', data: { user_id: omar.userId, removed_by: null }, organizationId },
  ])
})

test('who may not leave has not left', async () => {
  const { told, owner, organizationId } = await aTeam()
  await owner.call('/api/auth/organization/leave', { body: { organizationId } })
  expect(told()).toEqual([])
})

test('what has happened stays so where the queue cannot be asked', async () => {
  const { auth, owner } = await aTeam()
  auth.state.noticeFailure = new Error('the queue is away')
  expect((await owner.call('/api/keys', { body: { name: 'website' } })).status).toBe(201)
})
