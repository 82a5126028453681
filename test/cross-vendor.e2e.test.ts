// Either official client against a model of any vendor, with tools, pictures, files, thoughts and streams intact. The
// vendors are a third party's emulator, whose journal says what reached whom.
import Anthropic from '@anthropic-ai/sdk'
import { LLMock } from '@copilotkit/aimock'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { eventually } from './support/eventually.ts'
import { createKey, signUp, type Person } from './support/person.ts'

const url = inject('platformUrl')
const GPT = 'openai/gpt-5.4-mini'
const CLAUDE = 'anthropic/claude-haiku-4-5'
const OWN = 'compatible/counting'
const SANDBOX = 'riwaq/sandbox-guide'
const vendors = [GPT, CLAUDE, OWN]

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const pdf = Buffer.from('%PDF-1.4 << /Type /Page >>').toString('base64')
const city = { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] }

let emulators: LLMock[]
let person: Person
let openai: OpenAI
let anthropic: Anthropic

/** What the vendor was sent last, as text. */
const lastAsked = (): string =>
  JSON.stringify(
    emulators
      .flatMap((emulator) => emulator.getRequests())
      .toSorted((a, b) => a.timestamp - b.timestamp)
      .at(-1)?.body ?? null,
  )
const charges = async () =>
  (
    await person.json<{
      data: { kind: string; amount_micros: number; model: string; usage: Record<string, number> }[]
    }>('/api/usage/entries')
  ).data.filter(({ kind }) => kind === 'charge')

function teach(emulator: LLMock): void {
  const usage = { prompt_tokens: 21, completion_tokens: 9, input_tokens: 21, output_tokens: 9 }
  const calls = ['Amman', 'Tunis'].map((name, at) => ({
    name: 'get_weather',
    arguments: JSON.stringify({ city: name }),
    id: `call_${at}`,
  }))
  emulator.on({ toolCallId: 'call_1' }, { content: 'Sunny in both.', usage })
  emulator.onMessage('weather', { toolCalls: calls, usage })
  emulator.onMessage('picture', { content: 'A single point.', usage })
  emulator.onMessage('file', { content: 'One page.', usage })
  emulator.onMessage('think', { content: 'It is 42.', reasoning: 'Six by seven.', usage })
  emulator.onMessage('json', { content: '{"answer":42}', usage })
  emulator.onMessage('hello', { content: 'مرحبًا بك في الرواق! Hello.', usage })
  emulator.onEmbedding('riwaq', { embedding: [0.25, -0.5, 0.125] })
  emulator.onModerate(/.*/, { flagged: true, categories: { violence: true }, category_scores: { violence: 0.9 } })
}

beforeAll(async () => {
  emulators = [inject('emulatorPort'), inject('countingPort')].map((port) => new LLMock({ port, chunkSize: 6 }))
  for (const emulator of emulators) {
    teach(emulator)
    await emulator.start()
  }
})
afterAll(async () => {
  for (const emulator of emulators) await emulator.stop()
})
beforeEach(async () => {
  for (const emulator of emulators) emulator.clearRequests()
  person = await signUp(url)
  const { key } = await createKey(person)
  openai = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 })
  anthropic = new Anthropic({ apiKey: key, baseURL: url, maxRetries: 0 })
})

const weather: OpenAI.ChatCompletionTool = {
  type: 'function',
  function: { name: 'get_weather', description: 'Of a city.', parameters: city },
}

test.each(vendors)('the OpenAI client uses two tools at once on %s, whole and streamed, and goes on', async (model) => {
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'weather' }]
  const whole = await openai.chat.completions.create({ model, messages, tools: [weather] })
  const streamed = await openai.chat.completions
    .stream({ model, messages, tools: [weather], stream_options: { include_usage: true } })
    .finalChatCompletion()
  for (const { choices, usage } of [whole, streamed]) {
    expect(choices[0]!.finish_reason).toBe('tool_calls')
    expect(
      choices[0]!.message.tool_calls!.map((call) => call.type === 'function' && JSON.parse(call.function.arguments)),
    ).toEqual([{ city: 'Amman' }, { city: 'Tunis' }])
    expect(usage!.total_tokens).toBeGreaterThan(0)
  }
  const { message } = whole.choices[0]!
  const results = message.tool_calls!.map(({ id }) => ({ role: 'tool' as const, tool_call_id: id, content: 'sunny' }))
  const answer = await openai.chat.completions.create({
    model,
    messages: [...messages, message, ...results],
    tools: [weather],
  })
  expect(answer.choices[0]!.message.content).toBe('Sunny in both.')
})

