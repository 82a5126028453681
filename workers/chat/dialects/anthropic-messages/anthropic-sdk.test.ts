// The official client against this service: what it sends is understood, what it gets it can read.
import Anthropic, { APIError } from '@anthropic-ai/sdk'
import { describe, expect, test } from 'vitest'
import type { CatalogModel } from '#shared/contracts/model'
import { Problem } from '#shared/http/problems'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import { createChatWorld, finish, nativeModel, sayingModel, words, type WorldSeed } from '../../testing.ts'
import { inlineDocuments } from './inline-documents.ts'

function clientOf(world: ReturnType<typeof createChatWorld>) {
  return new Anthropic({
    apiKey: 'rq_test',
    baseURL: 'https://riwaq.test',
    maxRetries: 0,
    fetch: async (url, init) =>
      world.ask(new URL(String(url)).pathname, String(init?.body), {
        headers: Object.fromEntries(new Headers(init?.headers as HeadersInit)),
      }),
  })
}
const worldOf = (events: Parameters<typeof sayingModel>[0], seed: Partial<WorldSeed> = {}) => {
  const { model, asked } = sayingModel(events)
  const world = createChatWorld({ models: { 'fake/words': model }, ...seed })
  return { client: clientOf(world), asked, world }
}
const model = 'fake/words'
const question = { model, max_tokens: 100, messages: [{ role: 'user' as const, content: 'Weather?' }] }

const thoughtAndCalls: LanguageEvent[] = [
  { type: 'reasoning-delta', text: 'Two ' },
  { type: 'reasoning-delta', text: 'places.' },
  { type: 'reasoning-signature', signature: 'sealed' },
  { type: 'text-delta', text: 'Look' },
  { type: 'text-delta', text: 'ing.' },
  { type: 'tool-call-start', index: 0, id: 'toolu_1', name: 'weather' },
  { type: 'tool-call-delta', index: 0, input: '{"place":' },
  { type: 'tool-call-delta', index: 0, input: '"Cairo"}' },
  { type: 'tool-call-start', index: 1, id: 'toolu_2', name: 'weather' },
  { type: 'tool-call-delta', index: 1, input: '{"place":"Tunis"}' },
  finish(
    { input_tokens: 60, cached_input_tokens: 40, cache_write_tokens: 5, output_tokens: 20, reasoning_tokens: 5 },
    'tool-calls',
  ),
]
const content = [
  { type: 'thinking', thinking: 'Two places.', signature: 'sealed' },
  { type: 'text', text: 'Looking.' },
  { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { place: 'Cairo' } },
  { type: 'tool_use', id: 'toolu_2', name: 'weather', input: { place: 'Tunis' } },
]
const counts = { input_tokens: 60, output_tokens: 25, cache_read_input_tokens: 40, cache_creation_input_tokens: 5 }

test('thinking, text and parallel tool calls arrive in a stream that the client puts together', async () => {
  const { client } = worldOf(thoughtAndCalls)
  const message = await client.messages.stream(question).finalMessage()
  expect(message.id).toMatch(/^msg_\w{24}$/)
  expect(message.content).toMatchObject(content)
  expect(message.stop_reason).toBe('tool_use')
  expect(message.usage).toMatchObject(counts)
})

test('a whole answer has the same content and counts', async () => {
  const { client } = worldOf(thoughtAndCalls)
  const message = await client.messages.create(question)
  expect(message).toMatchObject({
    type: 'message',
    role: 'assistant',
    model,
    content,
    stop_reason: 'tool_use',
    usage: { ...counts, output_tokens_details: { thinking_tokens: 5 } },
  })
})

