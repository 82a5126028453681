import { expect, test } from 'vitest'
import type { Principal } from '#shared/contracts/principal'
import type { Scope } from '#shared/contracts/permissions'
import { sha256Hex } from '#shared/lib/bytes'
import { bareId } from '#shared/lib/ids'
import { joinAs } from './joining.ts'
import { createTestAuth } from './testing.ts'

const asKey = ({
  organizationId,
  userId,
  keyId,
  scopes,
}: {
  organizationId: string
  userId: string
  keyId: string
  scopes: Scope[]
}): Principal => ({
  kind: 'api-key',
  organizationId,
  userId,
  keyId,
  scopes,
})

test('a key names its organization and itself, is shown once and kept as a hash', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp()
  const { status, body } = await salma.call('/api/keys', { body: { name: 'laptop' } })

  expect(status).toBe(201)
  expect(body.key).toMatch(new RegExp(`^rq_${bareId(salma.organizationId)}_${bareId(body.id)}_[0-9a-z]{32}$`))
  expect(body).toMatchObject({
    name: 'laptop',
    scopes: ['models', 'chat', 'images', 'usage'],
    models: null,
    budget_micros: null,
    expires_at: null,
    spent_micros: 0,
  })
  expect(body.hint).toBe(body.key.slice(-4))
  const verdict = await auth
    .ledgerOf(salma.organizationId)
    .verifyKey({ keyId: body.id, secretHash: await sha256Hex(body.key) })
  expect(verdict).toMatchObject({ ok: true, userId: salma.userId })
  const { body: list } = await salma.call('/api/keys')
  expect(list.data).toHaveLength(1)
  expect(JSON.stringify(list)).not.toContain(body.key)
})

test('everything about a key can be set and changed, and a budget can be taken away', async () => {
  const salma = await createTestAuth().signUp()
  const expires_at = Date.now() + 86_400_000
  const wish = {
    name: 'server',
    budget_micros: 5_000_000,
    budget_period: 'day',
    rate_limit_rpm: 60,
    expires_at,
    scopes: ['chat'],
    models: ['openai/gpt-5'],
  }
  const { body: key } = await salma.call('/api/keys', { body: wish })
  expect(key).toMatchObject(wish)

  const changed = await salma.call(`/api/keys/${key.id}`, {
    method: 'PATCH',
    body: { name: 'renamed', budget_period: 'week', models: null },
  })
  expect(changed.body).toMatchObject({ name: 'renamed', budget_micros: 5_000_000, budget_period: 'week', models: null })
  expect(
    (await salma.call(`/api/keys/${key.id}`, { method: 'PATCH', body: { budget_micros: null } })).body,
  ).toMatchObject({ budget_micros: null, budget_period: null })
})

test('an expiry may be a moment in words', async () => {
  const salma = await createTestAuth().signUp()
  const { body } = await salma.call('/api/keys', { body: { name: 'k', expires_at: '2099-01-01T00:00:00Z' } })
  expect(body.expires_at).toBe(Date.UTC(2099, 0, 1))
})

test.each([
  [{ name: '' }, 'name'],
  [{ name: 'x'.repeat(101) }, 'name'],
  [{}, 'name'],
  [{ name: 'k', budget_micros: -1 }, 'budget_micros'],
  [{ name: 'k', budget_micros: 1.5 }, 'budget_micros'],
  [{ name: 'k', budget_period: 'year' }, 'budget_period'],
  [{ name: 'k', rate_limit_rpm: 0 }, 'rate_limit_rpm'],
  [{ name: 'k', rate_limit_rpm: 100_001 }, 'rate_limit_rpm'],
  [{ name: 'k', expires_at: 1 }, 'expires_at'],
  [{ name: 'k', expires_at: 'tomorrow' }, 'expires_at'],
  [{ name: 'k', scopes: ['everything'] }, 'scopes[0]'],
  [{ name: 'k', scopes: [] }, 'scopes'],
  [{ name: 'k', models: 'gpt-5' }, 'models'],
  [{ name: 'k', owner: 'me' }, 'owner'],
])('the key %j is refused for its %s', async (body, param) => {
  const salma = await createTestAuth().signUp()
  const answer = await salma.call('/api/keys', { body })
  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject({ code: 'invalid_request', param })
})

