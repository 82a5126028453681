// What bad input gets, through the gateway: a code, a status and a sentence of its own, in the shape of the API that
// was called, and no charge. What providers can do wrong is in chat-completions.e2e.test.ts.
import { Buffer } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { problemCodes, type ProblemCode } from '#shared/http/problems'
import { routes } from '#shared/openapi/routes'
import ar from '../site/src/i18n/locales/ar.ts'
import en from '../site/src/i18n/locales/en.ts'
import { startCountingProvider, type CountingProvider } from './support/counting-provider.ts'
import { eventually } from './support/eventually.ts'
import { createKey, post, signUp, type Person } from './support/person.ts'

const url = inject('platformUrl')
const model = 'compatible/counting'
const SCOPES = ['models', 'chat', 'conversations', 'usage', 'keys', 'organization']

let provider: CountingProvider
let person: Person
let key: string
beforeAll(async () => {
  provider = await startCountingProvider({ port: inject('countingPort') })
  person = await signUp(url)
  key = (await createKey(person, { scopes: SCOPES })).key
})
afterAll(() => provider.close())

interface Body {
  code?: string
  status?: number
  detail?: string
  title?: string
  type?: unknown
  request_id?: string
  error?: { code: string; type: string; message: string; param?: string | null }
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })
const messages = [{ role: 'user', content: '{"tokens":5}' }]

function expectShape(path: string, body: Body, code: ProblemCode) {
  if (path.startsWith('/v1/messages')) {
    expect(body).toMatchObject({
      type: 'error',
      error: { code, message: expect.any(String), type: expect.any(String) },
    })
    expect(body.request_id).toMatch(/^req_/)
  } else if (path.startsWith('/v1/')) {
    expect(body.error).toMatchObject({ code, type: problemCodes[code].type, message: expect.any(String) })
    expect(body.error).toHaveProperty('param')
  } else {
    expect(body).toMatchObject({
      type: `/en/docs/errors#${code}`,
      title: expect.any(String),
      detail: expect.any(String),
      status: problemCodes[code].status,
      code,
    })
    expect(body.request_id).toMatch(/^req_/)
  }
}

/** The whole promise about an answer that is not one. */
async function expectRefusal(
  response: Response,
  { path, status, code }: { path: string; status: number; code: ProblemCode },
) {
  const text = await response.text()
  expect([response.status, text]).toEqual([status, expect.stringContaining(`"${code}"`)])
  const body = JSON.parse(text) as Body
  expectShape(path, body, code)
  const requestId = response.headers.get('x-request-id')
  expect(requestId).toMatch(/^req_[0-9a-z]{25}$/)
  if (body.request_id) expect(body.request_id).toBe(requestId)
  expect(response.headers.get('x-should-retry')).toBe(String(problemCodes[code].retry))
  expect(response.headers.get('content-type')).toBe(
    path.startsWith('/v1/') ? 'application/json' : 'application/problem+json',
  )
  for (const sentences of [en, ar]) {
    expect((sentences as unknown as Record<string, string>)[`problem.${code}`]?.length).toBeGreaterThan(10)
  }
}

async function expectUntouched(who = person) {
  const balance = () => who.json<{ balance_micros: number; held_micros: number }>('/api/usage/balance')
  const { balance_micros } = await eventually(balance, ({ held_micros }) => held_micros === 0)
  const { data } = await who.json<{ data: { kind: string; amount_micros: number }[] }>('/api/usage/entries')
  expect(data.filter(({ kind }) => kind === 'charge')).toEqual([])
  expect(balance_micros).toBe(data.reduce((sum, { amount_micros }) => sum + amount_micros, 0))
}

const paidPaths = ['/v1/chat/completions', '/v1/messages']
const bodyFor = (change: object) => JSON.stringify({ model, max_tokens: 50, messages, ...change })
const askPaid = (path: string, body: BodyInit, headers: Record<string, string> = bearer(key)) =>
  fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })

