// The official client asks for vectors.
import OpenAI, { APIError } from 'openai'
import { expect, test } from 'vitest'
import { EmbeddingsResponse } from '#shared/contracts/embeddings'
import { noPolicy } from '#shared/contracts/policy'
import { createEmbeddingModels, type EmbeddingModelSettings } from '#shared/providers/embedding-models'
import { fetchOf } from '#shared/providers/kit/upstream-fake'
import { createChatWorld, sayingModel, type WorldSeed } from '../testing.ts'

const { model: words } = sayingModel([])
const sandbox = 'riwaq/sandbox-embedding'

function worldOf({
  settings = {},
  respond = () => Response.json({ data: [{ index: 0, embedding: [0.5, -0.5] }], usage: { prompt_tokens: 3 } }),
  ...seed
}: {
  settings?: EmbeddingModelSettings
  respond?: Parameters<typeof fetchOf>[0]
} & Partial<WorldSeed> = {}) {
  const sent: Record<string, unknown>[] = []
  const fetch = fetchOf((request) => {
    sent.push(request.body)
    return respond(request)
  })
  const models = createEmbeddingModels({ settings, fetch })
  const world = createChatWorld({
    models: { 'fake/words': words },
    ...seed,
    outside: { embeddingsOf: () => models, ...seed.outside },
  })
  const client = new OpenAI({
    apiKey: 'rq_test',
    baseURL: 'https://riwaq.test/v1',
    maxRetries: 0,
    fetch: async (url, init) =>
      world.ask(new URL(String(url)).pathname, String(init?.body), {
        headers: Object.fromEntries(new Headers(init?.headers as HeadersInit)),
      }),
  })
  return { world, client, sent }
}
const problemOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string; param: string | null; message: string } }).error
const OPENAI = { OPENAI_API_KEY: 'k' }

test('a text becomes a vector, and is charged by the vendor’s count', async () => {
  const { client, world } = worldOf({ settings: OPENAI })
  const answer = await client.embeddings.create({ model: 'text-embedding-3-small', input: 'Hello' })
  expect(answer.data).toEqual([{ object: 'embedding', index: 0, embedding: [0.5, -0.5] }])
  expect(answer).toMatchObject({ object: 'list', usage: { prompt_tokens: 3, total_tokens: 3 } })
  await world.settled()
  expect(await world.charges()).toMatchObject([
    {
      model: 'openai/text-embedding-3-small',
      provider: 'openai',
      amountMicros: -1,
      usage: { input_tokens: 3 },
      price: { input_tokens: 20_000 },
      estimated: false,
    },
  ])
  expect((await world.ledger.balance()).heldMicros).toBe(0)
})

test('without a key the sandbox’s vectors can be searched, in base64 as in numbers', async () => {
  const { client } = worldOf()
  const input = ['ميزانية المفتاح', 'مفتاح وميزانيته', 'قهوة عربية']
  const { data } = await client.embeddings.create({ model: sandbox, input })
  const floats = await client.embeddings.create({ model: sandbox, input, encoding_format: 'float' })
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * b[at]!, 0)
  const [first, near, far] = data.map(({ embedding }) => embedding)
  expect(dot(first!, near!)).toBeGreaterThan(dot(first!, far!) + 0.2)
  expect(floats.data[0]!.embedding).toHaveLength(512)
  floats.data[0]!.embedding.forEach((value, at) => expect(value).toBeCloseTo(first![at]!, 6))
})

test('tokens and lists of tokens go to a vendor that takes them, and count as what they are', async () => {
  const { client, sent } = worldOf({ settings: OPENAI })
  await client.embeddings.create({ model: 'text-embedding-3-small', input: [1, 2, 3], dimensions: 256 })
  await client.embeddings.create({ model: 'text-embedding-3-small', input: [[1, 2, 3]] })
  expect(sent).toMatchObject([{ input: [[1, 2, 3]], dimensions: 256 }, { input: [[1, 2, 3]] }])
})

test('a vendor that counts nothing is charged by our estimate, which says so', async () => {
  const { client, world } = worldOf({
    settings: { MISTRAL_API_KEY: 'k' },
    respond: () => Response.json({ data: [{ embedding: [1] }] }),
  })
  const { usage } = await client.embeddings.create({ model: 'mistral-embed', input: 'one two three four' })
  expect(usage.prompt_tokens).toBeGreaterThan(3)
  await world.settled()
  expect(await world.charges()).toMatchObject([{ estimated: true, usage: { input_tokens: usage.prompt_tokens } }])
})

