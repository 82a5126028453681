// The official client against this service: its own accumulator judges our events, its own types what it is given.
import { APIError } from 'openai'
import type { ResponseStreamEvent } from 'openai/resources/responses/responses'
import { expect, test } from 'vitest'
import { Problem } from '#shared/http/problems'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import { createChatWorld, finish, sayingModel } from '../../testing.ts'
import { clientOf, twoCalls, weather, words, worldOf } from './testing.ts'

const model = 'fake/words'

async function eventsOf(stream: AsyncIterable<ResponseStreamEvent>): Promise<ResponseStreamEvent[]> {
  return Array.fromAsync(stream)
}

test('a whole answer is a response with its text, its counts and what was asked', async () => {
  const { client } = worldOf(words)
  const response = await client.responses.create({
    model,
    input: 'Say something.',
    instructions: 'Be short.',
    metadata: { purpose: 'test' },
    temperature: 0.5,
  })
  expect(response.id).toMatch(/^resp_[0-9a-z]{24}$/)
  expect(response).toMatchObject({
    object: 'response',
    status: 'completed',
    model,
    output_text: 'one two',
    output: [{ type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text' }] }],
    instructions: 'Be short.',
    metadata: { purpose: 'test' },
    temperature: 0.5,
    error: null,
    incomplete_details: null,
    previous_response_id: null,
    store: true,
    tools: [],
    tool_choice: 'auto',
    parallel_tool_calls: true,
    text: { format: { type: 'text' } },
  })
  expect(response.usage).toEqual({
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: 3,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 13,
  })
})

test('a stream tells a text in the order of the Responses API, numbered without a gap', async () => {
  const { client } = worldOf(words)
  const events = await eventsOf(await client.responses.create({ model, input: 'x', stream: true }))
  expect(events.map(({ type }) => type)).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.content_part.added',
    'response.output_text.delta',
    'response.output_text.delta',
    'response.output_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.completed',
  ])
  expect(events.map((event) => 'sequence_number' in event && event.sequence_number)).toEqual(events.map((_, at) => at))
})

test('the client’s accumulator makes of a stream what a whole answer says', async () => {
  const { client } = worldOf(twoCalls)
  const params = {
    model,
    input: 'Weather?',
    tools: [weather],
    reasoning: { summary: 'auto' as const },
    include: ['reasoning.encrypted_content' as const],
  }
  const streamed = await client.responses.stream(params).finalResponse()
  const whole = await client.responses.create(params)
  const bare = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (name, field: unknown) =>
        ['id', 'created_at', 'parsed', 'parsed_arguments', 'output_parsed'].includes(name) ? undefined : field,
      ),
    )
  expect(bare(streamed)).toEqual(bare(whole))
  expect(streamed.output.map(({ type }) => type)).toEqual(['reasoning', 'message', 'function_call', 'function_call'])
  expect(streamed.output[0]).toMatchObject({
    summary: [{ type: 'summary_text', text: 'Two places.' }],
    encrypted_content: 'riwaq1.sealed',
  })
  expect(streamed.usage).toMatchObject({
    input_tokens: 100,
    input_tokens_details: { cached_tokens: 40 },
    output_tokens: 25,
    output_tokens_details: { reasoning_tokens: 5 },
  })
})

test('parallel calls whose arguments arrive interleaved are put together, strict ones parsed', async () => {
  const { client } = worldOf(twoCalls)
  const response = await client.responses.stream({ model, input: 'Weather?', tools: [weather] }).finalResponse()
  const calls = response.output.filter((item) => item.type === 'function_call')
  expect(calls.map((call) => [call.call_id, call.arguments, call.parsed_arguments])).toEqual([
    ['call_1', '{"place":"Cairo"}', { place: 'Cairo' }],
    ['call_2', '{"place":"Tunis"}', { place: 'Tunis' }],
  ])
})

test('a call without arguments is one of an empty object', async () => {
  const { client } = worldOf([
    { type: 'tool-call-start', index: 0, id: 'call_1', name: 'now' },
    finish({ input_tokens: 1, output_tokens: 1 }, 'tool-calls'),
  ])
  const tools = [{ ...weather, name: 'now' }]
  const streamed = await client.responses.stream({ model, input: 'x', tools }).finalResponse()
  const whole = await client.responses.create({ model, input: 'x', tools })
  for (const { output } of [streamed, whole]) expect(output[0]).toMatchObject({ arguments: '{}', status: 'completed' })
})

test('a call whose input is whole is told as done when the next one begins', async () => {
  const { client } = worldOf([
    { type: 'tool-call-start', index: 0, id: 'call_1', name: 'weather' },
    { type: 'tool-call-delta', index: 0, input: '{"place":"Cairo"}' },
    { type: 'tool-call-start', index: 1, id: 'call_2', name: 'weather' },
    { type: 'tool-call-delta', index: 1, input: '{}' },
    finish({ input_tokens: 1, output_tokens: 1 }, 'tool-calls'),
  ])
  const events = await eventsOf(await client.responses.create({ model, input: 'x', tools: [weather], stream: true }))
  const told = events.flatMap((event) =>
    event.type === 'response.output_item.added' || event.type === 'response.output_item.done'
      ? [`${event.output_index} ${event.type.slice(21)}`]
      : [],
  )
  expect(told).toEqual(['0 added', '0 done', '1 added', '1 done'])
})

