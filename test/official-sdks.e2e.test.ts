// Both official SDKs, unchanged but for a base URL and a key, reaching every model whoever made it. The
// vendors are a third party's emulator of OpenAI and Anthropic: shapes, errors and cuts that we did not write.
import Anthropic from '@anthropic-ai/sdk'
import { LLMock } from '@copilotkit/aimock'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { eventually } from './support/eventually.ts'
import { createKey, signUp, type Person } from './support/person.ts'

const url = inject('platformUrl')
const GPT = 'openai/gpt-5.4-mini'
const CLAUDE = 'anthropic/claude-haiku-4-5'
const weatherTool = { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] }

let emulator: LLMock
let person: Person
let openai: OpenAI
let anthropic: Anthropic

const charges = async () =>
  (
    await person.json<{
      data: { kind: string; amount_micros: number; model: string; usage: Record<string, number> }[]
    }>('/api/usage/entries')
  ).data.filter(({ kind }) => kind === 'charge')
const settledCharges = (count: number) => eventually(charges, ({ length }) => length === count)

beforeAll(async () => {
  emulator = new LLMock({ port: inject('emulatorPort'), chunkSize: 5 })
  const usage = { prompt_tokens: 11, completion_tokens: 9, input_tokens: 11, output_tokens: 9 }
  emulator.onMessage('hello', { content: 'Hi there! How can I help?', usage })
  emulator.onMessage('مرحبا', { content: 'أهلًا بك! كيف أساعدك؟', usage })
  emulator.onMessage('weather', { toolCalls: [{ name: 'get_weather', arguments: { city: 'Amman' }, id: 'call_1' }] })
  emulator.onMessage('think', { content: 'The answer is 42.', reasoning: 'Six by seven…' })
  await emulator.start()
})
afterAll(() => emulator.stop())
beforeEach(async () => {
  person = await signUp(url)
  const { key } = await createKey(person)
  openai = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 })
  anthropic = new Anthropic({ apiKey: key, baseURL: url, maxRetries: 0 })
})

const openaiText = async (model: string, content: string) =>
  (await openai.chat.completions.create({ model, messages: [{ role: 'user', content }] })).choices[0]!.message.content
const openaiStream = async (model: string, content: string) => {
  let text = ''
  let finish: string | null = null
  for await (const chunk of await openai.chat.completions.create({
    model,
    stream: true,
    messages: [{ role: 'user', content }],
  })) {
    text += chunk.choices[0]?.delta.content ?? ''
    finish = chunk.choices[0]?.finish_reason ?? finish
  }
  return { text, finish }
}
const anthropicText = async (model: string, content: string) => {
  const message = await anthropic.messages.create({ model, max_tokens: 200, messages: [{ role: 'user', content }] })
  return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('')
}

test.each([GPT, CLAUDE])('the OpenAI SDK talks to %s, whole and streamed, in both languages', async (model) => {
  expect(await openaiText(model, 'hello')).toBe('Hi there! How can I help?')
  expect(await openaiStream(model, 'مرحبا')).toEqual({ text: 'أهلًا بك! كيف أساعدك؟', finish: 'stop' })
  const entries = await settledCharges(2)
  for (const entry of entries) expect(entry).toMatchObject({ model, usage: { input_tokens: 11, output_tokens: 9 } })
})

test.each([GPT, CLAUDE])('the Anthropic SDK talks to %s, whole and streamed, in both languages', async (model) => {
  expect(await anthropicText(model, 'hello')).toBe('Hi there! How can I help?')
  const stream = anthropic.messages.stream({ model, max_tokens: 200, messages: [{ role: 'user', content: 'مرحبا' }] })
  let streamed = ''
  stream.on('text', (text) => (streamed += text))
  const final = await stream.finalMessage()
  expect(streamed).toBe('أهلًا بك! كيف أساعدك؟')
  expect(final.stop_reason).toBe('end_turn')
  expect(final.usage.output_tokens).toBeGreaterThan(0)
  await settledCharges(2)
})

test.each([GPT, CLAUDE])('tools are called through both SDKs on %s', async (model) => {
  const asked = await openai.chat.completions.create({
    model,
    messages: [{ role: 'user', content: 'weather' }],
    tools: [{ type: 'function', function: { name: 'get_weather', parameters: weatherTool } }],
  })
  const call = asked.choices[0]!.message.tool_calls![0]!
  expect(asked.choices[0]!.finish_reason).toBe('tool_calls')
  expect(call.type === 'function' && JSON.parse(call.function.arguments)).toEqual({ city: 'Amman' })

  const stream = anthropic.messages.stream({
    model,
    max_tokens: 200,
    messages: [{ role: 'user', content: 'weather' }],
    tools: [{ name: 'get_weather', input_schema: weatherTool }],
  })
  const final = await stream.finalMessage()
  expect(final.stop_reason).toBe('tool_use')
  expect(final.content.find((block) => block.type === 'tool_use')).toMatchObject({
    name: 'get_weather',
    input: { city: 'Amman' },
  })
  await settledCharges(2)
})

test('bare names that only one vendor has are understood', async () => {
  expect(await openaiText('gpt-5.4-mini', 'hello')).toBe('Hi there! How can I help?')
  expect(await anthropicText('claude-haiku-4-5', 'hello')).toBe('Hi there! How can I help?')
})

test.each([
  [429, 503],
  [500, 502],
])(
  'a vendor’s %i that stays reaches both SDKs as an error they can read, and costs nothing',
  async (status, expected) => {
    const stays = () => {
      for (let attempt = 0; attempt < 3; attempt++) emulator.nextRequestError(status, { message: 'no' })
    }
    stays()
    await expect(openaiText(GPT, 'hello')).rejects.toMatchObject({ status: expected })
    stays()
    await expect(anthropicText(CLAUDE, 'hello')).rejects.toMatchObject({ status: expected })
    expect(await charges()).toHaveLength(0)
  },
)

test('a vendor’s failure that passes reaches nobody', async () => {
  emulator.nextRequestError(500, { message: 'no' })
  expect(await openaiText(GPT, 'hello')).toBe('Hi there! How can I help?')
  emulator.nextRequestError(529, { message: 'no' })
  expect(await anthropicText(CLAUDE, 'hello')).toBe('Hi there! How can I help?')
  await settledCharges(2)
})

test('a vendor that drops the connection in mid-answer never looks complete', async () => {
  emulator.prependFixture({
    match: { userMessage: 'cut' },
    response: { content: 'A long answer that will be cut in the middle of it, surely.' },
    truncateAfterChunks: 3,
  })
  await expect(openaiStream(GPT, 'cut')).rejects.toThrow()
  const stream = anthropic.messages.stream({
    model: CLAUDE,
    max_tokens: 100,
    messages: [{ role: 'user', content: 'cut' }],
  })
  await expect(stream.finalMessage()).rejects.toThrow()
})

test('the model list serves both SDKs', async () => {
  const forOpenAI = await Array.fromAsync(openai.models.list())
  expect(forOpenAI.map(({ id }) => id)).toEqual(
    expect.arrayContaining([GPT, CLAUDE, 'compatible/counting', 'riwaq/sandbox-guide']),
  )
  expect(forOpenAI.at(-1)!.id).toMatch(/^riwaq\/sandbox/)
  const forAnthropic = await Array.fromAsync(anthropic.models.list())
  expect(forAnthropic.map(({ id }) => id)).toContain(CLAUDE)
})
