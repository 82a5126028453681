// What the cache of answers promises: the same answer to the same organization, at its own price, and to nobody else.
import { expect, test } from 'vitest'
import { defaultPolicy } from '#shared/contracts/policy'
import type { Principal } from '#shared/contracts/principal'
import { Problem } from '#shared/http/problems'
import { createEmbeddingModels } from '#shared/providers/embedding-models'
import { fetchOf } from '#shared/providers/kit/upstream-fake'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import {
  createChatWorld,
  finish,
  member,
  nativeModel,
  organizationId,
  sayingModel,
  type WorldSeed,
} from '../testing.ts'
import { createAnswerCache, createInMemoryAnswerCache } from './answer-cache.ts'

const path = '/v1/chat/completions'
const question = { model: 'fake/words', messages: [{ role: 'user', content: 'Say something.' }] }
const usage = { input_tokens: 10, output_tokens: 3 }
const said: LanguageEvent[] = [{ type: 'text-delta', text: 'one' }, { type: 'text-delta', text: ' two' }, finish(usage)]
const use = { 'x-riwaq-cache': 'use' }

function worldOf(more: Partial<WorldSeed> = {}) {
  const { model, asked } = sayingModel(said)
  const world = createChatWorld({ models: { 'fake/words': model, 'fake/other': model }, ...more })
  /** Asks, reads and waits until everything is settled. */
  async function ask(body: object = {}, headers: Record<string, string> = use, principal: Principal = member) {
    const response = await world.ask(path, { ...question, ...body }, { headers, principal })
    const text = await response.text()
    await world.settled()
    return {
      response,
      text,
      cache: response.headers.get('x-riwaq-cache'),
      cost: response.headers.get('x-riwaq-cost-micros'),
    }
  }
  return { ...world, asked, request: ask }
}

test.each([false, true])(
  'an equal request is given the same answer with no vendor asked (stream: %s)',
  async (stream) => {
    const world = worldOf()
    const first = await world.request({ stream })
    const second = await world.request({ stream })
    expect([first.cache, second.cache]).toEqual(['miss', 'hit'])
    expect(second.text).toBe(first.text)
    expect(second.response.headers.get('content-type')).toBe(first.response.headers.get('content-type'))
    expect(world.asked).toHaveLength(1)
    expect(second.cost).toBe('0')
    expect(second.response.headers.get('x-riwaq-attempts')).toBe('0')
    expect(second.response.headers.get('age')).toBe('0')
    expect(await world.charges()).toMatchObject([
      { amountMicros: 0, usage },
      { amountMicros: -16, usage },
    ])
    expect(await world.ledger.balance()).toMatchObject({ heldMicros: 0 })
  },
)

test('a stream that a vendor of the same dialect made is replayed byte for byte', async () => {
  const events =
    'data: {"choices":[{"index":0,"delta":{"content":"one"},"finish_reason":"stop"}]}\n\n' +
    'data: {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":3}}\n\ndata: [DONE]\n\n'
  const vendor = nativeModel(
    'openai-chat',
    () => new Response(events, { headers: { 'content-type': 'text/event-stream' } }),
  )
  const world = worldOf({ models: { 'fake/words': vendor.model } })
  const first = await world.request({ stream: true })
  const second = await world.request({ stream: true })
  expect(second.cache).toBe('hit')
  expect(second.text).toBe(first.text)
  expect(vendor.bodies).toHaveLength(1)
})

test('nothing is kept or looked for unasked', async () => {
  const world = worldOf()
  const first = await world.request({}, {})
  const second = await world.request({}, {})
  expect([first.cache, second.cache]).toEqual([null, null])
  expect(world.asked).toHaveLength(2)
  expect(world.cache.names()).toEqual([])
})

const key = {
  id: 'key_test00000001',
  name: 'k',
  userId: 'usr_test00000001',
  secretHash: 'a'.repeat(64),
  hint: 'abcd',
  scopes: ['chat' as const],
  models: null,
  budget: null,
  rateLimitRpm: null,
  expiresAt: null,
  createdAt: 0,
  revokedAt: null,
}
const claim: Principal = { kind: 'key-claim', organizationId, keyId: key.id, secretHash: key.secretHash } as Principal

