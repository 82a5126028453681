import { expect, test } from 'vitest'
import { defaultPolicy } from '#shared/contracts/policy'
import { joinAs } from './joining.ts'
import { createTestAuth } from './testing.ts'

const POLICY = '/api/organizations/current/policy'
const luna = 'openai/gpt-6-luna'
const haiku = 'anthropic/claude-haiku-5-5'

async function aTeam() {
  const auth = createTestAuth()
  const team = await joinAs(auth)
  auth.notices.length = 0
  const put = (version: number, policy: object, headers = {}) =>
    team.owner.call(POLICY, { method: 'PUT', body: { version, policy }, headers })
  const patch = (version: number, policy: object) =>
    team.owner.call(POLICY, { method: 'PATCH', body: { version, policy } })
  return { auth, ...team, put, patch }
}

test('an organization that has decided nothing has the policy of version 0', async () => {
  const { owner } = await aTeam()
  const { status, body, headers } = await owner.call(POLICY)
  expect(status).toBe(200)
  expect(body).toEqual({ version: 0, policy: defaultPolicy, provider_keys: [] })
  expect(headers.get('etag')).toBe('"0"')
})

test('a policy is replaced as a whole, or changed in part', async () => {
  const { auth, organizationId, put, patch } = await aTeam()
  const replaced = await put(0, { allowed_models: [luna], zero_retention: true })
  expect(replaced.body).toMatchObject({ version: 1, policy: { allowed_models: [luna], zero_retention: true } })

  const changed = await patch(1, { response_retention_days: 7 })
  expect(changed.body).toMatchObject({
    version: 2,
    policy: { allowed_models: [luna], zero_retention: true, response_retention_days: 7 },
  })
  expect(await auth.ledgerOf(organizationId).policy()).toMatchObject({ version: 2, policy: changed.body.policy })
  expect((await put(2, {})).body.policy, 'what is left out of a replacement is the default').toEqual(defaultPolicy)
})

test('of two admins who change it at once one is told, and nothing of theirs is kept', async () => {
  const { owner, patch } = await aTeam()
  const answers = await Promise.all([patch(0, { zero_retention: true }), patch(0, { response_retention_days: 3 })])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  const refused = answers.find(({ status }) => status === 409)!
  expect(refused.body).toMatchObject({ code: 'conflict', param: 'version', facts: { version: 1 } })
  expect((await owner.call(POLICY)).body.version).toBe(1)
})

test('the version may be said as If-Match, must be said, and a star overwrites', async () => {
  const { owner } = await aTeam()
  const call = (headers: Record<string, string>) =>
    owner.call(POLICY, { method: 'PATCH', body: { policy: { zero_retention: true } }, headers })
  expect((await call({})).body).toMatchObject({ status: 400, param: 'version' })
  expect((await call({ 'if-match': 'three' })).status).toBe(400)
  expect((await call({ 'if-match': '"4"' })).status).toBe(409)
  expect((await call({ 'if-match': '"0"' })).body.version).toBe(1)
  expect((await call({ 'if-match': '*' })).status).toBe(200)
})

test('a change that changes nothing is no new version and tells nobody', async () => {
  const { auth, patch } = await aTeam()
  expect((await patch(0, { zero_retention: false })).body.version).toBe(0)
  expect(auth.notices).toEqual([])
})

test('a change is told to webhooks and to the audit log: which parts, never their words', async () => {
  const { auth, owner, organizationId, patch } = await aTeam()
  const words = { type: 'words', words: ['project nightingale'], action: 'block' }
  await patch(0, { guardrails: [words], zero_retention: true })
  expect(auth.notices).toMatchObject([
    {
      organizationId,
      type: 'policy.changed',
      data: { version: 1, fields: ['zero_retention', 'guardrails'], changed_by: owner.userId },
    },
  ])
  expect(auth.notices[0]!.id).toMatch(/^evt_/)
  const { body } = await owner.call('/api/organizations/current/audit')
  expect(body.data[0]).toMatchObject({
    action: 'policy.changed',
    facts: { version: 1, fields: 'zero_retention guardrails' },
  })
  expect(JSON.stringify([auth.notices, body.data])).not.toContain('nightingale')
})

test('a notice that cannot be sent does not undo the change', async () => {
  const { auth, patch } = await aTeam()
  auth.state.noticeFailure = new Error('the queue is away')
  expect((await patch(0, { zero_retention: true })).status).toBe(200)
})

test('owners and admins decide, viewers may look, others and keys may not', async () => {
  const { owner, organizationId, join } = await aTeam()
  const change = { method: 'PATCH', body: { version: 0, policy: { zero_retention: true } } }
  for (const [role, reading, changing] of [
    ['viewer', 200, 403],
    ['billing', 403, 403],
    ['member', 403, 403],
    ['admin', 200, 200],
  ] as const) {
    const person = await join(`A${role}`, role)
    expect([role, (await person.call(POLICY)).status]).toEqual([role, reading])
    expect([role, (await person.call(POLICY, change)).status]).toEqual([role, changing])
  }
  const key = { kind: 'api-key', organizationId, keyId: 'key_1', userId: owner.userId } as const
  const principal = { ...key, scopes: ['organization' as const] }
  expect((await owner.call(POLICY, { principal })).status).toBe(200)
  expect((await owner.call(POLICY, { ...change, principal })).status).toBe(403)
})