test.each(vendors)(
  'the Anthropic client uses two tools at once on %s, whole and streamed, and goes on',
  async (model) => {
    const asked = {
      model,
      max_tokens: 500,
      messages: [{ role: 'user' as const, content: 'weather' }],
      tools: [{ name: 'get_weather', input_schema: city }],
    }
    const whole = await anthropic.messages.create(asked)
    const streamed = await anthropic.messages.stream(asked).finalMessage()
    for (const { content, stop_reason: reason } of [whole, streamed]) {
      expect(reason).toBe('tool_use')
      expect(content.flatMap((block) => (block.type === 'tool_use' ? [block.input] : []))).toEqual([
        { city: 'Amman' },
        { city: 'Tunis' },
      ])
    }
    const results = whole.content.flatMap((block) =>
      block.type === 'tool_use' ? [{ type: 'tool_result' as const, tool_use_id: block.id, content: 'sunny' }] : [],
    )
    const answer = await anthropic.messages.create({
      ...asked,
      messages: [...asked.messages, { role: 'assistant', content: whole.content }, { role: 'user', content: results }],
    })
    expect(answer.content).toMatchObject([{ type: 'text', text: 'Sunny in both.' }])
  },
)

test.each(vendors)('both clients show %s a picture', async (model) => {
  const shown = await openai.chat.completions.create({
    model,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'picture' },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } },
        ],
      },
    ],
  })
  expect(shown.choices[0]!.message.content).toBe('A single point.')
  // The emulator's journal keeps no pictures of Anthropic's.
  if (model !== CLAUDE) expect(lastAsked()).toContain(png)
  const source = { type: 'base64' as const, media_type: 'image/png' as const, data: png }
  const message = await anthropic.messages.create({
    model,
    max_tokens: 100,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'image', source },
          { type: 'text', text: 'picture' },
        ],
      },
    ],
  })
  expect(message.content).toMatchObject([{ text: 'A single point.' }])
  if (model !== CLAUDE) expect(lastAsked()).toContain(png)
})

