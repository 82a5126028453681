import { expect, test } from 'vitest'
import { PRINCIPAL_HEADER, sealPrincipal } from '#shared/http/principal'
import { sha256Hex } from '#shared/lib/bytes'
import { TEST_PRINCIPAL_KEY } from '#test/fake-context'
import { createTestGateway, KEY, member, ORIGIN, SESSION } from './testing.ts'

const post = (headers: Record<string, string> = {}) => ({ method: 'POST', headers, body: '{}' })

test('a paid call’s key is read and not looked up', async () => {
  const gateway = createTestGateway()
  const ways: Record<string, string>[] = [
    { authorization: `Bearer ${KEY}` },
    { authorization: `bearer  ${KEY}` },
    { 'x-api-key': KEY },
  ]
  for (const headers of ways) {
    expect((await gateway.call('/v1/chat/completions', post(headers))).status).toBe(200)
  }
  const claim = {
    kind: 'key-claim',
    organizationId: 'org_1m80w000000',
    keyId: 'key_1m80k000000',
    secretHash: await sha256Hex(KEY),
  }
  expect(gateway.through.map(({ principal }) => principal)).toEqual([claim, claim, claim])
  expect(gateway.asked).toEqual([])
})

test('on other routes the organization’s ledger is asked about the key', async () => {
  const gateway = createTestGateway()
  await gateway.call('/api/usage/balance', { headers: { authorization: `Bearer ${KEY}` } })
  expect(gateway.asked).toEqual(['verifyKey org_1m80w000000'])
  expect(gateway.through[0]!.principal).toEqual({
    kind: 'api-key',
    organizationId: 'org_1m80w000000',
    keyId: 'key_1m80k000000',
    userId: member.userId,
    scopes: ['models'],
  })
})

test.each([
  'sk-something',
  'rq_',
  'rq_org_key_secret',
  'rq_1m80w000000_1m80k000000',
  'rq_1M80W000000_1m80k000000_0123456789abcdef0123456789abcdef',
  `${KEY} x`,
  `x${KEY}`,
])('what cannot be a key (%s) is refused without any look-up', async (text) => {
  const gateway = createTestGateway()
  for (const [path, init] of [
    ['/v1/chat/completions', post({ authorization: `Bearer ${text}` })],
    ['/v1/files', { headers: { 'x-api-key': text } }],
  ] as const) {
    const { response, problem } = await gateway.problemOf(path, init)
    expect(response.status).toBe(401)
    expect(problem.error.code).toBe('invalid_api_key')
  }
  expect([gateway.asked, gateway.through]).toEqual([[], []])
})

test.each(['unknown', 'revoked', 'expired'] as const)('a key that is %s opens nothing, and says so', async (reason) => {
  const gateway = createTestGateway()
  gateway.state.verdict = { ok: false, code: 'invalid_api_key', reason }
  const { response, problem } = await gateway.problemOf('/api/usage/balance', { headers: { 'x-api-key': KEY } })
  expect(response.status).toBe(401)
  expect(problem).toMatchObject({ code: 'invalid_api_key', facts: { reason } })
})

test('a key at its limit waits, as long as its ledger says', async () => {
  const gateway = createTestGateway()
  const rateLimit = { name: 'key' as const, limit: 60, remaining: 0, resetSeconds: 30, windowSeconds: 60 }
  gateway.state.verdict = { ok: false, code: 'rate_limit_exceeded', rateLimit, retryAfterSeconds: 0.4 }
  const { response, problem } = await gateway.problemOf('/api/usage/balance', { headers: { 'x-api-key': KEY } })
  expect(problem.code).toBe('rate_limit_exceeded')
  expect(response.headers.get('retry-after')).toBe('1')
  expect(response.headers.get('ratelimit')).toBe('"key";r=0;t=30')
})

test('a session’s member is asked for once, and a key that was sent wins over it', async () => {
  const gateway = createTestGateway()
  await gateway.call('/api/account', { headers: { cookie: SESSION } })
  expect(gateway.through[0]!.principal).toEqual(member)
  await gateway.call('/api/usage/balance', { headers: { cookie: SESSION, 'x-api-key': KEY } })
  expect(gateway.through[1]!.principal).toMatchObject({ kind: 'api-key' })
})

test.each([
  ['no credentials', {}],
  ['a cookie of something else', { cookie: 'theme=dark' }],
  ['a session that is over', { cookie: 'riwaq.session_token=over' }],
])('%s: nothing but the account routes is open', async (_case, headers) => {
  const gateway = createTestGateway()
  for (const path of [
    '/v1/files',
    '/api/account',
    '/api/keys',
    '/api/conversations',
    '/api/usage/balance',
    '/api/admin/users',
  ]) {
    const { response, problem } = await gateway.problemOf(path, { headers })
    expect(response.status).toBe(401)
    expect(problem.code ?? problem.error.code).toBe('unauthenticated')
  }
  expect((await gateway.problemOf('/v1/chat/completions', post(headers))).problem.error.code).toBe('unauthenticated')
  expect((await gateway.call('/api/auth/sign-in/email', post(headers))).status).toBe(200)
  expect(gateway.through.map(({ principal }) => principal)).toEqual([{ kind: 'anonymous' }])
})