test('a revoked key is listed as such and opens nothing', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp()
  const { body: key } = await salma.call('/api/keys', { body: { name: 'old' } })
  const { body: revoked } = await salma.call(`/api/keys/${key.id}`, { method: 'DELETE' })

  expect(revoked.revoked_at).toBeGreaterThan(0)
  expect(
    await auth.ledgerOf(salma.organizationId).verifyKey({ keyId: key.id, secretHash: await sha256Hex(key.key) }),
  ).toMatchObject({ ok: false, reason: 'revoked' })
})

test('a key of another organization is not there', async () => {
  const auth = createTestAuth()
  const [salma, omar] = [await auth.signUp('Salma'), await auth.signUp('Omar')]
  const { body: key } = await salma.call('/api/keys', { body: { name: 'hers' } })

  for (const call of [{ method: 'PATCH', body: { name: 'mine' } }, { method: 'DELETE' }]) {
    expect((await omar.call(`/api/keys/${key.id}`, call)).body.code).toBe('not_found')
  }
  expect((await omar.call('/api/keys')).body.data).toEqual([])
})

test('members see and change their own keys, managers everybody’s', async () => {
  const auth = createTestAuth()
  const { owner, organizationId, join } = await joinAs(auth)
  const member = await join('Omar', 'member')
  const admin = await join('Huda', 'admin')
  const { body: hers } = await owner.call('/api/keys', { body: { name: 'owner’s' } })
  const { body: his } = await member.call('/api/keys', { body: { name: 'member’s' } })

  expect((await member.call('/api/keys')).body.data.map(({ id }: { id: string }) => id)).toEqual([his.id])
  expect((await member.call(`/api/keys/${hers.id}`, { method: 'DELETE' })).status).toBe(404)
  expect((await admin.call('/api/keys')).body.data).toHaveLength(2)
  expect((await admin.call(`/api/keys/${his.id}`, { method: 'DELETE' })).status).toBe(200)
  expect(
    (await auth.ledgerOf(organizationId).keys({ limit: 10 })).data.filter(({ revokedAt }) => revokedAt !== null),
  ).toHaveLength(1)
})

test.each(['billing', 'viewer'] as const)('a %s makes no keys', async (role) => {
  const { join } = await joinAs(createTestAuth())
  const person = await join('Omar', role)
  expect((await person.call('/api/keys', { body: { name: 'k' } })).body.code).toBe('permission_denied')
})

test('a key acts for its maker: with a member’s key one reaches the member’s keys', async () => {
  const auth = createTestAuth()
  const { owner, organizationId, join } = await joinAs(auth)
  const member = await join('Omar', 'member')
  const { body: hers } = await owner.call('/api/keys', { body: { name: 'owner’s' } })
  const { body: his } = await member.call('/api/keys', { body: { name: 'manager', scopes: ['keys', 'organization'] } })
  const principal = asKey({ organizationId, userId: member.userId, keyId: his.id, scopes: ['keys', 'organization'] })

  expect((await member.call('/api/keys', { principal })).body.data.map(({ id }: { id: string }) => id)).toEqual([
    his.id,
  ])
  expect((await member.call(`/api/keys/${hers.id}`, { method: 'DELETE', principal })).status).toBe(404)
  expect((await member.call('/api/organizations/current/audit', { principal })).body.code).toBe('permission_denied')
})

test('a key without the scope manages no keys', async () => {
  const salma = await createTestAuth().signUp()
  const { body: key } = await salma.call('/api/keys', { body: { name: 'k' } })
  const principal = asKey({ ...salma, keyId: key.id, scopes: ['chat'] })
  expect((await salma.call('/api/keys', { principal })).body.code).toBe('permission_denied')
})

