// OpenAI's own answers on their way to a caller: words untouched, the response itself ours.
import { expect, test } from 'vitest'
import type { ResponseObject } from '#shared/contracts/responses'
import type { StoredResponses } from '../../responses/stored-responses.ts'
import { createChatWorld, nativeModel } from '../../testing.ts'
import { clientOf } from './testing.ts'

const model = 'openai/thinker'

const reasoning = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAA-sealed' }
const message = {
  type: 'message',
  id: 'msg_1',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: 'one two', annotations: [], logprobs: [] }],
}
const usage = {
  input_tokens: 10,
  input_tokens_details: { cached_tokens: 4, cache_write_tokens: 0 },
  output_tokens: 6,
  output_tokens_details: { reasoning_tokens: 3 },
  total_tokens: 16,
}
const answer = (more: Record<string, unknown> = {}) => ({
  id: 'resp_vendor',
  object: 'response',
  created_at: 1,
  status: 'completed',
  model: 'thinker-2026',
  store: false,
  error: null,
  incomplete_details: null,
  output: [reasoning, message],
  previous_response_id: null,
  usage,
  ...more,
})
const event = (type: string, sequence_number: number, fields: object) =>
  `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number, ...fields })}\n\n`
const place = { item_id: 'msg_1', output_index: 1, content_index: 0 }
const start = answer({ status: 'in_progress', output: [], usage: null })
const deltas =
  event('response.output_text.delta', 7, { ...place, delta: 'one ', logprobs: [] }) +
  event('response.output_text.delta', 8, { ...place, delta: 'two', logprobs: [] })
const opening =
  event('response.created', 0, { response: start }) +
  event('response.in_progress', 1, { response: start }) +
  event('response.output_item.added', 2, { output_index: 0, item: { ...reasoning, status: 'in_progress' } }) +
  event('response.output_item.done', 3, { output_index: 0, item: reasoning }) +
  event('response.output_item.added', 4, {
    output_index: 1,
    item: { ...message, status: 'in_progress', content: [] },
  }) +
  event('response.content_part.added', 5, { ...place, part: { type: 'output_text', text: '', annotations: [] } })
const closing =
  event('response.output_text.done', 9, { ...place, text: 'one two', logprobs: [] }) +
  event('response.content_part.done', 10, { ...place, part: message.content[0] }) +
  event('response.output_item.done', 11, { output_index: 1, item: message }) +
  event('response.completed', 12, { response: answer() })

const streamOf = (text: string) => () => new Response(text, { headers: { 'content-type': 'text/event-stream' } })

function relaying(reply: () => Response | Promise<Response>, seed: object = {}) {
  const vendor = nativeModel('openai-responses', reply)
  const world = createChatWorld({ models: { [model]: vendor.model }, ...seed })
  return { vendor, world, client: clientOf(world) }
}

test('a whole answer is ours in its name and OpenAI’s in its words, and charged what OpenAI counted', async () => {
  const { world, client } = relaying(() => Response.json(answer()))
  const response = await client.responses.create({ model, input: 'x', metadata: { a: 'b' } })
  expect(response).toMatchObject({
    status: 'completed',
    model: 'thinker-2026',
    output_text: 'one two',
    store: true,
    metadata: { a: 'b' },
  })
  expect(response.id).toMatch(/^resp_[0-9a-z]{24}$/)
  expect(response.output[0]).not.toHaveProperty('encrypted_content')
  await world.settled()
  expect(await world.charges()).toMatchObject([
    {
      usage: { input_tokens: 6, cached_input_tokens: 4, output_tokens: 3, reasoning_tokens: 3 },
      estimated: false,
    },
  ])
})

test('a stream’s words pass byte for byte; only what speaks of the response is written anew', async () => {
  const { world } = relaying(streamOf(opening + deltas + closing))
  const text = await (await world.ask('/v1/responses', { model, input: 'x', stream: true })).text()
  expect(text).toContain(deltas)
  expect(text).not.toContain('resp_vendor')
  expect(text).not.toContain('gAAA-sealed')
  expect(text.match(/"sequence_number":\d+/g)).toEqual(
    Array.from({ length: 13 }, (_, at) => (at === 6 ? null : `"sequence_number":${at}`)).filter(Boolean),
  )
})

