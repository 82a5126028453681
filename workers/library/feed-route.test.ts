import { expect, test } from 'vitest'
import type { Principal } from '#shared/contracts/principal'
import { createServiceApp } from '#shared/http/create-service-app'
import { createTestExecutionContext, principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import type { LibraryEnv } from './env.ts'
import { feedRoute } from './feed-route.ts'

const member: Principal = {
  kind: 'user',
  organizationId: 'org_test00000001',
  userId: 'usr_a',
  role: 'member',
  platformAdmin: false,
}

async function open(principal: Principal, headers: Record<string, string> = { upgrade: 'websocket' }) {
  const opened: { name: string; headers: Headers }[] = []
  const FEED = {
    getByName: (name: string) => ({
      publish: async () => {},
      async fetch(request: Request) {
        opened.push({ name, headers: request.headers })
        return new Response('opened')
      },
    }),
  }
  const env = { PRINCIPAL_KEY: TEST_PRINCIPAL_KEY, FEED } as unknown as LibraryEnv
  const all = new Headers(await principalHeaders(principal))
  for (const [name, value] of Object.entries(headers)) all.set(name, value)
  const app = createServiceApp<LibraryEnv>('library', feedRoute)
  const response = await app.request('/api/feed', { headers: all }, env, createTestExecutionContext() as never)
  return { status: response.status, opened }
}

test('a member’s page hears of that member’s own things, and nothing else that it sent goes on', async () => {
  const { status, opened } = await open(member, { upgrade: 'websocket', cookie: 'session=secret' })
  expect(status).toBe(200)
  expect(opened.map(({ name }) => name)).toEqual(['org_test00000001/usr_a'])
  expect(opened[0]!.headers.get('cookie')).toBeNull()
})

test('a key hears what its member hears, where it may use the library', async () => {
  const key = { kind: 'api-key', organizationId: 'org_test00000001', keyId: 'key_a', userId: 'usr_a' } as const
  expect((await open({ ...key, scopes: ['library'] })).opened).toHaveLength(1)
  expect(await open({ ...key, scopes: ['chat'] })).toEqual({ status: 403, opened: [] })
})

test('a stranger, a page of another site and a plain request are refused', async () => {
  expect(await open({ kind: 'anonymous' })).toEqual({ status: 401, opened: [] })
  const foreign = { upgrade: 'websocket', origin: 'https://elsewhere.example' }
  expect(await open(member, foreign)).toEqual({ status: 403, opened: [] })
  expect(await open(member, {})).toEqual({ status: 400, opened: [] })
})
