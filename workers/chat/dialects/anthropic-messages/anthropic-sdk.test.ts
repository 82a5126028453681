// The official client against this service: what it sends is understood, what it gets it can read.
import Anthropic, { APIError } from '@anthropic-ai/sdk'
import { expect, test } from 'vitest'
import { Problem } from '#shared/http/problems'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import { createChatWorld, finish, nativeModel, sayingModel, type WorldSeed } from '../../testing.ts'

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
    endUser: 'user-1',
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

test('a cache that lasts an hour has no price here and is refused', async () => {
  const world = createChatWorld({ models: { [model]: sayingModel([]).model } })
  const response = await world.ask('/v1/messages', {
    ...question,
    system: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '1h' } }],
  })
  expect(await response.json()).toMatchObject({
    error: { code: 'invalid_request', param: 'system[0].cache_control.ttl' },
  })
})