test('a key may have it switched on for all its calls, and one call may switch it off', async () => {
  const world = worldOf({ keys: [{ ...key, cacheSeconds: 60 }] })
  expect((await world.request({}, {}, claim)).cache).toBe('miss')
  expect((await world.request({}, {}, claim)).cache).toBe('hit')
  expect((await world.request({}, { 'x-riwaq-cache': 'off' }, claim)).cache).toBeNull()
  world.clock.advance(60_000)
  expect((await world.request({}, {}, claim)).cache).toBe('miss')
})

test('an answer is given for as long as it was kept for, and as long as it is asked for', async () => {
  const world = worldOf()
  await world.request({}, { ...use, 'x-riwaq-cache-ttl': '100' })
  world.clock.advance(50_000)
  expect((await world.request({}, { ...use, 'x-riwaq-cache-ttl': '50' })).cache).toBe('miss')
  world.clock.advance(40_000)
  expect((await world.request()).cache).toBe('hit')
  world.clock.advance(10_000)
  expect((await world.request()).cache).toBe('miss')
})

test.each([
  ['another question', { messages: [{ role: 'user', content: 'Say something else.' }] }, {}],
  ['another setting', { temperature: 0.5 }, {}],
  ['another model', { model: 'fake/other' }, {}],
  ['another way of being answered', { stream: true }, {}],
  ['other fallbacks', { models: ['fake/other'] }, {}],
  ['another beta of the vendor', {}, { 'anthropic-beta': 'effort-2025' }],
])('%s is another request', async (_, body, headers) => {
  const world = worldOf()
  await world.request()
  expect((await world.request(body, { ...use, ...headers })).cache).toBe('miss')
})

test('the order in which a request was written makes no other of it', async () => {
  const world = worldOf()
  await world.request({ temperature: 1, seed: 1 })
  expect((await world.request({ seed: 1, temperature: 1 })).cache).toBe('hit')
})

test('another organization is never given it, whatever it asks', async () => {
  const cache = createInMemoryAnswerCache()
  const one = worldOf({ outside: { cacheOf: () => cache } })
  const other = worldOf({ outside: { cacheOf: () => cache }, organizationId: 'org_other0000001' })
  await one.request()
  const stranger = { ...member, organizationId: 'org_other0000001' } as Principal
  expect((await other.request({}, use, stranger)).cache).toBe('miss')
  expect((await other.request({}, use, stranger)).cache).toBe('hit')
  expect(cache.names().map((name) => name.split('/')[1])).toEqual([organizationId, 'org_other0000001'])
})

test('a hit costs its share of the original, is held for, and its entry says how it was reckoned', async () => {
  const world = worldOf({ settings: { CACHE_HIT_PRICE_PERCENT: '25' } })
  await world.request()
  expect((await world.request()).cost).toBe('4')
  const [entry] = await world.charges()
  expect(entry).toMatchObject({ amountMicros: -4, usage, model: 'fake/words' })
  expect(entry!.price).toMatchObject({ input_tokens: 250_000, output_tokens: 500_000 })
})

test('a hit counts in the limits and needs credit like every call', async () => {
  const world = worldOf({ requestsPerMinute: 2 })
  await world.request()
  await world.request()
  expect((await world.request()).response.status).toBe(429)
  const poor = worldOf({ balanceMicros: 10 })
  expect((await poor.request()).response.status).toBe(402)
})

test('an answer that broke off, was left, or was cut short by the credit is not kept', async () => {
  const cut = sayingModel(async function* () {
    yield said[0]!
    throw new Problem('provider_error', 'no')
  })
  const broken = worldOf({ models: { 'fake/words': cut.model } })
  await broken.request({ stream: true })
  expect(broken.cache.names()).toEqual([])

  const leaving = new AbortController()
  const waiting = worldOf({
    models: {
      'fake/words': sayingModel(async function* () {
        yield said[0]!
        await new Promise(() => {})
      }).model,
    },
  })
  const response = await waiting.ask(path, { ...question, stream: true }, { headers: use, signal: leaving.signal })
  await response.body!.getReader().read()
  leaving.abort()
  await waiting.settled()
  expect(waiting.cache.names()).toEqual([])

  const poor = worldOf({ balanceMicros: 500 })
  expect((await poor.request()).response.headers.get('x-riwaq-max-tokens')).not.toBeNull()
  expect(poor.cache.names()).toEqual([])
})