const badBodies: [string, string, number, ProblemCode][] = [
  ['an unknown model', bodyFor({ model: 'openai/none' }), 404, 'model_not_found'],
  ['an unpriced model', bodyFor({ model: 'compatible/unpriced' }), 404, 'model_not_priced'],
  ['broken JSON', '{"model": "compat', 400, 'invalid_request'],
  ['no JSON at all', '', 400, 'invalid_request'],
  ['JSON that is no object', '[1, 2]', 400, 'invalid_request'],
  ['a number as a model', bodyFor({ model: 7 }), 400, 'invalid_request'],
  ['words as a temperature', bodyFor({ temperature: 'hot' }), 400, 'invalid_request'],
  ['text as messages', bodyFor({ messages: 'hello' }), 400, 'invalid_request'],
  ['no messages', bodyFor({ messages: [] }), 400, 'invalid_request'],
  ['a negative length', bodyFor({ max_tokens: -5 }), 400, 'invalid_request'],
  [
    'a prompt that no window holds',
    bodyFor({ model: 'compatible/small-window', messages: [{ role: 'user', content: 'many words '.repeat(2000) }] }),
    400,
    'context_length_exceeded',
  ],
]

test.each(badBodies.flatMap((row) => paidPaths.map((path) => [path, ...row] as const)))(
  '%s: %s',
  async (path, _, body, status, code) => {
    const asked = provider.deliveries.length
    await expectRefusal(await askPaid(path, body), { path, status, code })
    expect(provider.deliveries).toHaveLength(asked)
    await expectUntouched()
  },
)

/** A body whose length nobody is told: one byte more than allowed, so that it is refused when it has all been read. */
function unannounced(limit: number): ReadableStream<Uint8Array> {
  let left = limit + 1
  return new ReadableStream({
    pull(controller) {
      if (left === 0) return controller.close()
      const size = Math.min(left, MEGABYTE)
      left -= size
      controller.enqueue(new Uint8Array(size).fill(97))
    },
  })
}

const MEGABYTE = 1024 * 1024
test.each([
  ['/v1/chat/completions', 32 * MEGABYTE],
  ['/v1/messages', 32 * MEGABYTE],
  ['/api/conversations', 4 * MEGABYTE],
  ['/api/auth/sign-in/email', 64 * 1024],
])('%s: a body that turns out to be longer than %i bytes is refused', async (path, limit) => {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { ...bearer(key), 'content-type': 'application/json', origin: url },
    body: unannounced(limit),
    duplex: 'half',
  } as RequestInit)
  await expectRefusal(response, { path, status: 413, code: 'payload_too_large' })
  await expectUntouched()
})

test.each(['/api/keys', '/api/account', '/api/auth/sign-in/email', '/api/usage/rebuild'])(
  '%s: a body that is announced to be of more than 64 kB is not waited for',
  async (path) => {
    const response = await askPaid(path, 'a'.repeat(64 * 1024 + 1))
    await expectRefusal(response, { path, status: 413, code: 'payload_too_large' })
  },
)

interface BadCaller {
  name: string
  headers: () => Promise<Record<string, string>>
  status: number
  code: ProblemCode
  /** Where the same caller gets another answer on routes that are not paid for. */
  only?: 'paid'
}