test('the client’s accumulator reads the stream, and gets the seals it asks for', async () => {
  const { client } = relaying(streamOf(opening + deltas + closing))
  const include = ['reasoning.encrypted_content' as const]
  const response = await client.responses.stream({ model, input: 'x', include }).finalResponse()
  expect(response.output_text).toBe('one two')
  expect(response.output[0]).toMatchObject({ encrypted_content: 'gAAA-sealed' })
})

test('the end of a stream waits until the answer is kept', async () => {
  const kept = Promise.withResolvers<boolean>()
  const responses = { keep: () => kept.promise } as unknown as StoredResponses
  const { world } = relaying(streamOf(opening + deltas + closing), { outside: { responsesOf: () => responses } })
  const reader = (await world.ask('/v1/responses', { model, input: 'x', stream: true })).body!.getReader()
  const decode = (value?: Uint8Array) => new TextDecoder().decode(value)
  const words = decode((await reader.read()).value)
  expect(words).toContain('response.output_item.done')
  expect(words).not.toContain('response.completed')
  const end = reader.read()
  kept.resolve(true)
  expect(decode((await end).value)).toMatch(/^event: response\.completed\n.*"store":true/s)
})

test('an answer that could not be kept says so', async () => {
  const responses = { keep: () => Promise.reject(new Error('no bucket')) } as unknown as StoredResponses
  const { client } = relaying(streamOf(opening + deltas + closing), { outside: { responsesOf: () => responses } })
  expect(await client.responses.stream({ model, input: 'x' }).finalResponse()).toMatchObject({ store: false })
})

test('an answer in one chunk is held back at its end all the same', async () => {
  const { client } = relaying(streamOf(opening + deltas + closing))
  const response = await client.responses.stream({ model, input: 'x' }).finalResponse()
  expect((await client.responses.retrieve(response.id)).id).toBe(response.id)
})

test('OpenAI is sent a request that names nothing it keeps, under our limit', async () => {
  const { client, vendor } = relaying(() => Response.json(answer()))
  const first = await client.responses.create({ model, input: 'first', instructions: 'Be short.' })
  await client.responses.create({ model, input: 'second', previous_response_id: first.id, metadata: { a: 'b' } })
  expect(vendor.bodies[1]).toEqual({
    model: 'words-1',
    store: false,
    max_output_tokens: 1_000,
    input: [
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'first' }] },
      { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAA-sealed' },
      { type: 'message', role: 'assistant', content: message.content },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'second' }] },
    ],
  })
})

test('another vendor’s seal never reaches OpenAI', async () => {
  const { client, vendor } = relaying(() => Response.json(answer()))
  await client.responses.create({
    model,
    input: [
      { role: 'user', content: 'x' },
      {
        type: 'reasoning',
        id: 'rs_2',
        summary: [{ type: 'summary_text', text: 'Hm.' }],
        encrypted_content: 'riwaq1.sig',
      },
      { role: 'assistant', content: 'ok' },
      { role: 'user', content: 'y' },
    ],
  })
  expect(JSON.stringify(vendor.bodies[0])).not.toContain('reasoning')
})

test('sealed reasoning that is sent back is held for', async () => {
  const { world, client } = relaying(() => Response.json(answer({ usage: null })), { balanceMicros: 100_000_000 })
  const seal = 'A'.repeat(2_000)
  await client.responses.create({
    model,
    max_output_tokens: 16,
    input: [
      { role: 'user', content: 'x' },
      { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: seal },
      { role: 'assistant', content: 'ok' },
      { role: 'user', content: 'y' },
    ],
  })
  await world.settled()
  const [charge] = await world.charges()
  expect(charge!.usage!.input_tokens).toBeGreaterThan(240)
})