test('every kind of message is understood', async () => {
  const { client, asked } = worldOf([{ type: 'text-delta', text: 'ok' }, finish({ input_tokens: 1, output_tokens: 1 })])
  await client.messages.create({
    model,
    max_tokens: 10,
    system: [{ type: 'text', text: 'Be short.', cache_control: { type: 'ephemeral' } }],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } },
          { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
          { type: 'text', text: 'What is this?' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 'sealed' },
          { type: 'tool_use', id: 'a', name: 'weather', input: { place: 'Cairo' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'sunny' }], is_error: true },
          { type: 'tool_result', tool_use_id: 'b', content: 'rain' },
        ],
      },
    ],
  })
  expect(asked[0]!.messages).toEqual([
    { role: 'system', content: [{ type: 'text', text: 'Be short.', cache: true }] },
    {
      role: 'user',
      content: [
        { type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'aGk=' } },
        { type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } },
        { type: 'text', text: 'What is this?' },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'Hm.', signature: 'sealed' },
        { type: 'tool-call', id: 'a', name: 'weather', input: '{"place":"Cairo"}' },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool-result', callId: 'a', content: [{ type: 'text', text: 'sunny' }], isError: true },
        { type: 'tool-result', callId: 'b', content: [{ type: 'text', text: 'rain' }] },
      ],
    },
  ])
})

test('every setting is carried', async () => {
  const { client, asked } = worldOf([{ type: 'text-delta', text: 'ok' }, finish({ input_tokens: 1, output_tokens: 1 })])
  const schema = { type: 'object' }
  // The newest client no longer names them, older ones send them.
  const sampling = { temperature: 0.2, top_p: 0.5, top_k: 3 } as object
  await client.messages.create({
    ...question,
    ...sampling,
    stop_sequences: ['END'],
    tools: [{ name: 'weather', description: 'Of a place.', input_schema: { type: 'object' } }],
    tool_choice: { type: 'any', disable_parallel_tool_use: true },
    thinking: { type: 'enabled', budget_tokens: 50 },
    output_config: { effort: 'high', format: { type: 'json_schema', schema } },
    metadata: { user_id: 'user-1' },
  })
  const { messages: _, ...settings } = asked[0]!
  expect(settings).toEqual({
    maxOutputTokens: 100,
    temperature: 0.2,
    topP: 0.5,
    topK: 3,
    stop: ['END'],
    tools: [{ name: 'weather', description: 'Of a place.', parameters: { type: 'object' } }],
    toolChoice: 'required',
    parallelToolCalls: false,
    responseFormat: { type: 'json-schema', name: 'answer', schema, strict: true },
    reasoning: { effort: 'high', budgetTokens: 50 },
    // The account at the vendor is shared, so a name is made the organization's own.
    endUser: expect.stringMatching(/^[0-9a-f]{48}$/),
  })
})

test('a stop sequence that ended the answer is named', async () => {
  const { client } = worldOf([
    { type: 'text-delta', text: 'x' },
    { type: 'finish', reason: 'stop-sequence', stopSequence: 'END', usage: { input_tokens: 1, output_tokens: 1 } },
  ])
  expect(await client.messages.create(question)).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: 'END' })
  expect(await client.messages.stream(question).finalMessage()).toMatchObject({
    stop_reason: 'stop_sequence',
    stop_sequence: 'END',
  })
})

test('a stream that breaks off is an error that the client throws', async () => {
  const { client } = worldOf(async function* () {
    yield { type: 'text-delta', text: 'half' } as const
    throw new Problem('provider_overloaded', 'Too busy.')
  })
  const reading = (async () => {
    for await (const _ of await client.messages.create({ ...question, stream: true })) void _
  })()
  await expect(reading).rejects.toThrow('overloaded_error')
})

test('an error is one that the client can read', async () => {
  const { client } = worldOf([], { balanceMicros: 1 })
  const error = await client.messages.create(question).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(APIError)
  expect(error).toMatchObject({
    status: 402,
    error: { type: 'error', error: { type: 'billing_error', code: 'insufficient_credits' } },
  })
})

test.each([
  [{ tools: [{ type: 'web_search_20250305', name: 'web_search' }] }, 'tools'],
  [{ container: 'c' }, 'container'],
  [{ mcp_servers: [] }, 'mcp_servers'],
  [{ nonsense: 1 }, 'nonsense'],
])('%j is refused by its name', async (change, param) => {
  const { client } = worldOf([])
  const error = (await client.messages
    .create({ ...question, ...change } as never)
    .catch((caught: unknown) => caught)) as { status: number; error: unknown }
  expect(error.status).toBe(400)
  expect(error.error).toMatchObject({ error: { code: 'unsupported_parameter', param } })
})

const event = (body: { type: string } & Record<string, unknown>) =>
  `event: ${body.type}\ndata: ${JSON.stringify(body)}\n\n`