test('what a client says about itself is removed: no principal can be forged', async () => {
  const gateway = createTestGateway()
  const admin = { ...member, role: 'owner' as const, platformAdmin: true }
  const forged = await sealPrincipal({ principal: admin, at: gateway.clock() }, 'another key, of another platform')
  const stolen = await sealPrincipal({ principal: admin, at: gateway.clock() }, TEST_PRINCIPAL_KEY)
  for (const header of [forged, stolen]) {
    const headers = {
      [PRINCIPAL_HEADER]: header,
      'x-request-id': 'req_mine',
      'x-riwaq-client-address': '127.0.0.1',
      'X-Riwaq-Anything': 'x',
      cookie: SESSION,
    }
    const response = await gateway.call('/api/account', { headers })
    expect(response.headers.get('x-request-id')).not.toBe('req_mine')
  }
  for (const { request, principal } of gateway.through) {
    expect(principal).toEqual(member)
    expect(request.headers.get('x-request-id')).toMatch(/^req_[0-9a-z]{25}$/)
    expect(request.headers.get('x-riwaq-client-address')).toBe('local')
    expect(request.headers.has('x-riwaq-anything')).toBe(false)
  }
})

test('what proved the caller goes no further than it must', async () => {
  const gateway = createTestGateway()
  await gateway.call(
    '/v1/chat/completions',
    post({ authorization: `Bearer ${KEY}`, 'x-api-key': KEY, cookie: SESSION }),
  )
  const { headers } = gateway.through[0]!.request
  expect([headers.has('authorization'), headers.has('x-api-key'), headers.has('cookie')]).toEqual([false, false, false])
  await gateway.call('/api/auth/get-session', { headers: { cookie: SESSION } })
  expect(gateway.through[1]!.request.headers.get('cookie')).toBe(SESSION)
})

test.each([
  ['a page of another site', { origin: 'https://evil.example' }, 403],
  ['a page without an origin', { origin: 'null' }, 403],
  ['another port of the same machine', { origin: 'http://localhost:9999' }, 403],
  ['a cross-site form of an old browser', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a neighbouring subdomain', { 'sec-fetch-site': 'same-site' }, 403],
  ['a page of this site', { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }, 200],
  ['a program that keeps cookies', {}, 200],
])(
  'with a session, %s (%j) gets %i for what changes something',
  async (_case, headers: Record<string, string>, status) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const gateway = createTestGateway()
      expect((await gateway.call('/api/keys', { method, headers: { ...headers, cookie: SESSION } })).status).toBe(
        status,
      )
      expect((await gateway.call('/v1/chat/completions', post({ ...headers, cookie: SESSION }))).status).toBe(status)
    }
  },
)

test('a session reads nothing of /v1, and opens no socket, for pages of other sites', async () => {
  const gateway = createTestGateway()
  const headers = { cookie: SESSION, origin: 'https://evil.example' }
  expect((await gateway.problemOf('/v1/files', { headers })).problem.error.code).toBe('origin_not_allowed')
  expect(
    (await gateway.problemOf('/api/conversations/conv_1/live', { headers: { ...headers, upgrade: 'websocket' } }))
      .problem.code,
  ).toBe('origin_not_allowed')
  expect((await gateway.call('/api/conversations', { headers })).status).toBe(200)
})

test('behind a proxy the site’s own address is known by its setting', async () => {
  const gateway = createTestGateway({ PUBLIC_URL: 'https://riwaq.example/' })
  expect((await gateway.call('/api/keys', post({ cookie: SESSION, origin: 'https://riwaq.example' }))).status).toBe(200)
})

test('where sign-in or the ledger cannot be asked, nobody is let in, and the answer says why', async () => {
  const broken = async () => Promise.reject(new Error('unreachable'))
  const gateway = createTestGateway({
    AUTH_RPC: { principalOf: broken, health: broken },
    LEDGER: { getByName: () => ({ verifyKey: broken }) },
  })
  expect((await gateway.problemOf('/api/account', { headers: { cookie: SESSION } })).problem.code).toBe(
    'service_unavailable',
  )
  expect((await gateway.problemOf('/v1/files', { headers: { 'x-api-key': KEY } })).problem.error.code).toBe(
    'service_unavailable',
  )
  expect(gateway.through).toEqual([])
})

test('anybody may read the models and their prices, but a bad key is told so', async () => {
  const gateway = createTestGateway()
  expect((await gateway.call('/v1/models')).status).toBe(200)
  expect((await gateway.call('/v1/models/openai/gpt')).status).toBe(200)
  expect(gateway.through.map(({ principal }) => principal)).toEqual([{ kind: 'anonymous' }, { kind: 'anonymous' }])
  expect((await gateway.call('/v1/models', { headers: { authorization: 'Bearer rq_nothing' } })).status).toBe(401)
})
