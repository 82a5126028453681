import { expect, test } from 'vitest'
import { createTestGateway } from './testing.ts'

test('a platform that is well says so, part by part', async () => {
  const response = await createTestGateway().call('/health')
  expect(response.status).toBe(200)
  const up = { status: 'up' }
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

test('a part that throws or fails is down, the rest is up, and the answer is still 200', async () => {
  const gateway = createTestGateway({
    CHAT: { fetch: async () => Promise.reject(new Error('boom')) },
    BILLING: { fetch: async () => new Response('not found', { status: 503 }) },
  })
  const response = await gateway.call('/health')
  expect(response.status).toBe(200)
  const body = (await response.json()) as { status: string; services: Record<string, { status: string }> }
  expect(body.status).toBe('degraded')
  expect(Object.entries(body.services).map(([name, { status }]) => `${name} ${status}`)).toEqual([
    'auth up',
    'billing down',
    'chat down',
    'images up',
    'library up',
    'webhooks up',
    'vault up',
    'durable-objects up',
  ])
})

test('a service that knows no such page is up', async () => {
  const gateway = createTestGateway()
  gateway.state.answer = () => Response.json({ code: 'not_found' }, { status: 404 })
  expect(((await (await gateway.call('/health')).json()) as { status: string }).status).toBe('ok')
})

test('asking often costs nothing, and a change is seen a moment later', async () => {
  const gateway = createTestGateway()
  for (let times = 0; times < 5; times++) await gateway.call('/health')
  expect(gateway.through).toHaveLength(6)
  gateway.state.answer = () => new Response('gone', { status: 503 })
  gateway.clock.advance(1_000)
  expect(((await (await gateway.call('/health')).json()) as { status: string }).status).toBe('degraded')
})
