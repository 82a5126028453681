import { expect, test } from 'vitest'
import type { Principal } from '#shared/contracts/principal'
import { joinAs } from './joining.ts'
import { createTestAuth } from './testing.ts'

const LIMITS = '/api/organizations/current/limits'
const model = 'openai/gpt-6-luna'

async function aTeam() {
  const auth = createTestAuth()
  return { auth, ...(await joinAs(auth)) }
}

const none = {
  budget_micros: null,
  budget_period: null,
  spent_micros: null,
  held_micros: null,
  resets_at: null,
  rate_limit_rpm: null,
  rate_limit_tpm: null,
  parallel_requests: null,
  alert_percents: [80],
}

test('the organization, a member and a model have limits, and the list shows the organization first', async () => {
  const { owner, join } = await aTeam()
  const maha = await join('Maha', 'member')
  expect((await owner.call(LIMITS)).body.data).toEqual([{ account: 'organization', ...none }])

  await owner.call(`${LIMITS}/model:${model}`, { method: 'PUT', body: { rate_limit_tpm: 50_000 } })
  const put = await owner.call(`${LIMITS}/member:${maha.userId}`, {
    method: 'PUT',
    body: { budget_micros: 5_000_000, budget_period: 'week', parallel_requests: 2, alert_percents: [90, 50, 90] },
  })
  expect(put.status).toBe(200)
  expect(put.body).toMatchObject({
    account: `member:${maha.userId}`,
    budget_micros: 5_000_000,
    budget_period: 'week',
    spent_micros: 0,
    held_micros: 0,
    parallel_requests: 2,
    alert_percents: [50, 90],
  })
  expect((await maha.call(LIMITS)).body.data.map(({ account }: { account: string }) => account)).toEqual([
    'organization',
    `member:${maha.userId}`,
    `model:${model}`,
  ])
})

test('an account’s name may be written as part of the address as it is, or escaped', async () => {
  const { owner } = await aTeam()
  const account = `model:${model}`
  const escaped = `${LIMITS}/${encodeURIComponent(account)}`
  expect((await owner.call(escaped, { method: 'PUT', body: { rate_limit_rpm: 7 } })).body.account).toBe(account)
  expect((await owner.call(`${LIMITS}/${account}`)).body.rate_limit_rpm).toBe(7)
})

test('what is left out of a change is lifted', async () => {
  const { owner } = await aTeam()
  await owner.call(`${LIMITS}/organization`, { method: 'PUT', body: { budget_micros: 1, rate_limit_rpm: 5 } })
  const { body } = await owner.call(`${LIMITS}/organization`, { method: 'PUT', body: { rate_limit_tpm: 9 } })
  expect(body).toEqual({ account: 'organization', ...none, rate_limit_tpm: 9 })
})

test('limits are the ledger’s: it is told of each, and of lifting them', async () => {
  const { auth, owner, organizationId } = await aTeam()
  const ledger = auth.ledgerOf(organizationId)
  await owner.call(`${LIMITS}/model:${model}`, { method: 'PUT', body: { budget_micros: 10, parallel_requests: 3 } })
  expect(await ledger.limits()).toContainEqual(
    expect.objectContaining({ account: `model:${model}`, parallelRequests: 3, alertPercents: [80] }),
  )
  expect(await ledger.budgets()).toMatchObject([{ account: `model:${model}`, limitMicros: 10, period: 'month' }])

  expect((await owner.call(`${LIMITS}/model:${model}`, { method: 'DELETE' })).status).toBe(204)
  expect((await owner.call(`${LIMITS}/model:${model}`, { method: 'DELETE' })).status).toBe(204)
  expect((await owner.call(LIMITS)).body.data).toEqual([{ account: 'organization', ...none }])
})

test('the organization’s own page and its limits say the same', async () => {
  const { owner } = await aTeam()
  const put = { budget_micros: 9_000_000, budget_period: 'day', rate_limit_rpm: 30 }
  await owner.call(`${LIMITS}/organization`, { method: 'PUT', body: put })
  expect((await owner.call('/api/organizations/current')).body).toMatchObject(put)
  await owner.call('/api/organizations/current', { method: 'PATCH', body: { rate_limit_rpm: 60 } })
  expect((await owner.call(`${LIMITS}/organization`)).body).toMatchObject({ ...put, rate_limit_rpm: 60 })
})