const callers: BadCaller[] = [
  { name: 'nobody', headers: async () => ({}), status: 401, code: 'unauthenticated' },
  {
    name: 'a principal of the caller’s own making',
    headers: async () => ({
      'x-riwaq-principal': Buffer.from(
        JSON.stringify({ kind: 'user', organizationId: person.organizationId }),
      ).toString('base64url'),
      'x-riwaq-request-id': 'req_forged',
    }),
    status: 401,
    code: 'unauthenticated',
  },
  {
    name: 'no key of ours',
    headers: async () => bearer('sk-proj-somebody-elses'),
    status: 401,
    code: 'invalid_api_key',
  },
  {
    name: 'an invented secret',
    headers: async () => bearer(`${key.slice(0, -8)}00000000`),
    status: 401,
    code: 'invalid_api_key',
  },
  {
    name: 'a key of an organization that does not exist',
    headers: async () => bearer(`rq_${'0'.repeat(25)}_${'0'.repeat(25)}_${'0'.repeat(32)}`),
    status: 401,
    code: 'invalid_api_key',
  },
  {
    name: 'a revoked key',
    headers: async () => {
      const revoked = await createKey(person, { scopes: SCOPES })
      await person.json(`/api/keys/${revoked.id}`, { method: 'DELETE' })
      return bearer(revoked.key)
    },
    status: 401,
    code: 'invalid_api_key',
  },
  {
    name: 'an expired key',
    headers: async () => {
      const brief = await createKey(person, { scopes: SCOPES, expires_at: Date.now() + 1_000 })
      const headers = bearer(brief.key)
      await eventually(
        () => fetch(`${url}/v1/models`, { headers }),
        ({ status }) => status === 401,
      )
      return headers
    },
    status: 401,
    code: 'invalid_api_key',
  },
  {
    name: 'a key without the scope',
    headers: async () => bearer((await createKey(person, { scopes: ['models'] })).key),
    status: 403,
    code: 'permission_denied',
  },
  {
    name: 'a key that is for other models',
    headers: async () => bearer((await createKey(person, { scopes: SCOPES, models: ['riwaq/sandbox-guide'] })).key),
    status: 403,
    code: 'model_not_allowed',
    only: 'paid',
  },
  {
    name: 'a session on a page of another site',
    headers: async () => ({ cookie: person.cookie, origin: 'https://elsewhere.example' }),
    status: 403,
    code: 'origin_not_allowed',
  },
]

test.each(callers)('who calls with $name is told so, everywhere', async ({ headers, status, code, only }) => {
  const asked = provider.deliveries.length
  const sent = await headers()
  for (const path of [...paidPaths, ...(only ? [] : ['/api/conversations', '/api/keys'])]) {
    const body = path.startsWith('/v1') ? bodyFor({}) : JSON.stringify({ name: 'x', title: 'x' })
    await expectRefusal(await askPaid(path, body, sent), { path, status, code })
  }
  expect(provider.deliveries).toHaveLength(asked)
  await expectUntouched()
})

test('an empty balance and a budget that is too small are told apart, and nothing is asked', async () => {
  const founder = await signUp(url)
  const organization = { name: 'Rihla', slug: `empty-${randomUUID().slice(0, 8)}` }
  await founder.json('/api/auth/organization/create', { method: 'POST', body: JSON.stringify(organization) })
  const penniless = await createKey(founder)
  const frugal = await createKey(person, { budget_micros: 1 })
  const asked = provider.deliveries.length
  for (const path of paidPaths) {
    for (const stream of [false, true]) {
      const body = bodyFor({ stream })
      const refused = (secret: string, code: ProblemCode) =>
        askPaid(path, body, bearer(secret)).then((response) => expectRefusal(response, { path, status: 402, code }))
      await refused(penniless.key, 'insufficient_credits')
      await refused(frugal.key, 'budget_exceeded')
    }
  }
  expect(provider.deliveries).toHaveLength(asked)
  await expectUntouched(founder)
  await expectUntouched()
})

test('a cursor that was made up, or belongs to another list, is refused by every list', async () => {
  await Promise.all([createKey(person), createKey(person)])
  const { next_cursor: ofKeys } = await person.json<{ next_cursor: string }>('/api/keys?limit=1')
  const { id } = await person.json<{ id: string }>('/api/conversations', { method: 'POST', body: '{"title":"x"}' })
  const lists = [
    '/api/usage/entries',
    '/api/conversations',
    `/api/conversations/${id}/messages`,
    '/api/keys',
    '/api/organizations/current/audit',
    '/api/organizations/current/members',
    '/api/organizations/current/invitations',
  ]
  for (const path of lists) {
    const made = ['rubbish', '%00', 'eyJpZCI6MX0', '../../etc', '✗', "' or 1=1 --"]
    for (const cursor of path === '/api/keys' ? made : [...made, ofKeys]) {
      const response = await person.request(`${path}?cursor=${encodeURIComponent(cursor)}`)
      await expectRefusal(response, { path, status: 400, code: 'invalid_cursor' })
    }
    for (const limit of ['0', '-1', '1.5', 'many', '100000']) {
      const response = await person.request(`${path}?limit=${limit}`)
      await expectRefusal(response, { path, status: 400, code: 'invalid_request' })
    }
  }
})