test('reasoning is told as its own text where no summary is asked for, and its seal only where it is', async () => {
  const { client } = worldOf(twoCalls)
  const events = await eventsOf(await client.responses.create({ model, input: 'x', tools: [weather], stream: true }))
  expect(
    events
      .map(({ type }) => type)
      .filter((type) => /reasoning|content_part/.test(type))
      .slice(0, 5),
  ).toEqual([
    'response.content_part.added',
    'response.reasoning_text.delta',
    'response.reasoning_text.delta',
    'response.reasoning_text.done',
    'response.content_part.done',
  ])
  expect(JSON.stringify(events)).not.toContain('encrypted_content')
})

test('two thoughts in a row, each with its seal, stay two', async () => {
  const { client } = worldOf([
    { type: 'reasoning-signature', signature: 'redacted:abc' },
    { type: 'reasoning-delta', text: 'Hm.' },
    { type: 'reasoning-signature', signature: 'second' },
    { type: 'text-delta', text: 'ok' },
    finish({ input_tokens: 1, output_tokens: 1 }),
  ])
  const include = ['reasoning.encrypted_content' as const]
  const streamed = await client.responses.stream({ model, input: 'x', include }).finalResponse()
  const whole = await client.responses.create({ model, input: 'x', include })
  for (const { output } of [streamed, whole])
    expect(output).toMatchObject([
      { type: 'reasoning', summary: [], encrypted_content: 'riwaq1.redacted:abc' },
      { type: 'reasoning', content: [{ text: 'Hm.' }], encrypted_content: 'riwaq1.second' },
      { type: 'message' },
    ])
})

test.each([
  ['length', 'max_output_tokens'],
  ['content-filter', 'content_filter'],
] as const)('an answer that ended by %s is incomplete, and says %s', async (reason, told) => {
  const { client } = worldOf([{ type: 'text-delta', text: 'x' }, finish({ input_tokens: 1, output_tokens: 1 }, reason)])
  const streamed = await client.responses.stream({ model, input: 'x' }).finalResponse()
  const whole = await client.responses.create({ model, input: 'x' })
  for (const response of [streamed, whole]) {
    expect(response).toMatchObject({ status: 'incomplete', incomplete_details: { reason: told } })
    expect(response.output[0]).toMatchObject({ status: 'incomplete' })
  }
})

test('structured output is asked of the model and parsed by the client', async () => {
  const { client, asked } = worldOf([{ type: 'text-delta', text: '{"place":"Fez"}' }, finish(null)])
  const schema = { type: 'object', properties: { place: { type: 'string' } } }
  const response = await client.responses.parse({
    model,
    input: 'Where?',
    text: { format: { type: 'json_schema', name: 'place', schema, strict: true } },
  })
  expect(asked[0]!.responseFormat).toEqual({ type: 'json-schema', name: 'place', schema, strict: true })
  expect(response.output_parsed).toEqual({ place: 'Fez' })
})

test('a stream that breaks off says that it failed, and is an error that the client throws, with our code', async () => {
  const { client, world } = worldOf(async function* () {
    yield { type: 'text-delta', text: 'half' } as const
    throw new Problem('provider_overloaded', 'Too busy.')
  })
  const seen: ResponseStreamEvent[] = []
  const reading = (async () => {
    for await (const event of await client.responses.create({ model, input: 'x', stream: true })) seen.push(event)
  })()
  await expect(reading).rejects.toMatchObject({ code: 'provider_overloaded', message: expect.stringContaining('busy') })
  const failed = seen.at(-1)!
  expect(failed).toMatchObject({
    type: 'response.failed',
    response: { status: 'failed', error: { code: 'rate_limit_exceeded' }, output: [{ content: [{ text: 'half' }] }] },
  })
  await expect(client.responses.stream({ model, input: 'x' }).finalResponse()).rejects.toThrow()
  await world.settled()
  expect(await world.charges()).toHaveLength(2)
})

test('an error is one that the client can read, and names the parameter as this API does', async () => {
  const { client } = worldOf([], { balanceMicros: 1 })
  const poor = await client.responses.create({ model, input: 'x' }).catch((error: unknown) => error)
  expect(poor).toBeInstanceOf(APIError)
  expect(poor).toMatchObject({ status: 402, code: 'insufficient_credits', type: 'insufficient_quota' })
  const long = await worldOf([])
    .client.responses.create({ model, input: 'word '.repeat(20_000) })
    .catch((error: unknown) => error)
  expect(long).toMatchObject({ status: 400, code: 'context_length_exceeded', param: 'input' })
})