test.each(vendors)('both clients give %s a file to read', async (model) => {
  const read = await openai.chat.completions.create({
    model,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'file' },
          { type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${pdf}` } },
        ],
      },
    ],
  })
  expect(read.choices[0]!.message.content).toBe('One page.')
  const source = { type: 'base64' as const, media_type: 'application/pdf' as const, data: pdf }
  const message = await anthropic.messages.create({
    model,
    max_tokens: 100,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'document', source, title: 'a.pdf' },
          { type: 'text', text: 'file' },
        ],
      },
    ],
  })
  expect(message.content).toMatchObject([{ text: 'One page.' }])
})

test.each(vendors)('thoughts of %s reach both clients in their own words', async (model) => {
  const answer = await openai.chat.completions.create({
    model,
    reasoning_effort: 'low',
    max_completion_tokens: 8_000,
    messages: [{ role: 'user', content: 'think' }],
  })
  expect(answer.choices[0]!.message).toMatchObject({ content: 'It is 42.', reasoning_content: 'Six by seven.' })
  const stream = anthropic.messages.stream({
    model,
    max_tokens: 8_000,
    thinking: { type: 'enabled', budget_tokens: 2_000 },
    messages: [{ role: 'user', content: 'think' }],
  })
  const message = await stream.finalMessage()
  expect(message.content).toMatchObject([
    { type: 'thinking', thinking: 'Six by seven.' },
    { type: 'text', text: 'It is 42.' },
  ])
})

test.each(vendors)('%s is held to a schema by either client', async (model) => {
  const schema = { type: 'object', properties: { answer: { type: 'number' } }, required: ['answer'] }
  const answer = await openai.chat.completions.create({
    model,
    messages: [{ role: 'user', content: 'json' }],
    response_format: { type: 'json_schema', json_schema: { name: 'answer', schema, strict: true } },
  })
  expect(JSON.parse(answer.choices[0]!.message.content!)).toEqual({ answer: 42 })
  const message = await anthropic.messages.create({
    model,
    max_tokens: 100,
    messages: [{ role: 'user', content: 'json' }],
    output_config: { format: { type: 'json_schema', schema } },
  })
  expect(message.content).toMatchObject([{ text: '{"answer":42}' }])
})

test.each([...vendors, SANDBOX])(
  'a stream of %s is the same text to both clients, and each is charged once',
  async (model) => {
    let heard = ''
    const chunks = await openai.chat.completions.create({
      model,
      stream: true,
      messages: [{ role: 'user', content: 'hello' }],
    })
    for await (const chunk of chunks) heard += chunk.choices[0]?.delta.content ?? ''
    const stream = anthropic.messages.stream({ model, max_tokens: 400, messages: [{ role: 'user', content: 'hello' }] })
    expect(await stream.finalText()).toBe(heard)
    expect(heard.length).toBeGreaterThan(10)
    const entries = await eventually(charges, ({ length }) => length === 2)
    for (const entry of entries) expect(entry).toMatchObject({ model, usage: { output_tokens: expect.any(Number) } })
  },
)

test('a sound reaches a model that hears, and is refused by name by one that does not', async () => {
  const content = [
    { type: 'text' as const, text: 'hello' },
    { type: 'input_audio' as const, input_audio: { data: Buffer.from('ID3 sound').toString('base64'), format: 'mp3' as const } }, // prettier-ignore
  ]
  const hear = (model: string) =>
    openai.chat.completions.create({ model, max_completion_tokens: 100, messages: [{ role: 'user', content }] })
  expect((await hear('openai/gpt-audio-mini')).choices[0]!.message.content).toContain('Hello.')
  for (const model of [GPT, CLAUDE, OWN, SANDBOX])
    await expect(hear(model)).rejects.toMatchObject({ status: 400, param: 'messages' })
})

test('the sandbox says by name what it cannot do, to both clients', async () => {
  const tools = [weather]
  const messages = [{ role: 'user' as const, content: 'x' }]
  await expect(openai.chat.completions.create({ model: SANDBOX, messages, tools })).rejects.toMatchObject({
    status: 400,
    param: 'tools',
  })
  const own = [{ name: 'f', input_schema: city }]
  await expect(
    anthropic.messages.create({ model: SANDBOX, max_tokens: 5, messages, tools: own }),
  ).rejects.toMatchObject({ status: 400, error: { error: { param: 'tools' } } })
})

test('a picture at an address that is not public is asked for by nobody', async () => {
  const at = (address: string) => [{ type: 'image_url' as const, image_url: { url: address } }]
  for (const address of [
    'https://127.0.0.1/a.png',
    'http://pictures.example/a.png',
    'https://metadata.google.internal/',
  ])
    await expect(
      openai.chat.completions.create({ model: OWN, messages: [{ role: 'user', content: at(address) }] }),
    ).rejects.toMatchObject({ status: 400, param: 'messages[0].content[0].image_url.url' })
  expect(emulators.flatMap((emulator) => emulator.getRequests())).toEqual([])
})

test('vectors come from a vendor and from the sandbox, and are charged', async () => {
  const { data } = await openai.embeddings.create({ model: 'text-embedding-3-small', input: 'riwaq' })
  expect(data[0]!.embedding).toEqual([0.25, -0.5, 0.125])
  const own = await openai.embeddings.create({
    model: 'riwaq/sandbox-embedding',
    input: ['المفاتيح والميزانيات', 'ميزانية مفتاح', 'قهوة'],
    dimensions: 256,
  })
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * b[at]!, 0)
  const [first, near, far] = own.data.map(({ embedding }) => embedding)
  expect(dot(first!, near!)).toBeGreaterThan(dot(first!, far!))
  const entries = await eventually(charges, ({ length }) => length === 2)
  expect(entries.map(({ model }) => model).toSorted()).toEqual([
    'openai/text-embedding-3-small',
    'riwaq/sandbox-embedding',
  ])
})

test('what is harmful is judged by a vendor and by the sandbox, for nothing, and noted', async () => {
  const judged = await openai.moderations.create({ input: 'anything' })
  expect(judged.results[0]).toMatchObject({ flagged: true, categories: { violence: true } })
  const own = await openai.moderations.create({ model: 'riwaq/sandbox-moderation', input: ['صباح الخير', 'سأقتلك'] })
  expect(own.results.map(({ flagged }) => flagged)).toEqual([false, true])
  const entries = await eventually(charges, ({ length }) => length === 2)
  expect(entries.map(({ amount_micros: amount }) => amount)).toEqual([0, 0])
})

test.each([...vendors, SANDBOX])('a prompt for %s can be counted for nothing', async (model) => {
  const { data, response } = await anthropic.messages
    .countTokens({ model, messages: [{ role: 'user', content: 'How long is this?' }] })
    .withResponse()
  expect(data.input_tokens).toBeGreaterThan(3)
  if (model !== CLAUDE) expect(response.headers.get('x-riwaq-estimated')).toBe('true')
  expect(await charges()).toEqual([])
})

test('the lists of both clients say what each model is for', async () => {
  const all = await Array.fromAsync(openai.models.list())
  const kinds = new Map(all.map((model) => [model.id, (model as unknown as { kind: string }).kind]))
  expect(kinds.get(GPT)).toBe('language')
  expect(kinds.get('openai/text-embedding-3-small')).toBe('embedding')
  expect(kinds.get('riwaq/sandbox-moderation')).toBe('moderation')
  const answering = await Array.fromAsync(anthropic.models.list({ limit: 50 }))
  expect(answering.map(({ id }) => id)).toEqual(expect.arrayContaining(vendors))
  expect(answering.every(({ id }) => kinds.get(id) === 'language')).toBe(true)
})
