// The metered API with the official OpenAI SDK, against a provider that keeps its own count.
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { eventually } from './support/eventually.ts'
import { startCountingProvider, type Behaviour, type CountingProvider } from './support/counting-provider.ts'
import { createKey, signUp, type Person } from './support/person.ts'

const url = inject('platformUrl')
let provider: CountingProvider
let person: Person
let client: OpenAI

interface Entry {
  kind: string
  amount_micros: number
  request_id: string
  estimated: boolean
  usage: Record<string, number>
}
const balance = () =>
  person.json<{ balance_micros: number; held_micros: number; available_micros: number }>('/api/usage/balance')
const entries = async (requestId?: string) =>
  (await person.json<{ data: Entry[] }>(`/api/usage/entries?limit=200${requestId ? `&request_id=${requestId}` : ''}`))
    .data
const asking = (behaviour: Behaviour) => [{ role: 'user' as const, content: JSON.stringify(behaviour) }]
const nothingHeld = () => eventually(balance, ({ held_micros }) => held_micros === 0)
const model = 'compatible/counting'

beforeAll(async () => {
  provider = await startCountingProvider({ port: inject('countingPort') })
})
afterAll(() => provider.close())
beforeEach(async () => {
  person = await signUp(url)
  const { key } = await createKey(person)
  client = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 })
})

test('a whole answer is charged exactly what the provider counted, and says so', async () => {
  const { data, response } = await client.chat.completions
    .create({ model, messages: asking({ tokens: 7, promptTokens: 100, cachedTokens: 40 }) })
    .withResponse()
  expect(data.choices[0]?.message.content).toBe('w0 w1 w2 w3 w4 w5 w6 ')
  // 60 fresh × 1 + 40 cached × 0.5 + 7 × 2 micros.
  expect(response.headers.get('x-riwaq-cost-micros')).toBe('94')
  const requestId = response.headers.get('x-request-id')!
  const [entry] = await entries(requestId)
  expect(entry).toMatchObject({ kind: 'charge', amount_micros: -94, estimated: false })
  expect(await balance()).toEqual({ balance_micros: 1_000_000 - 94, held_micros: 0, available_micros: 1_000_000 - 94 })
})

test('a stream arrives whole, in order, and is charged', async () => {
  const stream = await client.chat.completions.create({ model, messages: asking({ tokens: 50 }), stream: true })
  let text = ''
  for await (const chunk of stream) text += chunk.choices[0]!.delta.content ?? ''
  expect(text).toBe(Array.from({ length: 50 }, (_, at) => `w${at} `).join(''))
  await nothingHeld()
  expect((await balance()).balance_micros).toBe(1_000_000 - 110)
})

test('the usage chunk reaches those who ask for it and nobody else', async () => {
  const stream = await client.chat.completions.create({
    model,
    messages: asking({ tokens: 3 }),
    stream: true,
    stream_options: { include_usage: true },
  })
  const chunks = await Array.fromAsync(stream)
  expect(chunks.at(-1)?.usage).toMatchObject({ prompt_tokens: 10, completion_tokens: 3 })
})

test('a client who leaves stops the provider within a second and pays for what was delivered', async () => {
  const stream = await client.chat.completions.create({
    model,
    messages: asking({ tokens: 2000, paceMs: 20 }),
    stream: true,
  })
  let seen = 0
  for await (const _ of stream) {
    seen += 1
    if (seen === 5) break
  }
  const left = Date.now()
  const delivery = provider.deliveries.at(-1)!
  await eventually(
    () => delivery.closedAt,
    (at) => at !== null,
  )
  expect(delivery.closedAt! - left).toBeLessThan(1000)
  expect(delivery.finished).toBe(false)
  await nothingHeld()
  const charged = (await entries()).find(({ kind }) => kind === 'charge')!
  expect(charged.estimated).toBe(true)
  expect(-charged.amount_micros).toBeGreaterThan(0)
  expect(-charged.amount_micros).toBeLessThan(400)
})

test('a provider that breaks off in mid-stream ends the stream with an error, never as if complete', async () => {
  const stream = await client.chat.completions.create({
    model,
    messages: asking({ tokens: 100, cutAfter: 10, paceMs: 1 }),
    stream: true,
  })
  let text = ''
  await expect(
    (async () => {
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    })(),
  ).rejects.toThrow()
  expect(text.startsWith('w0 w1 ')).toBe(true)
  await nothingHeld()
  const charges = (await entries()).filter(({ kind }) => kind === 'charge')
  expect(charges).toHaveLength(1)
  expect(charges[0]!.estimated).toBe(true)
})