test('every kind of item is understood', async () => {
  const { client, asked } = worldOf(words)
  await client.responses.create({
    model,
    instructions: 'Be short.',
    input: [
      { role: 'developer', content: 'Be kind.' },
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'What is this?', prompt_cache_breakpoint: { mode: 'explicit' } },
          { type: 'input_image', image_url: 'https://example.com/a.png', detail: 'low' },
          { type: 'input_image', image_url: 'data:image/png;base64,aGk=', detail: 'original' },
        ],
      },
      {
        type: 'reasoning',
        id: 'rs_1',
        summary: [{ type: 'summary_text', text: 'Hm.' }],
        encrypted_content: 'riwaq1.sig',
      },
      {
        type: 'message',
        id: 'msg_1',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: 'Let me see.', annotations: [] }],
      },
      { type: 'function_call', call_id: 'a', name: 'weather', arguments: '{}' },
      { type: 'function_call', call_id: 'b', name: 'weather', arguments: '{}' },
      { type: 'function_call_output', call_id: 'a', output: 'sunny' },
      { type: 'function_call_output', call_id: 'b', output: [{ type: 'input_text', text: 'rain' }] },
    ],
  })
  expect(asked[0]!.messages).toEqual([
    { role: 'system', content: [{ type: 'text', text: 'Be short.' }] },
    { role: 'system', content: [{ type: 'text', text: 'Be kind.' }] },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?', cache: true },
        { type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' }, detail: 'low' },
        { type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'aGk=' }, detail: 'high' },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'Hm.', signature: 'sig' },
        { type: 'text', text: 'Let me see.' },
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

test('every setting is carried, and what has no effect is said', async () => {
  const { client, asked } = worldOf(words)
  const { response } = await client.responses
    .create({
      model,
      input: 'x',
      max_output_tokens: 77,
      temperature: 0,
      top_p: 0.5,
      tools: [weather],
      tool_choice: { type: 'function', name: 'weather' },
      parallel_tool_calls: false,
      text: { format: { type: 'json_object' }, verbosity: 'low' },
      reasoning: { effort: 'high', summary: 'auto' },
      safety_identifier: 'user-1',
      prompt_cache_key: 'k',
      max_tool_calls: 3,
    })
    .withResponse()
  const { messages: _, ...settings } = asked[0]!
  expect(settings).toMatchObject({
    maxOutputTokens: 77,
    temperature: 0,
    topP: 0.5,
    tools: [{ name: 'weather', description: 'Of a place.', parameters: weather.parameters, strict: true }],
    toolChoice: { name: 'weather' },
    parallelToolCalls: false,
    responseFormat: { type: 'json' },
    reasoning: { effort: 'high' },
    verbosity: 'low',
    promptCache: { key: expect.stringMatching(/^[0-9a-f]{48}$/) },
  })
  expect(response.headers.get('x-riwaq-warnings')).toBe('max_tool_calls: has no effect on this model')
  expect(response.headers.get('x-riwaq-cost-micros')).toBe('16')
})

test('a PDF is read where the model reads files, in a message and in a result', async () => {
  const said = sayingModel(words)
  const world = createChatWorld({
    models: { [model]: { catalog: { abilities: ['tools', 'file-input'] }, model: said.model } },
    balanceMicros: 1_000_000_000,
  })
  const file_data = `data:application/pdf;base64,${btoa('%PDF-1.4 /Type /Page')}`
  await clientOf(world).responses.create({
    model,
    input: [
      { role: 'user', content: [{ type: 'input_file', file_data, filename: 'a.pdf' }] },
      { type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' },
      { type: 'function_call_output', call_id: 'a', output: [{ type: 'input_file', file_data }] },
    ],
  })
  const file = { type: 'file', mediaType: 'application/pdf', data: btoa('%PDF-1.4 /Type /Page') }
  expect(said.asked[0]!.messages[0]!.content).toEqual([{ ...file, name: 'a.pdf' }])
  expect(said.asked[0]!.messages[2]!.content).toMatchObject([{ content: [file] }])
})

test('a choice among allowed tools offers the model those alone', async () => {
  const { client, asked } = worldOf(words)
  await client.responses.create({
    model,
    input: 'x',
    tools: [weather, { ...weather, name: 'news' }],
    tool_choice: { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'news' }] },
  })
  expect(asked[0]).toMatchObject({ toolChoice: 'required', tools: [{ name: 'news' }] })
})

test('a caller who leaves in mid-stream pays for what was written, and nothing is kept', async () => {
  const waiting = Promise.withResolvers<void>()
  const { client, world } = worldOf(async function* (_request, signal) {
    yield { type: 'text-delta', text: 'half an answer ' } satisfies LanguageEvent
    signal.addEventListener('abort', () => waiting.resolve(), { once: true })
    await waiting.promise
  })
  const stream = await client.responses.create({ model, input: 'x', stream: true })
  for await (const event of stream) if (event.type === 'response.output_text.delta') break
  await world.settled()
  expect(await world.charges()).toMatchObject([{ estimated: true }])
  expect(world.bucket.keys()).toEqual([])
})