const start = event({
  type: 'message_start',
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    content: [],
    model: 'words-1',
    usage: { input_tokens: 25, output_tokens: 1, cache_read_input_tokens: 4, cache_creation_input_tokens: 0 },
  },
})
const text =
  event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }) +
  event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello there' } })
const end =
  event({ type: 'content_block_stop', index: 0 }) +
  event({
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: 12 },
  }) +
  event({ type: 'message_stop' })
const streaming = (body: string) => () => new Response(body, { headers: { 'content-type': 'text/event-stream' } })

test('a stream of Anthropic’s own is passed through as it is, and charged by both of its counts', async () => {
  const vendor = nativeModel('anthropic-messages', streaming(start + text + end))
  const world = createChatWorld({ models: { [model]: vendor.model } })
  const response = await world.ask(
    '/v1/messages',
    { ...question, stream: true },
    {
      headers: {
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'interleaved-thinking-2025-05-14, files-api-2025-04-14',
      },
    },
  )
  expect(await response.text()).toBe(start + text + end)
  expect(vendor.bodies[0]).toMatchObject({ model: 'words-1', max_tokens: 100, stream: true })
  expect(vendor.headers[0]).toEqual({
    'anthropic-version': '2023-06-01',
    'anthropic-beta': 'interleaved-thinking-2025-05-14',
  })
  expect(response.headers.get('x-riwaq-warnings')).toBe('anthropic-beta: files-api-2025-04-14 is not passed on')
  await world.settled()
  expect(await world.charges()).toMatchObject([
    { usage: { input_tokens: 25, cached_input_tokens: 4, output_tokens: 12 }, estimated: false },
  ])
})

test('one that breaks off is charged for the prompt as Anthropic counted it and for what was passed on', async () => {
  const world = createChatWorld({
    models: { [model]: nativeModel('anthropic-messages', streaming(start + text)).model },
  })
  const answer = await (await world.ask('/v1/messages', { ...question, stream: true })).text()
  expect(answer).toMatch(/event: error\ndata: \{"type":"error".*"code":"provider_error"/)
  await world.settled()
  const [charge] = await world.charges()
  expect(charge).toMatchObject({ usage: { input_tokens: 25, cached_input_tokens: 4 }, estimated: true })
  expect(charge!.usage!.output_tokens).toBeLessThan(8)
})

test('an error of Anthropic’s own within a stream is not said twice', async () => {
  const failing = start + event({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })
  const world = createChatWorld({ models: { [model]: nativeModel('anthropic-messages', streaming(failing)).model } })
  expect(await (await world.ask('/v1/messages', { ...question, stream: true })).text()).toBe(failing)
  await world.settled()
  expect(await world.charges()).toEqual([])
})

describe('a cache that lasts an hour', () => {
  const cached = { ...question, system: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '1h' } }] }
  const usage = {
    input_tokens: 5,
    output_tokens: 1,
    cache_creation_input_tokens: 40,
    cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 30 },
  }
  const claude = (catalog: Partial<CatalogModel>) => {
    const { model: native } = nativeModel('anthropic-messages', () => Response.json({ content: [], usage }))
    return createChatWorld({ models: { [model]: { catalog: { vendor: 'anthropic', ...catalog }, model: native } } })
  }

  test('is refused where it has no price', async () => {
    const response = await claude({}).ask('/v1/messages', cached)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'unsupported_parameter', param: 'cache_control' } })
  })

  test('is charged apart where it has one', async () => {
    const prices = { ...words.price!.prices, cache_write_1h_tokens: 2_000_000 }
    const world = claude({ abilities: [...words.abilities, 'long-cache'], price: { prices } })
    expect((await world.ask('/v1/messages', cached)).status).toBe(200)
    await world.settled()
    expect(await world.charges()).toMatchObject([
      {
        usage: { input_tokens: 5, cache_write_tokens: 10, cache_write_1h_tokens: 30, output_tokens: 1 },
        amountMicros: -Math.ceil(5 + 12.5 + 60 + 2),
      },
    ])
  })

  test('means nothing to another vendor’s model, and hinders nobody', async () => {
    const { world } = worldOf([{ type: 'text-delta', text: 'ok' }, finish({ input_tokens: 1, output_tokens: 1 })])
    expect((await world.ask('/v1/messages', cached)).status).toBe(200)
  })
})

