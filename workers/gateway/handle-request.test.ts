import { expect, test } from 'vitest'
import { createTestGateway, KEY, member, SESSION } from './testing.ts'

const withKey = { headers: { authorization: `Bearer ${KEY}` } }
const withSession = { headers: { cookie: SESSION } }

test.each([
  ['/v1/models', 'CHAT'],
  ['/v1/anything', 'CHAT'],
  ['/api/conversations', 'CHAT'],
  ['/api/conversations/conv_1/messages', 'CHAT'],
  ['/api/usage/entries', 'BILLING'],
  ['/api/auth/get-session', 'AUTH'],
  ['/api/keys', 'AUTH'],
  ['/api/keys/key_1', 'AUTH'],
  ['/api/organizations/current/members', 'AUTH'],
  ['/api/account', 'AUTH'],
  ['/api/admin/users', 'AUTH'],
  ['/en/', 'ASSETS'],
  ['/openapi.json', 'ASSETS'],
])('%s is answered by %s', async (path, door) => {
  const gateway = createTestGateway()
  expect((await gateway.call(path, withSession)).status).toBe(200)
  expect(gateway.through.map((one) => one.door)).toEqual([door])
})

test.each(['/api', '/api/nothing', '/api/keysmith', '/api/accounts', '/v1x/models', '/api/authority'])(
  '%s belongs to no service',
  async (path) => {
    const gateway = createTestGateway()
    gateway.state.page = () => new Response('no such page', { status: 404 })
    expect((await gateway.call(path, withKey)).status).toBe(404)
    expect(gateway.through.filter(({ door }) => door !== 'ASSETS')).toEqual([])
  },
)

test('a service that throws, is absent or is answered for by the runtime takes down its prefix alone', async () => {
  const notThere = {
    fetch: async () =>
      new Response('Worker "riwaq-billing" not found.', { status: 503, headers: { 'content-type': 'text/plain' } }),
  }
  const gateway = createTestGateway({
    CHAT: { fetch: async () => Promise.reject(new Error('boom')) },
    BILLING: notThere,
  })
  const { response, problem } = await gateway.problemOf('/v1/chat/completions', {
    method: 'POST',
    body: '{}',
    ...withKey,
  })
  expect(response.status).toBe(503)
  expect(problem.error).toMatchObject({ code: 'service_unavailable', type: 'server_error' })
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(JSON.stringify(problem)).not.toContain('boom')
  expect((await gateway.problemOf('/api/usage/balance', withKey)).problem).toMatchObject({
    code: 'service_unavailable',
    status: 503,
  })
  expect((await gateway.call('/api/keys', withSession)).status).toBe(200)
  expect((await gateway.call('/en/')).status).toBe(200)

  const without = createTestGateway({ CHAT: undefined as never })
  expect((await without.problemOf('/v1/models', withKey)).problem.error.code).toBe('service_unavailable')
})

test('a service’s own failure is passed on as it is', async () => {
  const gateway = createTestGateway()
  gateway.state.answer = () =>
    Response.json({ error: { code: 'provider_timeout' } }, { status: 504, headers: { 'x-should-retry': 'true' } })
  const { response, problem } = await gateway.problemOf('/v1/models', withKey)
  expect([response.status, problem.error.code]).toEqual([504, 'provider_timeout'])
})

test('a client that has gone is not a fault of the service', async () => {
  const controller = new AbortController()
  const gateway = createTestGateway({
    CHAT: {
      fetch: async () => {
        controller.abort()
        throw new Error('aborted')
      },
    },
  })
  await gateway.call('/v1/chat/completions', { method: 'POST', body: '{}', signal: controller.signal, ...withKey })
  expect(gateway.lines[0]).toMatchObject({ status: 499, code: 'client_closed_request' })
})

test('the body is handed on as it comes, and the answer as well, unread', async () => {
  const gateway = createTestGateway()
  gateway.state.answer = () =>
    new Response(
      new ReadableStream({ pull: (controller) => controller.enqueue(new TextEncoder().encode('data: x\n\n')) }),
      { headers: { 'content-type': 'text/event-stream' } },
    )
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"model":"x"}'))
      controller.close()
    },
  })
  const response = await gateway.call('/v1/chat/completions', {
    method: 'POST',
    body,
    duplex: 'half',
    ...withKey,
  } as RequestInit)
  expect(await gateway.through[0]!.request.text()).toBe('{"model":"x"}')
  const reader = response.body!.getReader()
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: x\n\n')
  await reader.cancel()
})

