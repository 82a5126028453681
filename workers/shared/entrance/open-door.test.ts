import { expect, test } from 'vitest'
import type { Principal } from '../contracts/principal.ts'
import { createServiceApp, type ServiceBindings } from '../http/create-service-app.ts'
import { PRINCIPAL_HEADER } from '../http/principal.ts'
import { createLogger } from '../http/log.ts'
import { Problem } from '../http/problems.ts'
import { createTestClock } from '../lib/clock.ts'
import { createIds } from '../lib/ids.ts'
import type { EntranceEnv } from './entrance-env.ts'
import { createDoor } from './open-door.ts'
import { languageRoutes } from './public-route.ts'
import { pathOf } from './receive.ts'
import { createUnknownKeys } from './unknown-keys.ts'

type Env = ServiceBindings & EntranceEnv

const KEY = 'rq_1m80w000000_1m80k000000_0123456789abcdef0123456789abcdef'
const OTHER_KEY = 'rq_1m80w000000_1m80k000001_0123456789abcdef0123456789abcdef'

function createTestDoor({ limit = 120 }: { limit?: number } = {}) {
  const clock = createTestClock()
  const seen: Principal[] = []
  const lines: Record<string, unknown>[] = []
  const taken: string[] = []
  const known = new Set([KEY])
  const state = { ledgerAsked: 0 }
  const app = createServiceApp<Env>('chat', (routes) => {
    routes.post('/v1/chat/completions', (c) => {
      seen.push(c.get('principal'))
      const key = c.req.header('authorization')?.slice(7) ?? ''
      state.ledgerAsked += 1
      if (!known.has(key)) throw new Problem('invalid_api_key', 'This API key is not valid.')
      return c.json({ id: c.get('requestId') })
    })
    routes.get('/v1/models', (c) => c.json({ who: c.get('principal').kind }))
  })
  const env: Env = {
    PRINCIPAL_KEY: 'a secret of at least thirty-two characters',
    LIMIT_UNKNOWN_KEYS: `${limit}/60`,
    AUTH_RPC: { principalOf: async () => ({ kind: 'anonymous' }) },
    LEDGER: {
      getByName: () => ({
        verifyKey: async () => ({ ok: false, code: 'invalid_api_key', reason: 'unknown' }),
      }),
    },
    RATE_LIMITER: {
      getByName: (name) => ({
        take: async () => {
          taken.push(name)
          return { allowed: taken.length <= limit, remaining: 0, resetSeconds: 30, retryAfterSeconds: 30 }
        },
      }),
    },
  }
  const door = createDoor<Env>({
    name: 'chat',
    routes: languageRoutes,
    app,
    tools: {
      createId: createIds(clock),
      now: clock,
      logger: createLogger({}, (_level, line) => void lines.push(JSON.parse(line) as Record<string, unknown>)),
      unknownKeys: createUnknownKeys(),
    },
  })
  const ctx = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext
  const call = (path: string, init: RequestInit = {}) =>
    door(new Request(`https://ai.example.com${path}`, init), env, ctx)
  const ask = (key: string, headers: Record<string, string> = {}) =>
    call('/v1/chat/completions', {
      method: 'POST',
      body: '{}',
      headers: { authorization: `Bearer ${key}`, ...headers },
    })
  return { call, ask, seen, lines, taken, state, clock }
}

test('a key is read into a claim, and the answer has the headers of every entrance', async () => {
  const { ask, seen } = createTestDoor()
  const response = await ask(KEY)
  expect(response.status).toBe(200)
  expect(seen).toMatchObject([{ kind: 'key-claim', organizationId: 'org_1m80w000000', keyId: 'key_1m80k000000' }])
  expect(response.headers.get('x-request-id')).toBe(((await response.json()) as { id: string }).id)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(response.headers.get('strict-transport-security')).toContain('max-age=')
})

test('what a caller writes into the platform’s own headers is nobody’s word', async () => {
  const { ask, seen } = createTestDoor()
  await ask(KEY, { [PRINCIPAL_HEADER]: 'forged', 'x-request-id': 'req_forged' })
  expect(seen[0]).toMatchObject({ kind: 'key-claim' })
  const { ask: again } = createTestDoor()
  expect((await again(KEY, { 'x-request-id': 'req_forged' })).headers.get('x-request-id')).not.toBe('req_forged')
})

test('who shows no key is asked for one, in the dialect of the address', async () => {
  const { call } = createTestDoor()
  const response = await call('/v1/chat/completions', { method: 'POST', body: '{}' })
  expect(response.status).toBe(401)
  expect(await response.json()).toMatchObject({ error: { code: 'unauthenticated' } })
})

test('nothing but its own part of the API is behind the door', async () => {
  const { call } = createTestDoor()
  for (const path of ['/api/conversations', '/', '/health', '/v2/chat/completions'])
    expect((await call(path, { headers: { authorization: `Bearer ${KEY}` } })).status).toBe(404)
})

test('a browser’s preflight is answered, and the list of models is open to all', async () => {
  const { call } = createTestDoor()
  const preflight = await call('/v1/chat/completions', {
    method: 'OPTIONS',
    headers: { origin: 'https://example.com', 'access-control-request-method': 'POST' },
  })
  expect(preflight.status).toBe(204)
  expect(await (await call('/v1/models')).json()).toEqual({ who: 'anonymous' })
})

test('a paid call that went well is told of by its entry, one that did not by the log', async () => {
  const { ask, lines } = createTestDoor()
  await ask(KEY)
  expect(lines).toEqual([])
  await ask(OTHER_KEY)
  expect(lines).toMatchObject([{ event: 'request', status: 401, route: '/v1' }])
})

test('who guesses keys is shut out for a while, whoever has a good one is not', async () => {
  const { ask, state, clock } = createTestDoor({ limit: 3 })
  await ask(KEY)
  for (let tries = 0; tries < 4; tries++) expect((await ask(OTHER_KEY)).status).toBe(401)
  const asked = state.ledgerAsked
  const refused = await ask(OTHER_KEY)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('30')
  expect(state.ledgerAsked).toBe(asked)
  expect((await ask(KEY)).status).toBe(200)
  clock.advance(31_000)
  expect((await ask(OTHER_KEY)).status).toBe(401)
})

test('what cannot be a key is refused without asking anybody, and not counted', async () => {
  const { ask, taken } = createTestDoor({ limit: 2 })
  for (let tries = 0; tries < 4; tries++) expect((await ask('sk-nonsense')).status).toBe(401)
  expect(taken).toEqual([])
})

test('a key that a ledger does not know counts on every route', async () => {
  const { call, taken } = createTestDoor({ limit: 2 })
  const list = () => call('/v1/models', { headers: { authorization: `Bearer ${OTHER_KEY}` } })
  for (let tries = 0; tries < 3; tries++) expect((await list()).status).toBe(401)
  expect(taken).toEqual(Array.from({ length: 3 }, () => 'unknown-keys:local'))
  expect((await list()).status).toBe(429)
})

test.each([
  ['https://a.example/v1/chat/completions', '/v1/chat/completions'],
  ['https://a.example/v1/models?limit=1', '/v1/models'],
  ['https://a.example/v1/../api/keys', '/api/keys'],
  ['https://a.example/v1/%2e%2e/api/keys', '/api/keys'],
  ['https://a.example/v1\\..\\api', '/api'],
  ['https://a.example?x=/v1', '/'],
  ['https://a.example', '/'],
])('the path of %s is %s, as the parser has it', (url, path) => {
  expect(pathOf(url)).toBe(path)
  expect(pathOf(url)).toBe(new URL(url).pathname)
})
