// Anthropic's client asks how long a prompt is.
import Anthropic from '@anthropic-ai/sdk'
import { expect, test } from 'vitest'
import type { Principal } from '#shared/contracts/principal'
import { noPolicy } from '#shared/contracts/policy'
import { Problem } from '#shared/http/problems'
import type { NativeEndpoint } from '#shared/providers/spec/language-model'
import { createChatWorld, nativeModel, organizationId, sayingModel } from '../testing.ts'

const path = '/v1/messages/count_tokens'
const question = { messages: [{ role: 'user' as const, content: 'How many tokens are these words?' }] }
const { model: words } = sayingModel([])

function worldOf(count: NonNullable<NativeEndpoint['countTokens']> = async () => 42) {
  const asked: { body: Record<string, unknown>; headers?: Record<string, string> }[] = []
  const { model: claude } = nativeModel('anthropic-messages', () => new Response(), {
    countTokens: async (body, options) => {
      asked.push({ body, headers: options.headers })
      return count(body, options)
    },
  })
  const world = createChatWorld({
    models: {
      'fake/words': words,
      'fake/claude': { catalog: { upstream: 'claude-1' }, model: claude },
      'fake/blind': { catalog: { abilities: [] }, model: words },
    },
  })
  const client = new Anthropic({
    apiKey: 'rq_test',
    baseURL: 'https://riwaq.test',
    maxRetries: 0,
    fetch: async (url, init) =>
      world.ask(new URL(String(url)).pathname, String(init?.body), {
        headers: Object.fromEntries(new Headers(init?.headers as HeadersInit)),
      }),
  })
  return { world, client, asked }
}
const afterwards = async ({ world }: ReturnType<typeof worldOf>) => {
  await world.settled()
  return { charges: await world.charges(), held: (await world.ledger.balance()).heldMicros }
}

test('a vendor of the same dialect counts by itself, and nothing is charged or held', async () => {
  const all = worldOf()
  expect(await all.client.messages.countTokens({ model: 'fake/claude', ...question })).toEqual({ input_tokens: 42 })
  expect(all.asked[0]).toMatchObject({ body: { model: 'claude-1', ...question }, headers: { 'anthropic-version': expect.any(String) } }) // prettier-ignore
  expect(await afterwards(all)).toEqual({ charges: [], held: 0 })
})

test('any other model’s prompt is estimated, and the answer says so', async () => {
  const all = worldOf()
  const response = await all.world.ask(path, { model: 'fake/words', system: 'Be short.', ...question })
  expect(response.headers.get('x-riwaq-estimated')).toBe('true')
  const { input_tokens: count } = (await response.json()) as { input_tokens: number }
  expect(count).toBeGreaterThan(8)
  expect(count).toBeLessThan(40)
  expect(await afterwards(all)).toEqual({ charges: [], held: 0 })
})

test('a vendor that cannot count at the moment leaves the estimate; one that finds a fault is believed', async () => {
  const down = worldOf(() => Promise.reject(new Problem('provider_overloaded', 'Busy.')))
  const response = await down.world.ask(path, { model: 'fake/claude', ...question })
  expect(response.status).toBe(200)
  expect(response.headers.get('x-riwaq-estimated')).toBe('true')
  const picky = worldOf(() => Promise.reject(new Problem('invalid_request', 'No.', { param: 'tools' })))
  expect((await picky.world.ask(path, { model: 'fake/claude', ...question })).status).toBe(400)
  expect(await afterwards(picky)).toEqual({ charges: [], held: 0 })
})

test.each([
  [{ messages: [] }, 'messages'],
  [{ max_tokens: 5 }, 'max_tokens'],
  [{ temperature: 1 }, 'temperature'],
  [{ context_management: {} }, 'context_management'],
  [{ user_profile_id: 'p' }, 'user_profile_id'],
  [{ tools: [{ type: 'web_search_20250305', name: 'web_search' }] }, 'tools'],
])('%j is refused, and the error names it', async (more, param) => {
  const response = await worldOf().world.ask(path, { model: 'fake/words', ...question, ...more })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ type: 'error', error: { param } })
})

test('what the model cannot read is refused as in a real request', async () => {
  const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } }
  const body = { model: 'fake/blind', messages: [{ role: 'user', content: [image] }] }
  expect((await worldOf().world.ask(path, body)).status).toBe(400)
})

test('a stranger’s key counts nothing, and an organization’s rules on models hold', async () => {
  const stranger: Principal = { kind: 'key-claim', organizationId, keyId: 'key_unknown00001', secretHash: 'x' }
  const all = worldOf()
  expect((await all.world.ask(path, { model: 'fake/claude', ...question }, { principal: stranger })).status).toBe(401)
  expect((await all.world.ask(path, '{', { principal: stranger })).status).toBe(401)
  await all.world.ledger.setPolicy({ policy: { ...noPolicy.policy, allowed_models: ['fake/words'] } })
  expect((await all.world.ask(path, { model: 'fake/claude', ...question })).status).toBe(403)
  expect(all.asked).toHaveLength(0)
})

test('counting is limited like any call', async () => {
  const { world } = worldOf()
  await world.ledger.setRateLimit({ requestsPerMinute: 1 })
  expect((await world.ask(path, { model: 'fake/words', ...question })).status).toBe(200)
  expect((await world.ask(path, { model: 'fake/words', ...question })).status).toBe(429)
})