test.each([
  ['/v1/chat/completions', 32 * 1024 * 1024],
  ['/api/keys', 64 * 1024],
])('a body for %s that says it is larger than %i bytes is not even begun', async (path, limit) => {
  const gateway = createTestGateway()
  const send = (length: number) =>
    gateway.problemOf(path, { method: 'POST', headers: { ...withKey.headers, 'content-length': String(length) } })
  const { response, problem } = await send(limit + 1)
  expect(response.status).toBe(413)
  expect((problem.error ?? problem).facts).toEqual({ max_bytes: limit })
  expect([gateway.through, gateway.asked]).toEqual([[], []])
  expect((await send(limit)).response.status).toBe(200)
})

test('every answer has a request id of its own and the security headers, whoever made it', async () => {
  const gateway = createTestGateway()
  const paths = ['/', '/en/', '/health', '/v1/models', '/api/nothing', '/api/account']
  const answers = await Promise.all(paths.map((path) => gateway.call(path, { headers: { 'x-request-id': 'mine' } })))
  for (const { headers } of answers) {
    expect(headers.get('x-request-id')).toMatch(/^req_[0-9a-z]{25}$/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  }
  expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(paths.length)
})

test('an API answer allows nothing to run, a page only what its own policy says', async () => {
  const gateway = createTestGateway()
  expect((await gateway.call('/api/account', withSession)).headers.get('content-security-policy')).toBe(
    "default-src 'none'; frame-ancestors 'none'",
  )
  expect((await gateway.call('/en/')).headers.get('content-security-policy')).toBe(
    "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'",
  )
})

test('a file that a service gives out is sandboxed, and may be asked for its headers alone', async () => {
  const gateway = createTestGateway()
  const policy = "default-src 'none'; frame-ancestors 'none'; sandbox"
  gateway.state.answer = () => new Response('bytes', { headers: { 'content-security-policy': policy } })
  expect((await gateway.call('/media/token.signature')).headers.get('content-security-policy')).toBe(policy)
  await gateway.call('/media/token.signature', { method: 'HEAD' })
  expect(gateway.through.map(({ door, request }) => [door, request.method])).toEqual([
    ['LIBRARY', 'GET'],
    ['LIBRARY', 'HEAD'],
  ])
})

test('answers of the API are not kept by anyone unless their service says so', async () => {
  const gateway = createTestGateway()
  expect((await gateway.call('/api/account', withSession)).headers.get('cache-control')).toBe('no-store')
  gateway.state.answer = () => new Response('bytes', { headers: { 'cache-control': 'private, max-age=60' } })
  expect((await gateway.call('/api/account', withSession)).headers.get('cache-control')).toBe('private, max-age=60')
})

test('a preflight for /v1 is answered at the door, for any site', async () => {
  const gateway = createTestGateway()
  const headers = {
    origin: 'https://app.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,x-stainless-os',
  }
  const response = await gateway.call('/v1/chat/completions', { method: 'OPTIONS', headers })
  expect(response.status).toBe(204)
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(response.headers.get('access-control-allow-headers')).toBe('authorization,x-stainless-os')
  expect(response.headers.has('access-control-allow-credentials')).toBe(false)
  expect(gateway.through).toEqual([])
})

test('other sites may read /v1, its errors and its headers, and nothing else', async () => {
  const gateway = createTestGateway()
  for (const sent of [withKey.headers, {}]) {
    const { headers } = await gateway.call('/v1/models', { headers: { ...sent, origin: 'https://app.example' } })
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-expose-headers')).toContain('x-riwaq-cost-micros')
  }
  const preflight = await gateway.call('/api/keys', {
    method: 'OPTIONS',
    headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
  })
  expect(preflight.headers.has('access-control-allow-origin')).toBe(false)
  expect((await gateway.call('/api/account', withSession)).headers.has('access-control-allow-origin')).toBe(false)
})

test('one line in the log for each call: who, what and how long, and no token', async () => {
  const gateway = createTestGateway()
  gateway.state.answer = () => {
    gateway.clock.advance(25)
    return Response.json({})
  }
  await gateway.call('/api/auth/reset-password/secret-token?token=secret-token', withSession)
  await gateway.call('/api/keys/key_1', withSession)
  expect(gateway.lines).toHaveLength(2)
  expect(gateway.lines[1]).toMatchObject({
    event: 'request',
    method: 'GET',
    route: '/api/keys',
    status: 200,
    ms: 25,
    organization_id: member.organizationId,
  })
  expect(JSON.stringify(gateway.lines)).not.toContain('secret-token')
})

test('the errors of /v1/messages have Anthropic’s shape', async () => {
  const { problem } = await createTestGateway().problemOf('/v1/messages', {
    method: 'POST',
    body: '{}',
    headers: { 'x-api-key': 'nonsense' },
  })
  expect(problem).toMatchObject({ type: 'error', error: { type: 'authentication_error' } })
})