test.each<[string, string, number, ProblemCode]>([
  ['GET', '/v1/chat/completions', 405, 'method_not_allowed'],
  ['GET', '/v1/messages', 405, 'method_not_allowed'],
  ['DELETE', '/v1/messages', 405, 'method_not_allowed'],
  ['POST', '/health', 405, 'method_not_allowed'],
  ['POST', '/en', 405, 'method_not_allowed'],
  ['POST', '/v1/nothing', 404, 'not_found'],
  ['GET', '/v1/models/nobody/nothing', 404, 'model_not_found'],
  ['GET', '/v1/nothing', 404, 'not_found'],
  ['GET', '/api/nothing', 404, 'not_found'],
  ['PUT', '/api/keys', 404, 'not_found'],
  ['POST', '/api/auth/organization/delete', 404, 'not_found'],
  ['POST', '/api/auth/delete-user', 404, 'not_found'],
  ['GET', '/api/conversations/nonsense', 404, 'not_found'],
  ['GET', '/api/usage/nothing', 404, 'not_found'],
])('%s %s is answered with %i %s', async (method, path, status, code) => {
  const response = await fetch(`${url}${path}`, { method, headers: { ...bearer(key), origin: url } })
  await expectRefusal(response, { path, status, code })
  if (code === 'method_not_allowed') expect(response.headers.get('allow')).toBeTruthy()
})

test.each<[string, string, unknown]>([
  ['POST', '/api/keys', { name: '' }],
  ['POST', '/api/keys', { name: 'x', budget_micros: -1 }],
  ['POST', '/api/keys', { name: 'x', budget_micros: 0.5 }],
  ['POST', '/api/keys', { name: 'x', budget_micros: '100' }],
  ['POST', '/api/keys', { name: 'x', scopes: ['everything'] }],
  ['POST', '/api/keys', { name: 'x', expires_at: 1 }],
  ['POST', '/api/keys', { name: 'x', owner: 'me' }],
  ['PATCH', '/api/account', { name: 7 }],
  ['PATCH', '/api/account', { email: 'other@example.com' }],
  ['DELETE', '/api/account', {}],
  ['PATCH', '/api/organizations/current', { rate_limit_rpm: 0 }],
  ['POST', '/api/organizations/current/invitations', { email: 'not an address' }],
  ['POST', '/api/conversations', { content: 7 }],
  ['POST', '/api/conversations', { title: 'x'.repeat(201) }],
  ['POST', '/api/keys', null],
])('%s %s with %j is refused by name', async (method, path, body) => {
  const response = await person.request(path, { method, body: JSON.stringify(body) })
  await expectRefusal(response, { path, status: 400, code: 'invalid_request' })
})

test('a conversation with a model that cannot be called is refused before anything is kept', async () => {
  const count = async () => (await person.json<{ data: unknown[] }>('/api/conversations')).data.length
  const before = await count()
  const path = '/api/conversations'
  for (const [name, code] of [
    ['openai/none', 'model_not_found'],
    ['compatible/unpriced', 'model_not_priced'],
  ] as const) {
    const response = await post(`${url}${path}`, { model: name, content: 'hello' }, { cookie: person.cookie })
    await expectRefusal(response, { path, status: 404, code })
  }
  expect(await count()).toBe(before)
  await expectUntouched()
})

