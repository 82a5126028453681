// The Responses API as its own clients use it: OpenAI's SDK, its agents, and the AI SDK, on an OpenAI model that is
// passed through, on a Claude model and the sandbox that are translated.
import { createOpenAI } from '@ai-sdk/openai'
import { LLMock } from '@copilotkit/aimock'
import { Agent, OpenAIProvider, run, Runner, setTracingDisabled, tool } from '@openai/agents'
import { generateText, streamText } from 'ai'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { eventually } from './support/eventually.ts'
import { createKey, signUp, type Person } from './support/person.ts'

const url = inject('platformUrl')
const GPT = 'openai/gpt-5.4-mini'
const CLAUDE = 'anthropic/claude-haiku-4-5'
const SANDBOX = 'riwaq/sandbox-guide'

let emulator: LLMock
let person: Person
let key: string
let client: OpenAI

const charges = async () =>
  (
    await person.json<{ data: { kind: string; model: string; usage: Record<string, number> }[] }>('/api/usage/entries')
  ).data.filter(({ kind }) => kind === 'charge')
const settledCharges = (count: number) => eventually(charges, ({ length }) => length === count)

beforeAll(async () => {
  setTracingDisabled(true)
  emulator = new LLMock({ port: inject('emulatorPort'), chunkSize: 5 })
  const usage = { prompt_tokens: 11, completion_tokens: 9, input_tokens: 11, output_tokens: 9 }
  emulator.onToolResult('call_1', { content: 'It is sunny in Amman.' })
  emulator.onMessage('hello', { content: 'Hi there! How can I help?', usage })
  emulator.onMessage('مرحبا', { content: 'أهلًا بك! كيف أساعدك؟', usage })
  emulator.onMessage('again', { content: 'Once more, then.', usage })
  emulator.onMessage('weather', { toolCalls: [{ name: 'get_weather', arguments: { city: 'Amman' }, id: 'call_1' }] })
  emulator.onMessage('think', { content: 'The answer is 42.', reasoning: 'Six by seven…' })
  await emulator.start()
})
afterAll(() => emulator.stop())
beforeEach(async () => {
  emulator.clearRequests()
  person = await signUp(url)
  ;({ key } = await createKey(person))
  client = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 })
})

const getWeather = tool({
  name: 'get_weather',
  description: 'The weather of a city.',
  parameters: z.object({ city: z.string() }),
  execute: async ({ city }) => `sunny in ${city}`,
})

test.each([GPT, CLAUDE])('OpenAI’s SDK asks %s, whole and streamed, in both languages', async (model) => {
  const whole = await client.responses.create({ model, input: 'hello' })
  expect(whole.output_text).toBe('Hi there! How can I help?')
  const streamed = await client.responses.stream({ model, input: 'مرحبا' }).finalResponse()
  expect(streamed.output_text).toBe('أهلًا بك! كيف أساعدك؟')
  const entries = await settledCharges(2)
  for (const entry of entries) expect(entry).toMatchObject({ model, usage: { input_tokens: 11, output_tokens: 9 } })
})

test('the sandbox answers as every model does', async () => {
  const whole = await client.responses.create({ model: SANDBOX, input: 'How do I make an API key?' })
  const streamed = await client.responses.stream({ model: SANDBOX, input: 'How do I make an API key?' }).finalResponse()
  expect(whole.output_text.length).toBeGreaterThan(20)
  expect(streamed.output_text).toBe(whole.output_text)
})

