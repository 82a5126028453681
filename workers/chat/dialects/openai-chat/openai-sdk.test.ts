// The official client against this service: what it sends is understood, what it gets it can read.
import OpenAI, { APIError } from 'openai'
import { expect, test } from 'vitest'
import { Problem } from '#shared/http/problems'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import { createChatWorld, finish, sayingModel, type WorldSeed } from '../../testing.ts'

function clientOf(world: ReturnType<typeof createChatWorld>) {
  return new OpenAI({
    apiKey: 'rq_test',
    baseURL: 'https://riwaq.test/v1',
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

const weather = {
  type: 'function' as const,
  function: {
    name: 'weather',
    description: 'Of a place.',
    parameters: { type: 'object', properties: { place: { type: 'string' } } },
    strict: true,
  },
}
const twoCalls: LanguageEvent[] = [
  { type: 'reasoning-delta', text: 'Two places.' },
  { type: 'text-delta', text: 'Looking.' },
  { type: 'tool-call-start', index: 0, id: 'call_1', name: 'weather' },
  { type: 'tool-call-delta', index: 0, input: '{"place":' },
  { type: 'tool-call-delta', index: 0, input: '"Cairo"}' },
  { type: 'tool-call-start', index: 1, id: 'call_2', name: 'weather' },
  { type: 'tool-call-delta', index: 1, input: '{"place":"Tunis"}' },
  finish({ input_tokens: 60, cached_input_tokens: 40, output_tokens: 20, reasoning_tokens: 5 }, 'tool-calls'),
]
const model = 'fake/words'

test('parallel tool calls arrive in a stream that the client puts together', async () => {
  const { client } = worldOf(twoCalls)
  const stream = client.chat.completions.stream({
    model,
    messages: [{ role: 'user', content: 'Weather?' }],
    tools: [weather],
    stream_options: { include_usage: true },
  })
  const answer = await stream.finalChatCompletion()
  expect(answer.choices[0]!.finish_reason).toBe('tool_calls')
  expect(answer.choices[0]!.message.content).toBe('Looking.')
  expect(answer.choices[0]!.message.tool_calls!.map((call) => 'function' in call && call.function.arguments)).toEqual([
    '{"place":"Cairo"}',
    '{"place":"Tunis"}',
  ])
  expect(answer.usage).toEqual({
    prompt_tokens: 100,
    completion_tokens: 25,
    total_tokens: 125,
    prompt_tokens_details: { cached_tokens: 40 },
    completion_tokens_details: { reasoning_tokens: 5 },
  })
})

test('a whole answer has the same calls, text, reasoning and counts', async () => {
  const { client } = worldOf(twoCalls)
  const answer = await client.chat.completions.create({
    model,
    messages: [{ role: 'user', content: 'Weather?' }],
    tools: [weather],
  })
  expect(answer.id).toMatch(/^chatcmpl-\w{24}$/)
  expect(answer.choices[0]!.message).toMatchObject({
    role: 'assistant',
    content: 'Looking.',
    reasoning_content: 'Two places.',
    tool_calls: [
      { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"place":"Cairo"}' } },
      { id: 'call_2', type: 'function' },
    ],
  })
  expect(answer.usage!.total_tokens).toBe(125)
})

test('every kind of message is understood', async () => {
  const { client, asked } = worldOf([{ type: 'text-delta', text: 'ok' }, finish({ input_tokens: 1, output_tokens: 1 })])
  await client.chat.completions.create({
    model,
    messages: [
      { role: 'system', content: 'Be short.' },
      { role: 'developer', content: [{ type: 'text', text: 'Be kind.' }] },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'weather', arguments: '{}' } },
          { id: 'b', type: 'function', function: { name: 'weather', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'a', content: 'sunny' },
      { role: 'tool', tool_call_id: 'b', content: [{ type: 'text', text: 'rain' }] },
    ],
  })
  expect(asked[0]!.messages).toEqual([
    { role: 'system', content: [{ type: 'text', text: 'Be short.' }] },
    { role: 'system', content: [{ type: 'text', text: 'Be kind.' }] },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        { type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' }, detail: 'low' },
        { type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'aGk=' } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'tool-call', id: 'a', name: 'weather', input: '{}' },
        { type: 'tool-call', id: 'b', name: 'weather', input: '{}' },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool-result', callId: 'a', content: [{ type: 'text', text: 'sunny' }] },
        { type: 'tool-result', callId: 'b', content: [{ type: 'text', text: 'rain' }] },
      ],
    },
  ])
})

test('every setting is carried', async () => {
  const { client, asked } = worldOf([{ type: 'text-delta', text: 'ok' }, finish({ input_tokens: 1, output_tokens: 1 })])
  await client.chat.completions.create({
    model,
    messages: [{ role: 'user', content: 'x' }],
    max_completion_tokens: 77,
    temperature: 0,
    top_p: 0.5,
    frequency_penalty: 0.1,
    presence_penalty: -0.1,
    seed: 4,
    stop: 'END',
    tools: [weather],
    tool_choice: { type: 'function', function: { name: 'weather' } },
    parallel_tool_calls: false,
    response_format: { type: 'json_schema', json_schema: { name: 'place', schema: { type: 'object' }, strict: true } },
    reasoning_effort: 'high',
    safety_identifier: 'user-1',
  })
  const { messages: _, ...settings } = asked[0]!
  expect(settings).toEqual({
    maxOutputTokens: 77,
    temperature: 0,
    topP: 0.5,
    frequencyPenalty: 0.1,
    presencePenalty: -0.1,
    seed: 4,
    stop: ['END'],
    tools: [{ name: 'weather', description: 'Of a place.', parameters: weather.function.parameters, strict: true }],
    toolChoice: { name: 'weather' },
    parallelToolCalls: false,
    responseFormat: { type: 'json-schema', name: 'place', schema: { type: 'object' }, strict: true },
    reasoning: { effort: 'high' },
    // The account at the vendor is shared, so a name is made the organization's own.
    endUser: expect.stringMatching(/^[0-9a-f]{48}$/),
  })
})

test.each([
  ['stop', 'stop'],
  ['stop-sequence', 'stop'],
  ['length', 'length'],
  ['content-filter', 'content_filter'],
] as const)('an answer that ended by %s says %s', async (reason, told) => {
  const { client } = worldOf([{ type: 'text-delta', text: 'x' }, finish({ input_tokens: 1, output_tokens: 1 }, reason)])
  const answer = await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'x' }] })
  expect(answer.choices[0]!.finish_reason).toBe(told)
})

test('a stream that breaks off is an error that the client throws, with our code', async () => {
  const { client } = worldOf(async function* () {
    yield { type: 'text-delta', text: 'half' } as const
    throw new Problem('provider_overloaded', 'Too busy.')
  })
  const seen: string[] = []
  const reading = (async () => {
    for await (const chunk of await client.chat.completions.create({
      model,
      messages: [{ role: 'user', content: 'x' }],
      stream: true,
    }))
      seen.push(chunk.choices[0]!.delta.content ?? '')
  })()
  await expect(reading).rejects.toMatchObject({ code: 'provider_overloaded' })
  expect(seen.join('')).toBe('half')
})

test('an error is one that the client can read', async () => {
  const { client } = worldOf([], { balanceMicros: 1 })
  const error = await client.chat.completions
    .create({ model, messages: [{ role: 'user', content: 'x' }] })
    .catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(APIError)
  expect(error).toMatchObject({ status: 402, code: 'insufficient_credits', type: 'insufficient_quota' })
})