test('a key’s limit is told with every answer, and with the refusal when it is used up', async () => {
  const member = await signUp(url)
  const limited = await createKey(member, { rate_limit_rpm: 2 })
  for (const remaining of [1, 0]) {
    const answer = await askPaid('/v1/chat/completions', bodyFor({}), bearer(limited.key))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('ratelimit-policy')).toBe('"key";q=2;w=60')
    expect(answer.headers.get('ratelimit')).toMatch(new RegExp(`^"key";r=${remaining};t=\\d+$`))
    await answer.text()
  }
  const asked = provider.deliveries.length
  for (const path of [...paidPaths, '/v1/models', '/api/usage/balance']) {
    const method = paidPaths.includes(path) ? 'POST' : 'GET'
    const body = method === 'POST' ? bodyFor({}) : undefined
    const refused = await fetch(`${url}${path}`, { method, body, headers: bearer(limited.key) })
    expect(refused.headers.get('ratelimit')).toMatch(/^"key";r=0;t=\d+$/)
    expect(refused.headers.get('ratelimit-policy')).toBe('"key";q=2;w=60')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    await expectRefusal(refused, { path, status: 429, code: 'rate_limit_exceeded' })
  }
  expect(provider.deliveries).toHaveLength(asked)
})

test('the platform says how it is, part by part', async () => {
  const up = { status: 'up' }
  const response = await fetch(`${url}/health`)
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({
    status: 'ok',
    services: {
      auth: up,
      billing: up,
      chat: up,
      images: up,
      library: up,
      webhooks: up,
      vault: up,
      'durable-objects': up,
    },
  })
})

test('the description of the API names every public route, and each of them is there', async () => {
  const response = await fetch(`${url}/openapi.json`)
  expect(response.headers.get('content-type')).toContain('application/json')
  const document = (await response.json()) as { openapi: string; paths: Record<string, Record<string, unknown>> }
  expect(document.openapi).toMatch(/^3\.1\./)
  const named = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  expect(named.toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).toSorted())
})

test('anybody may read the models and their prices', async () => {
  const response = await fetch(`${url}/v1/models`)
  expect(response.status).toBe(200)
  const { data } = (await response.json()) as { data: { id: string }[] }
  expect(data.map(({ id }) => id)).toEqual(expect.arrayContaining([model, 'riwaq/sandbox-guide']))
})

test('scripts of other sites may call /v1 with a key, and nothing else', async () => {
  const preflight = (path: string) =>
    fetch(`${url}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://elsewhere.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, x-stainless-lang',
      },
    })
  const open = await preflight('/v1/chat/completions')
  expect(open.status).toBe(204)
  expect(open.headers.get('access-control-allow-origin')).toBe('*')
  expect(open.headers.get('access-control-allow-headers')).toBe('authorization, x-stainless-lang')
  expect(open.headers.get('access-control-allow-credentials')).toBeNull()
  for (const path of [
    '/api/keys',
    '/api/auth/sign-in/email',
    '/api/conversations',
    '/api/usage/balance',
    '/health',
    '/en',
  ]) {
    const closed = await preflight(path)
    const allowed = [...closed.headers.keys()].filter((name) => name.startsWith('access-control-'))
    expect([path, allowed]).toEqual([path, []])
  }
})

test('every answer carries the headers that keep a browser safe', async () => {
  for (const path of [
    '/en',
    '/ar/sign-in',
    '/health',
    '/v1/models',
    '/api/nothing',
    '/en/no-such-page',
    '/favicon.svg',
  ]) {
    const { headers } = await fetch(`${url}${path}`)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-request-id')).toMatch(/^req_/)
  }
  expect((await fetch(`${url}/v1/models`)).headers.get('content-security-policy')).toContain("default-src 'none'")
  for (const path of ['/en', '/ar/chat']) {
    const page = await (await fetch(`${url}${path}`)).text()
    const policy = /<meta http-equiv="content-security-policy" content="([^"]+)"/i.exec(page)?.[1] ?? ''
    expect(policy).toMatch(/script-src [^;]*'sha256-/)
    expect(policy).not.toMatch(/script-src [^;]*'unsafe-(inline|eval)'/)
  }
})