test.each([GPT, CLAUDE])('what %s answered is there when the stream ends, and can be deleted', async (model) => {
  const stream = await client.responses.create({ model, input: 'hello', stream: true })
  let id = ''
  for await (const event of stream) {
    if (event.type !== 'response.completed') continue
    id = event.response.id
    expect((await client.responses.retrieve(id)).output_text).toBe('Hi there! How can I help?')
  }
  const items = await Array.fromAsync(client.responses.inputItems.list(id))
  expect(items).toMatchObject([{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hello' }] }])
  await client.responses.delete(id)
  await expect(client.responses.retrieve(id)).rejects.toMatchObject({ status: 404 })
  const { key: foreign } = await createKey(await signUp(url))
  const other = new OpenAI({ apiKey: foreign, baseURL: `${url}/v1`, maxRetries: 0 })
  const kept = await client.responses.create({ model, input: 'hello' })
  await expect(other.responses.retrieve(kept.id)).rejects.toMatchObject({ status: 404 })
  await expect(other.responses.create({ model, input: 'again', previous_response_id: kept.id })).rejects.toMatchObject({
    status: 404,
    param: 'previous_response_id',
  })
})

test.each([
  [GPT, CLAUDE],
  [CLAUDE, GPT],
])('a conversation begun with %s goes on with %s', async (first, second) => {
  const { id } = await client.responses.create({ model: first, input: 'hello' })
  const next = await client.responses.create({ model: second, input: 'again', previous_response_id: id })
  expect(next.output_text).toBe('Once more, then.')
  const sent = JSON.stringify(emulator.getLastRequest()!.body)
  expect(sent).toContain('Hi there! How can I help?')
  expect(sent).not.toContain(id)
})

test.each([GPT, CLAUDE])('OpenAI’s agents work with tools on %s, streamed and not', async (modelName) => {
  const modelProvider = new OpenAIProvider({ openAIClient: client as never, useResponses: true })
  const model = await modelProvider.getModel(modelName)
  const agent = new Agent({ name: 'Forecaster', instructions: 'Use your tools.', model, tools: [getWeather] })
  const result = await run(agent, 'weather')
  expect(result.finalOutput).toBe('It is sunny in Amman.')
  const streamed = await new Runner({ modelProvider }).run(agent, 'weather', { stream: true })
  for await (const _event of streamed);
  await streamed.completed
  expect(streamed.finalOutput).toBe('It is sunny in Amman.')
  const continued = await run(agent, 'hello', { previousResponseId: result.lastResponseId })
  expect(continued.finalOutput).toBe('Hi there! How can I help?')
  await settledCharges(5)
})

test.each([GPT, CLAUDE])(
  'the AI SDK asks %s by its default API, and names earlier items by their ids',
  async (model) => {
    const openai = createOpenAI({ apiKey: key, baseURL: `${url}/v1` })
    const first = await generateText({ model: openai(model), prompt: 'hello' })
    expect(first.text).toBe('Hi there! How can I help?')
    const second = streamText({
      model: openai(model),
      messages: [{ role: 'user', content: 'hello' }, ...first.response.messages, { role: 'user', content: 'again' }],
    })
    expect(await second.text).toBe('Once more, then.')
    expect(JSON.stringify(emulator.getLastRequest()!.body)).toContain('Hi there! How can I help?')
  },
)

test.each([GPT, CLAUDE])('%s’s reasoning is told as a summary where one is asked for', async (model) => {
  const params = { model, input: 'think', reasoning: { effort: 'low' as const, summary: 'auto' as const } }
  const response = await client.responses.stream(params).finalResponse()
  expect(response.output_text).toBe('The answer is 42.')
  expect(response.output[0]).toMatchObject({ type: 'reasoning', summary: [{ text: 'Six by seven…' }] })
})

test.each([GPT, CLAUDE])('an answer of %s that breaks off in mid-stream never looks complete', async (model) => {
  emulator.prependFixture({
    match: { userMessage: 'cut' },
    response: { content: 'A long answer that will be cut in the middle of it, surely.' },
    latency: 25,
    truncateAfterChunks: 12,
  })
  const types: string[] = []
  const reading = (async () => {
    for await (const event of await client.responses.create({ model, input: 'cut', stream: true }))
      types.push(event.type)
  })()
  await expect(reading).rejects.toMatchObject({ code: 'provider_error' })
  expect(types).not.toContain('response.completed')
  expect(types.at(-1)).toBe('response.failed')
})

test.each([
  [429, 503],
  [500, 502],
])(
  'a vendor that keeps answering %i is an error that the SDK can read, and costs nothing',
  async (status, expected) => {
    const broken = `broken ${status}`
    emulator.prependFixture({ match: { userMessage: broken }, response: { error: { message: 'no' }, status } })
    for (const model of [GPT, CLAUDE])
      await expect(client.responses.create({ model, input: broken })).rejects.toMatchObject({ status: expected })
    expect(await charges()).toHaveLength(0)
  },
)

test('the same Idempotency-Key gives the same response and one charge', async () => {
  const ask = () => client.responses.create({ model: GPT, input: 'hello' }, { headers: { 'idempotency-key': 'once' } })
  const first = await ask()
  await settledCharges(1)
  expect(await ask()).toEqual(first)
  await settledCharges(1)
})