test.each([
  [{ status: 401 }, 502, 'provider_misconfigured'],
  [{ status: 429 }, 503, 'provider_overloaded'],
  [{ status: 500 }, 502, 'provider_error'],
  [{ nonsense: true }, 502, 'provider_error'],
  [{ empty: true }, 502, 'provider_error'],
])('a provider that answers %j costs nothing and has its own code', async (behaviour, status, code) => {
  for (const stream of [false, true]) {
    await expect(client.chat.completions.create({ model, messages: asking(behaviour), stream })).rejects.toMatchObject({
      status,
      code,
    })
  }
  await nothingHeld()
  expect((await balance()).balance_micros).toBe(1_000_000)
})

test('missing usage is estimated and marked, never free', async () => {
  await client.chat.completions.create({ model, messages: asking({ tokens: 20, noUsage: true }) })
  const [entry] = await entries()
  expect(entry).toMatchObject({ kind: 'charge', estimated: true })
  expect(entry!.amount_micros).toBeLessThan(-20)
})

test('a hundred parallel requests cannot spend more than there is', async () => {
  const { key } = await createKey(person, { budget_micros: 1000, budget_period: 'month' })
  const limited = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 })
  const outcomes = await Promise.allSettled(
    Array.from({ length: 100 }, () =>
      limited.chat.completions.create({ model, messages: asking({ tokens: 50 }), max_tokens: 50 }),
    ),
  )
  const served = outcomes.filter(({ status }) => status === 'fulfilled').length
  await nothingHeld()
  const spent = 1_000_000 - (await balance()).balance_micros
  expect(spent).toBe(served * 110)
  expect(spent).toBeLessThanOrEqual(1000)
  expect(served).toBeGreaterThan(0)
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(['budget_exceeded', 'budget_held']).toContain(outcome.reason.code)
  }
})

test('the same Idempotency-Key gives the same answer and one charge; another body is refused', async () => {
  const ask = (tokens: number, stream = false) =>
    client.chat.completions
      .create({ model, messages: asking({ tokens }), stream }, { headers: { 'idempotency-key': 'order-66' } })
      .asResponse()
  const first = await ask(4)
  const again = await ask(4)
  expect(await again.text()).toBe(await first.text())
  expect(again.headers.get('x-riwaq-idempotent-replay')).toBe('true')
  await expect(ask(5)).rejects.toMatchObject({ status: 409, code: 'idempotency_mismatch' })
  expect((await entries()).filter(({ kind }) => kind === 'charge')).toHaveLength(1)
})

test('two at once with the same Idempotency-Key are one charge and one answer', async () => {
  const ask = () =>
    client.chat.completions
      .create(
        { model, messages: asking({ tokens: 30, paceMs: 5 }), stream: true },
        { headers: { 'idempotency-key': 'twice' } },
      )
      .asResponse()
  const texts = await Promise.all([ask(), ask()].map(async (pending) => (await pending).text()))
  expect(texts[0]).toBe(texts[1])
  expect((await entries()).filter(({ kind }) => kind === 'charge')).toHaveLength(1)
})

test('a smaller balance lowers max_tokens instead of refusing', async () => {
  const { key } = await createKey(person, { budget_micros: 200 })
  const poor = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 })
  const { response } = await poor.chat.completions.create({ model, messages: asking({ tokens: 5 }) }).withResponse()
  expect(Number(response.headers.get('x-riwaq-max-tokens'))).toBeGreaterThan(0)
  expect(
    provider.deliveries.at(-1)!.body.max_tokens ?? provider.deliveries.at(-1)!.body.max_completion_tokens,
  ).toBeLessThan(100)
})

test.each([
  ['an unknown model', { model: 'openai/none' }, 404, 'model_not_found'],
  ['an unpriced model', { model: 'compatible/unpriced' }, 404, 'model_not_priced'],
  ['a wrong type', { temperature: 'hot' }, 400, 'invalid_request'],
  ['no messages', { messages: [] }, 400, 'invalid_request'],
])('%s has its own code and costs nothing', async (_, change, status, code) => {
  const body = { model, messages: asking({}), ...change }
  await expect(client.post('/chat/completions', { body })).rejects.toMatchObject({ status, code })
  expect((await balance()).balance_micros).toBe(1_000_000)
})

test('a key that is wrong, revoked, expired or out of scope is refused before anything is asked', async () => {
  const asked = provider.deliveries.length
  const attempt = (key: string) =>
    new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 }).chat.completions.create({
      model,
      messages: asking({}),
    })
  const revoked = await createKey(person)
  await person.json(`/api/keys/${revoked.id}`, { method: 'DELETE' })
  const other = await createKey(person, { scopes: ['models'] })
  await expect(attempt('rq_nothing')).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' })
  await expect(attempt(`${revoked.key.slice(0, -3)}abc`)).rejects.toMatchObject({
    status: 401,
    code: 'invalid_api_key',
  })
  await expect(attempt(revoked.key)).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' })
  await expect(attempt(other.key)).rejects.toMatchObject({ status: 403, code: 'permission_denied' })
  expect(provider.deliveries).toHaveLength(asked)
})