test('who sets budgets sets limits; everybody reads them; no key sets them', async () => {
  const { owner, organizationId, join } = await aTeam()
  const set = { method: 'PUT', body: { rate_limit_rpm: 5 } }
  for (const [role, status] of [
    ['billing', 200],
    ['admin', 200],
    ['member', 403],
    ['viewer', 403],
  ] as const) {
    const person = await join(`A${role}`, role)
    expect([role, (await person.call(`${LIMITS}/organization`, set)).status]).toEqual([role, status])
    expect((await person.call(LIMITS)).status).toBe(200)
  }
  const { body: key } = await owner.call<{ id: string }>('/api/keys', {
    body: { name: 'robot', scopes: ['organization'] },
  })
  const principal: Principal = {
    kind: 'api-key',
    organizationId,
    keyId: key.id,
    userId: owner.userId,
    scopes: ['organization'],
  }
  expect((await owner.call(LIMITS, { principal })).status).toBe(200)
  expect((await owner.call(`${LIMITS}/organization`, { ...set, principal })).status).toBe(403)
})

test.each([
  ['moon', 'account'],
  ['key:key_1', 'account'],
  ['model:openai/no-such-model', 'account'],
])('the account %s is refused by name', async (account, param) => {
  const { owner } = await aTeam()
  const { status, body } = await owner.call(`${LIMITS}/${account}`, { method: 'PUT', body: {} })
  expect({ status, code: body.code, param: body.param }).toEqual({ status: 400, code: 'invalid_request', param })
})

test.each([
  [{ rate_limit_tpm: 0 }, 'rate_limit_tpm'],
  [{ parallel_requests: 1.5 }, 'parallel_requests'],
  [{ alert_percents: [101] }, 'alert_percents[0]'],
  [{ budget_micros: -1 }, 'budget_micros'],
  [{ budget_period: 'year' }, 'budget_period'],
  [{ surprise: 1 }, 'surprise'],
])('%j is refused by the name of its field', async (body, param) => {
  const { owner } = await aTeam()
  const answer = await owner.call(`${LIMITS}/organization`, { method: 'PUT', body })
  expect({ status: answer.status, param: answer.body.param }).toEqual({ status: 400, param })
})

test('somebody who is no member has no limits, and another organization is not there', async () => {
  const { auth, owner, organizationId } = await aTeam()
  const stranger = await auth.signUp('Omar')
  const put = { method: 'PUT', body: {} }
  expect((await owner.call(`${LIMITS}/member:${stranger.userId}`, put)).status).toBe(404)
  expect((await stranger.call(`/api/organizations/${organizationId}/limits`)).status).toBe(404)
  expect((await owner.call(`/api/organizations/${organizationId}/limits`)).status).toBe(200)
})

test('who leaves or is removed has no limits any more', async () => {
  const { auth, owner, organizationId, join } = await aTeam()
  const maha = await join('Maha', 'member')
  const omar = await join('Omar', 'member')
  for (const { userId } of [maha, omar])
    await owner.call(`${LIMITS}/member:${userId}`, { method: 'PUT', body: { budget_micros: 5, parallel_requests: 1 } })
  await owner.call(`/api/organizations/current/members/${maha.userId}`, { method: 'DELETE' })
  await omar.call('/api/auth/organization/leave', { body: { organizationId } })
  expect((await owner.call(LIMITS)).body.data).toHaveLength(1)
  expect(await auth.ledgerOf(organizationId).budgets()).toEqual([])
})

test('a change of limits is in the audit log with what was decided', async () => {
  const { owner } = await aTeam()
  await owner.call(`${LIMITS}/model:${model}`, { method: 'PUT', body: { budget_micros: 10 } })
  const { body } = await owner.call('/api/organizations/current/audit')
  expect(body.data[0]).toMatchObject({
    action: 'limits.changed',
    actor_user_id: owner.userId,
    target_id: model,
    facts: { account: `model:${model}`, limit_micros: 10, period: 'month' },
  })
})