test('a stream that OpenAI breaks off fails by name, numbered on, and nothing is kept', async () => {
  const { world, client } = relaying(streamOf(opening + deltas))
  const text = await (await world.ask('/v1/responses', { model, input: 'x', stream: true })).text()
  const [failed, error] = text.trimEnd().split('\n\n').slice(-2)
  expect(failed).toMatch(/^event: response\.failed\n/)
  expect(failed).toContain('"sequence_number":9')
  const response = (JSON.parse(failed!.split('data: ')[1]!) as { response: ResponseObject }).response
  expect(response).toMatchObject({ status: 'failed', store: false, error: { code: 'server_error' } })
  expect(error).toMatch(/^event: error\n.*"sequence_number":10,"code":"provider_error"/s)
  expect(world.bucket.keys()).toEqual([])
  await world.settled()
  expect(await world.charges()).toMatchObject([{ estimated: true }])
  await expect(client.responses.stream({ model, input: 'x' }).finalResponse()).rejects.toThrow()
})

test('a failure that OpenAI tells itself is not told twice', async () => {
  const failed = event('response.failed', 9, {
    response: answer({ status: 'failed', output: [], usage: null, error: { code: 'server_error', message: 'no' } }),
  })
  const { world } = relaying(streamOf(opening + deltas + failed))
  const text = await (await world.ask('/v1/responses', { model, input: 'x', stream: true })).text()
  expect(text.match(/event: response\.failed/g)).toHaveLength(1)
  expect(text).not.toContain('event: error')
  expect(text).not.toContain('resp_vendor')
  expect(world.bucket.keys()).toEqual([])
})

test('an incomplete answer is kept: it can be gone on from', async () => {
  const short = { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }
  const { client } = relaying(() => Response.json(answer(short)))
  const response = await client.responses.create({ model, input: 'x' })
  expect(await client.responses.retrieve(response.id)).toMatchObject(short)
})

test('the same Idempotency-Key gives the same response, kept once', async () => {
  const { world, vendor } = relaying(streamOf(opening + deltas + closing))
  const ask = () =>
    world
      .ask('/v1/responses', { model, input: 'x', stream: true }, { headers: { 'idempotency-key': 'k1' } })
      .then(async (response) => {
        const text = await response.text()
        await world.settled()
        return text
      })
  const first = await ask()
  expect(await ask()).toBe(first)
  expect(vendor.bodies).toHaveLength(1)
  expect(world.bucket.keys()).toHaveLength(1)
})

test('parameters that only OpenAI knows are passed to it, and to it alone', async () => {
  const { client, vendor } = relaying(() => Response.json(answer()))
  const special = {
    top_logprobs: 2,
    include: ['message.output_text.logprobs' as const],
    tools: [{ type: 'custom' as const, name: 'sql' }],
    prompt_cache_key: 'k',
    truncation: 'disabled' as const,
    reasoning: { effort: 'low' as const, context: 'auto' as const },
  }
  await client.responses.create({ model, input: 'x', ...special })
  // The account at OpenAI is everybody's, so the name of a cache is made the organization's own.
  expect(vendor.bodies[0]).toMatchObject({ ...special, prompt_cache_key: expect.stringMatching(/^[0-9a-f]{48}$/) })
})

test('tools that may not be used are told to OpenAI as well, so they are paid for', async () => {
  const tool = { type: 'function' as const, name: 'a', parameters: { about: 'x'.repeat(400) }, strict: false }
  const charged = async (tools: (typeof tool)[]) => {
    const { world, client } = relaying(() => Response.json(answer({ usage: null })))
    const allowed = { type: 'allowed_tools' as const, mode: 'auto' as const, tools: [{ type: 'function', name: 'a' }] }
    await client.responses.create({ model, input: 'x', tools, tool_choice: allowed })
    await world.settled()
    return (await world.charges())[0]!.usage!.input_tokens!
  }
  expect(await charged([tool, { ...tool, name: 'b' }])).toBeGreaterThan((await charged([tool])) + 90)
})