test('the answer says what it cost, and two organizations’ users are two users to the vendor', async () => {
  const { world, sent } = worldOf({ settings: OPENAI })
  const body = { model: 'text-embedding-3-small', input: 'Hello', user: 'user-1' }
  const response = await world.ask('/v1/embeddings', body)
  expect(response.headers.get('x-riwaq-cost-micros')).toBe('1')
  expect(response.headers.get('x-riwaq-model')).toBe('openai/text-embedding-3-small')
  expect(EmbeddingsResponse.parse(await response.json()).model).toBe('text-embedding-3-small')
  expect(sent[0]!['user']).toMatch(/^[0-9a-f]{48}$/)
})

test('the same Idempotency-Key gives the same answer and one charge', async () => {
  const { world, sent } = worldOf({ settings: OPENAI })
  const ask = (input: string) =>
    world.ask('/v1/embeddings', { model: 'text-embedding-3-small', input }, { headers: { 'idempotency-key': 'once' } })
  const first = await (await ask('Hello')).text()
  await world.settled()
  const again = await ask('Hello')
  expect(again.headers.get('x-riwaq-idempotent-replay')).toBe('true')
  expect(await again.text()).toBe(first)
  expect((await ask('Other')).status).toBe(409)
  await world.settled()
  expect(sent).toHaveLength(1)
  expect(await world.charges()).toHaveLength(1)
})

test.each([
  [{ model: 'fake/words', input: 'x' }, 404, 'model'],
  [{ model: 'gpt-4.1', input: 'x' }, 400, 'model'],
  [{ model: 'omni-moderation-latest', input: 'x' }, 400, 'model'],
  [{ model: sandbox, input: '' }, 400, 'input'],
  [{ model: sandbox, input: [] }, 400, 'input'],
  [{ model: sandbox, input: ['a', ''] }, 400, 'input[1]'],
  [{ model: sandbox, input: [1, -2] }, 400, 'input[1]'],
  [{ model: sandbox }, 400, 'input'],
  [{ model: sandbox, input: [1, 2] }, 400, 'input'],
  [{ model: sandbox, input: 'x', dimensions: 0 }, 400, 'dimensions'],
  [{ model: sandbox, input: 'x', dimensions: 513 }, 400, 'dimensions'],
  [{ model: 'text-embedding-ada-002', input: 'x', dimensions: 8 }, 400, 'dimensions'],
  [{ model: sandbox, input: 'x', encoding_format: 'hex' }, 400, 'encoding_format'],
  [{ model: sandbox, input: 'x', temperature: 1 }, 400, 'temperature'],
  [{ model: sandbox, input: 'word '.repeat(20_000) }, 400, 'input'],
  [{ model: 'google/gemini-embedding-001', input: Array.from({ length: 101 }, () => 'x') }, 400, 'input'],
])('%j is refused with the parameter that is at fault', async (body, status, param) => {
  const { world, sent } = worldOf({ settings: { ...OPENAI, GEMINI_API_KEY: 'k' } })
  const response = await world.ask('/v1/embeddings', body)
  expect(response.status).toBe(status)
  expect(await problemOf(response)).toMatchObject({ param })
  await world.settled()
  expect(sent).toHaveLength(0)
  expect(await world.charges()).toHaveLength(0)
})

test('a vendor that fails costs nothing, and the client reads why', async () => {
  const { client, world } = worldOf({ settings: OPENAI, respond: () => new Response('{}', { status: 429 }) })
  const error = await client.embeddings
    .create({ model: 'text-embedding-3-small', input: 'Hello' })
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(APIError)
  expect(error).toMatchObject({ status: 503, code: 'provider_overloaded' })
  await world.settled()
  expect(await world.charges()).toHaveLength(0)
  expect((await world.ledger.balance()).heldMicros).toBe(0)
})

test('who has no credit is told before anybody is asked', async () => {
  const { world, sent } = worldOf({ settings: OPENAI, balanceMicros: 0 })
  const response = await world.ask('/v1/embeddings', { model: 'text-embedding-3-small', input: 'Hello' })
  expect(response.status).toBe(402)
  expect(sent).toHaveLength(0)
})

test('an organization’s rules on models and texts hold here as well', async () => {
  const policy = { ...noPolicy.policy, allowed_models: ['openai/text-embedding-3-small'], guardrails: [] }
  const { world, sent } = worldOf({ settings: { ...OPENAI, MISTRAL_API_KEY: 'k' } })
  await world.ledger.setPolicy({ policy })
  expect((await world.ask('/v1/embeddings', { model: 'mistral-embed', input: 'x' })).status).toBe(403)
  expect((await world.ask('/v1/embeddings', { model: 'text-embedding-3-small', input: 'x' })).status).toBe(200)
  expect(sent).toHaveLength(1)
})

test('only POST is taken', async () => {
  expect((await worldOf().world.ask('/v1/embeddings', undefined, { method: 'GET' })).status).toBe(405)
})
