// Fallbacks, retries and the cache on the real platform, against a provider that keeps its own count.
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { eventually } from './support/eventually.ts'
import { startCountingProvider, type Behaviour, type CountingProvider } from './support/counting-provider.ts'
import { createKey, signUp, type Person } from './support/person.ts'

const url = inject('platformUrl')
const model = 'compatible/counting'
const spare = 'riwaq/sandbox-guide'
let provider: CountingProvider
let person: Person
let client: OpenAI

interface Entry {
  kind: string
  amount_micros: number
  model: string
  provider: string
  usage: Record<string, number>
}
const balance = () =>
  person.json<{ balance_micros: number; held_micros: number; available_micros: number }>('/api/usage/balance')
const charges = async () =>
  (await person.json<{ data: Entry[] }>('/api/usage/entries?limit=200')).data.filter(({ kind }) => kind === 'charge')
const asking = (behaviour: Behaviour) => [{ role: 'user' as const, content: JSON.stringify(behaviour) }]
const nothingHeld = () => eventually(balance, ({ held_micros }) => held_micros === 0)

beforeAll(async () => {
  provider = await startCountingProvider({ port: inject('countingPort') })
})
afterAll(() => provider.close())
beforeEach(async () => {
  person = await signUp(url)
  const { key } = await createKey(person)
  client = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 })
})

test.each([false, true])(
  'a vendor that fails is replaced, and who served it is charged (stream: %s)',
  async (stream) => {
    const body = { model, models: [spare], messages: asking({ status: 500 }), stream }
    const { data, response } = await client.chat.completions.create(body as never).withResponse()
    let text = ''
    if (stream)
      for await (const chunk of data as unknown as AsyncIterable<OpenAI.ChatCompletionChunk>)
        text += chunk.choices[0]?.delta.content ?? ''
    else text = (data as unknown as OpenAI.ChatCompletion).choices[0]!.message.content ?? ''
    expect(text.length).toBeGreaterThan(10)
    expect(response.headers.get('x-riwaq-provider')).toBe('riwaq')
    expect(response.headers.get('x-riwaq-model')).toBe(spare)
    expect(response.headers.get('x-riwaq-attempts')).toBe('2')
    await nothingHeld()
    expect(await charges()).toMatchObject([{ model: spare, provider: 'riwaq' }])
  },
)

test('a failure without anybody else to ask is tried three times, costs nothing and says so', async () => {
  const failure = client.chat.completions.create({ model, messages: asking({ status: 503 }) })
  const error: unknown = await failure.catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ status: 503, code: 'provider_overloaded' })
  expect((error as InstanceType<typeof OpenAI.APIError>).headers?.get('x-riwaq-attempts')).toBe('3')
  expect(await nothingHeld()).toMatchObject({ balance_micros: 1_000_000 })
})

test('an operator’s route is a name like any other', async () => {
  const answer = await client.chat.completions.create({ model: 'reliable', messages: asking({ tokens: 3 }) })
  expect(answer.choices[0]!.message.content).toBe('w0 w1 w2 ')
  await nothingHeld()
  expect(await charges()).toMatchObject([{ model }])
})

test('an equal request is answered from the cache: the provider is asked once, the stream is the same', async () => {
  const ask = async () => {
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${client.apiKey}`,
        'content-type': 'application/json',
        'x-riwaq-cache': 'use',
      },
      body: JSON.stringify({ model, messages: asking({ tokens: 20 }), stream: true }),
    })
    return { text: await response.text(), cache: response.headers.get('x-riwaq-cache') }
  }
  const first = await ask()
  await nothingHeld()
  const again = await eventually(ask, ({ cache }) => cache === 'hit')
  expect(first.cache).toBe('miss')
  expect(again.text).toBe(first.text)
  await nothingHeld()
  const hits = (await charges()).filter(({ amount_micros }) => amount_micros === 0)
  expect(hits.length).toBeGreaterThan(0)
  expect(hits[0]!.usage).toMatchObject({ output_tokens: 20 })
})