describe('documents', () => {
  const pdf = 'JVBERi0xLjQgPDwgL1R5cGUgL1BhZ2UgPj4='
  const say = (content: unknown[]) => ({ ...question, messages: [{ role: 'user', content }] })
  const reads = (catalog: Partial<CatalogModel> = {}) => {
    const { model: saying, asked } = sayingModel([
      { type: 'text-delta', text: 'ok' },
      finish({ input_tokens: 1, output_tokens: 1 }),
    ])
    const world = createChatWorld({ models: { [model]: { catalog, model: saying } } })
    return { world, asked }
  }

  test('a PDF, a text and the results of a search are read by every model that can', async () => {
    const { world, asked } = reads({ abilities: [...words.abilities, 'file-input'], contextTokens: 100_000 })
    const body = say([
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: pdf }, title: 'A' },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Once' }, context: 'Old' },
      { type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'Twice' }] }, title: 'B' },
      { type: 'search_result', source: 'https://a.example', title: 'C', content: [{ type: 'text', text: 'Thrice' }] },
    ])
    expect((await world.ask('/v1/messages', body)).status).toBe(200)
    expect(asked[0]!.messages[0]!.content).toEqual([
      { type: 'file', mediaType: 'application/pdf', data: pdf, name: 'A' },
      { type: 'text', text: 'Once', document: { context: 'Old' } },
      { type: 'text', text: 'B' },
      { type: 'text', text: 'Twice' },
      { type: 'text', text: 'C\n\nhttps://a.example\n\nThrice' },
    ])
  })

  test.each([
    ['a model that reads none', {}, { type: 'base64', media_type: 'application/pdf', data: pdf }, 'messages'],
    [
      'what is no PDF',
      { abilities: ['file-input' as const] },
      { type: 'base64', media_type: 'application/pdf', data: 'aGVsbG8=' },
      'messages[0].content[0].source.data',
    ],
    [
      'a file at the vendor',
      { abilities: ['file-input' as const] },
      { type: 'file', file_id: 'file_1' },
      'messages[0].content[0].source.type',
    ],
    [
      'an address inside of a network',
      { abilities: ['file-input' as const] },
      { type: 'url', url: 'https://10.0.0.1/a.pdf' },
      'messages[0].content[0].source.url',
    ],
  ])('%s is refused by its name', async (_, catalog, source, param) => {
    const { world, asked } = reads(catalog)
    const response = await world.ask('/v1/messages', say([{ type: 'document', source }]))
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { param } })
    expect(asked).toHaveLength(0)
  })

  test('an address inside of the result of a tool is fetched as well, and a stranger makes nobody fetch', async () => {
    const source = { type: 'url' as const, url: 'https://files.example/a.pdf' }
    const document = { type: 'document' as const, source }
    const content = [{ type: 'tool_result' as const, tool_use_id: 't', content: [document] }, document]
    const body = { ...question, messages: [{ role: 'user' as const, content }] }
    const asked: string[] = []
    const fetchOne = async (url: string) => {
      asked.push(url)
      return { ok: true as const, bytes: Uint8Array.from([37, 80, 68, 70, 45]), mediaType: 'application/pdf' as const }
    }
    const allowed = async () => {}
    const inlined = await inlineDocuments(body, { fetchOne, allowed })
    const fetched = { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' }
    expect(inlined.messages[0]!.content).toMatchObject([{ content: [{ source: fetched }] }, { source: fetched }])
    expect(asked).toHaveLength(2)
    const stranger = () => Promise.reject(new Problem('invalid_api_key', 'No.'))
    await expect(inlineDocuments(body, { fetchOne, allowed: stranger })).rejects.toMatchObject({ code: 'invalid_api_key' }) // prettier-ignore
    expect(asked).toHaveLength(2)
    const many = { ...question, messages: [{ role: 'user' as const, content: Array.from({ length: 6 }, () => document) }] } // prettier-ignore
    await expect(inlineDocuments(many, { fetchOne, allowed })).rejects.toMatchObject({ code: 'invalid_request' })
  })
})