test('what a fallback answered is not what the next caller asks for', async () => {
  const failing = sayingModel(() => {
    throw new Problem('provider_overloaded', 'no')
  })
  const world = worldOf({ models: { 'fake/words': failing.model, 'fake/other': sayingModel(said).model } })
  expect((await world.request({ models: ['fake/other'] })).response.headers.get('x-riwaq-model')).toBe('fake/other')
  expect(world.cache.names()).toEqual([])
})

test('where the organization wants nothing kept, nothing is, whatever is asked', async () => {
  const world = worldOf()
  await world.request()
  await world.ledger.setPolicy({ policy: { ...defaultPolicy, zero_retention: true } })
  expect((await world.request()).cache).toBeNull()
  expect(world.asked).toHaveLength(2)
  const again = { ...use, 'idempotency-key': 'k-1' }
  await world.request({}, again)
  expect((await world.request({}, again)).response.status).toBe(409)
  expect(world.answers.size()).toBe(0)
})

test('a hit has an Idempotency-Key like every answer', async () => {
  const world = worldOf()
  await world.request()
  const headers = { ...use, 'idempotency-key': 'k-1' }
  const hit = await world.request({}, headers)
  const again = await world.request({}, headers)
  expect([hit.cache, again.cache]).toEqual(['hit', 'hit'])
  expect(again.text).toBe(hit.text)
  expect(again.response.headers.get('x-riwaq-idempotent-replay')).toBe('true')
  expect(await world.charges()).toHaveLength(2)
})

test('a cache that is away makes an answer dearer, never impossible', async () => {
  const away = {
    find: () => Promise.reject(new Error('away')),
    keep: () => Promise.reject(new Error('away')),
  }
  const world = worldOf({ outside: { cacheOf: () => away } })
  expect((await world.request()).response.status).toBe(200)
  expect(await world.charges()).toHaveLength(1)
})

test.each([
  ['x-riwaq-cache', { 'x-riwaq-cache': 'always' }],
  ['x-riwaq-cache-ttl', { 'x-riwaq-cache-ttl': '0' }],
  ['x-riwaq-cache-ttl', { 'x-riwaq-cache-ttl': '604801' }],
  ['x-riwaq-cache-ttl', { 'x-riwaq-cache-ttl': '1.5' }],
])('what cannot be read is refused by its name: %s', async (param, headers) => {
  const { response, text } = await worldOf().request({}, headers)
  expect(response.status).toBe(400)
  expect(JSON.parse(text)).toMatchObject({ error: { param } })
})

test('embeddings are kept the same way', async () => {
  let calls = 0
  const fetch = fetchOf(() => {
    calls++
    return Response.json({ data: [{ index: 0, embedding: [0.5] }], usage: { prompt_tokens: 3 } })
  })
  const models = createEmbeddingModels({ settings: { OPENAI_API_KEY: 'k' }, fetch })
  const world = worldOf({ outside: { embeddingsOf: () => models } })
  const embed = async () => {
    const body = { model: 'text-embedding-3-small', input: 'Hello' }
    const response = await world.ask('/v1/embeddings', body, { headers: use })
    const text = await response.text()
    await world.settled()
    return { cache: response.headers.get('x-riwaq-cache'), text }
  }
  const first = await embed()
  expect(await embed()).toEqual({ cache: 'hit', text: first.text })
  expect(first.cache).toBe('miss')
  expect(calls).toBe(1)
})

test('the bucket’s objects are found as they were kept', async () => {
  const objects = new Map<string, { body: Uint8Array; customMetadata: Record<string, string> }>()
  const cache = createAnswerCache({
    put: async (name: string, body: Uint8Array, { customMetadata }: { customMetadata: Record<string, string> }) =>
      void objects.set(name, { body, customMetadata }),
    get: async (name: string) => {
      const object = objects.get(name)
      return object
        ? { customMetadata: object.customMetadata, arrayBuffer: async () => object.body.slice().buffer }
        : null
    },
  } as unknown as R2Bucket)
  const place = { organizationId: 'org_1', fingerprint: 'f' }
  const answer = { at: 1, expiresAt: 2, headers: { a: 'b' }, usage, price: { input_tokens: 1 } }
  await cache.keep(place, { ...answer, body: new TextEncoder().encode('hello') })
  expect([...objects.keys()]).toEqual(['cache/org_1/f'])
  const found = await cache.find(place)
  expect(found).toMatchObject(answer)
  expect(new TextDecoder().decode(found!.body)).toBe('hello')
  expect(await cache.find({ ...place, organizationId: 'org_2' })).toBeNull()
})