test('a key gives no other key more than it has', async () => {
  const salma = await createTestAuth().signUp()
  const { body: free } = await salma.call('/api/keys', { body: { name: 'free', scopes: ['keys', 'chat'] } })
  const principal = asKey({ ...salma, keyId: free.id, scopes: ['keys', 'chat'] })

  const more = await salma.call('/api/keys', { body: { name: 'more', scopes: ['chat', 'usage'] }, principal })
  expect(more.body).toMatchObject({ code: 'permission_denied', param: 'scopes' })
  const raised = await salma.call(`/api/keys/${free.id}`, {
    method: 'PATCH',
    body: { scopes: ['keys', 'organization'] },
    principal,
  })
  expect(raised.body.code).toBe('permission_denied')
  expect((await salma.call('/api/keys', { body: { name: 'equal', scopes: ['chat'] }, principal })).status).toBe(201)
})

test('a key with a budget cannot make one without', async () => {
  const salma = await createTestAuth().signUp()
  const { body: limited } = await salma.call('/api/keys', {
    body: { name: 'limited', scopes: ['keys', 'chat'], budget_micros: 1 },
  })
  const principal = asKey({ ...salma, keyId: limited.id, scopes: ['keys', 'chat'] })

  expect((await salma.call('/api/keys', { body: { name: 'free', scopes: ['chat'] }, principal })).body.code).toBe(
    'permission_denied',
  )
  expect(
    (await salma.call(`/api/keys/${limited.id}`, { method: 'PATCH', body: { budget_micros: null }, principal })).body
      .code,
  ).toBe('permission_denied')
})

test('while the ledger cannot be asked, keys say so', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp()
  auth.state.ledgerFailure = new Error('unreachable')
  const answer = await salma.call('/api/keys')
  expect(answer.status).toBe(503)
  expect(answer.body.code).toBe('service_unavailable')
})

test('a cursor that is not one of ours is refused', async () => {
  const salma = await createTestAuth().signUp()
  expect((await salma.call('/api/keys?cursor=nonsense')).body.code).toBe('invalid_cursor')
  expect((await salma.call('/api/organizations/current/members?cursor=nonsense')).body.code).toBe('invalid_cursor')
})

test('a key has limits of its own, alerts and a cache, and each can be changed alone', async () => {
  const salma = await createTestAuth().signUp()
  const limits = {
    rate_limit_tpm: 90_000,
    parallel_requests: 4,
    alert_percents: [50, 90],
    cache_seconds: 600,
  }
  const { body: made } = await salma.call('/api/keys', { body: { name: 'website', ...limits } })
  expect(made).toMatchObject(limits)
  const change = { parallel_requests: null, alert_percents: [] }
  const { body: changed } = await salma.call(`/api/keys/${made.id}`, { method: 'PATCH', body: change })
  expect(changed).toMatchObject({ ...limits, ...change })
  expect((await salma.call('/api/keys')).body.data[0]).toMatchObject({ ...limits, ...change })
})

test('a key without any of these has none, and alerts at four fifths of its budget', async () => {
  const salma = await createTestAuth().signUp()
  const { body } = await salma.call('/api/keys', { body: { name: 'website' } })
  expect(body).toMatchObject({
    rate_limit_tpm: null,
    parallel_requests: null,
    alert_percents: [80],
    cache_seconds: null,
  })
})

test.each([
  [{ rate_limit_tpm: 0 }, 'rate_limit_tpm'],
  [{ parallel_requests: 'many' }, 'parallel_requests'],
  [{ alert_percents: [0] }, 'alert_percents[0]'],
  [{ cache_seconds: 99_999_999 }, 'cache_seconds'],
])('a key with %j is refused by the name of its field', async (fields, param) => {
  const salma = await createTestAuth().signUp()
  const { status, body } = await salma.call('/api/keys', { body: { name: 'website', ...fields } })
  expect({ status, param: body.param }).toEqual({ status: 400, param })
})