test('a route stands for models that there are, and may be allowed by its name', async () => {
  const { put } = await aTeam()
  const route = { name: 'house/fast', strategy: 'balance', targets: [{ model: luna, weight: 3 }, { model: haiku }] }
  const { status, body } = await put(0, { routes: [route], allowed_models: ['house/fast', luna] })
  expect(status).toBe(200)
  expect(body.policy.routes[0].targets).toEqual([
    { model: luna, weight: 3 },
    { model: haiku, weight: 1 },
  ])
})

const route = (name: string, ...models: string[]) => ({ name, targets: models.map((model) => ({ model })) })

test.each([
  [{ allowed_models: [luna, 'openai/gpt-99'] }, 'policy.allowed_models[1]'],
  [{ allowed_models: [] }, 'policy.allowed_models'],
  [{ allowed_vendors: ['moon'] }, 'policy.allowed_vendors[0]'],
  [{ routes: [route('a', luna), route('b', 'openai/gpt-99')] }, 'policy.routes[1].targets[0].model'],
  [{ routes: [route('a', luna), route('b', 'a')] }, 'policy.routes[1].targets[0].model'],
  [{ routes: [route('a', luna), route('A', haiku)] }, 'policy.routes[1].name'],
  [{ routes: [route('a', luna, luna)] }, 'policy.routes[0].targets[1].model'],
  [{ guardrails: [{ type: 'moderation', model: 'openai/no', action: 'flag' }] }, 'policy.guardrails[0].model'],
  [{ guardrails: [{ type: 'words', words: [], action: 'block' }] }, 'policy.guardrails[0].words'],
  [{ request_log: { sample_percent: 200, content: 'none', retention_days: 1 } }, 'policy.request_log.sample_percent'],
  [{ surprise: true }, 'policy.surprise'],
])('%j is refused by the name of what is wrong', async (policy, param) => {
  const { put } = await aTeam()
  const { status, body } = await put(0, policy)
  expect({ status, code: body.code, param: body.param }).toEqual({ status: 400, code: 'invalid_request', param })
})

test('a model that has left the catalogue since stays where it was named', async () => {
  const { auth, organizationId, patch } = await aTeam()
  const policy = { ...defaultPolicy, allowed_models: ['openai/gone', luna] }
  await auth.ledgerOf(organizationId).setPolicy({ policy })
  expect((await patch(1, { allowed_models: ['openai/gone'] })).status).toBe(200)
  expect((await patch(2, { allowed_models: ['openai/never-was'] })).status).toBe(400)
})

test('the operator’s own models may be named as well', async () => {
  const own = { id: 'qwen', input: 1, output: 1, cached_input: 1, context: 1000, max_output: 100 }
  const auth = createTestAuth({
    COMPATIBLE_BASE_URL: 'http://models.example',
    COMPATIBLE_MODELS: JSON.stringify([own]),
  })
  const { owner } = await joinAs(auth)
  const body = { version: 0, policy: { allowed_models: ['compatible/qwen'] } }
  expect((await owner.call(POLICY, { method: 'PUT', body })).status).toBe(200)
})

test('models of a server that the organization brings may be named, in its policy and in its limits', async () => {
  const { auth, owner, organizationId } = await aTeam()
  const policy = { allowed_models: ['compatible/own'] }
  const limit = () =>
    owner.call('/api/organizations/current/limits/model:compatible/own', {
      method: 'PUT',
      body: { rate_limit_rpm: 5 },
    })
  expect((await owner.call(POLICY, { method: 'PUT', body: { version: 0, policy } })).status).toBe(400)
  expect((await limit()).status).toBe(400)
  await auth.ledgerOf(organizationId).setPolicy({ providerKeys: [{ vendor: 'compatible', keyId: 'pky_1' }] })
  expect((await owner.call(POLICY, { method: 'PUT', body: { version: 1, policy } })).status).toBe(200)
  expect((await limit()).status).toBe(200)
})

test('a ledger that cannot be asked is said so, and nothing is changed', async () => {
  const { auth, owner } = await aTeam()
  auth.state.ledgerFailure = new Error('unreachable')
  expect((await owner.call(POLICY)).body.code).toBe('service_unavailable')
})

test('the policy of another organization is not there', async () => {
  const { auth, organizationId } = await aTeam()
  const stranger = await auth.signUp('Omar')
  expect((await stranger.call(`/api/organizations/${organizationId}/policy`)).status).toBe(404)
})

test('a policy from before something could be decided has its default, and keeps the rest', async () => {
  const { auth, organizationId, owner, patch } = await aTeam()
  const { routes: _, ...older } = { ...defaultPolicy, zero_retention: true }
  await auth.ledgerOf(organizationId).setPolicy({ policy: older as typeof defaultPolicy })
  expect((await owner.call(POLICY)).body.policy).toEqual({ ...defaultPolicy, zero_retention: true })
  expect((await patch(1, { response_retention_days: 1 })).body.policy).toMatchObject({
    zero_retention: true,
    routes: [],
  })
})
