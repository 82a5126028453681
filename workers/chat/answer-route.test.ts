// What a paid answer promises, for both dialects and both ways of running it: passed through and translated.
import { expect, test } from 'vitest'
import { Problem } from '#shared/http/problems'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import { createChatWorld, finish, member, nativeModel, organizationId, sayingModel } from './testing.ts'

const path = '/v1/chat/completions'
const question = { model: 'fake/words', messages: [{ role: 'user', content: 'Say something.' }] }
const usage = { input_tokens: 10, output_tokens: 3 }
const said: LanguageEvent[] = [{ type: 'text-delta', text: 'one ' }, { type: 'text-delta', text: 'two' }, finish(usage)]

const chunk = (content: string, reason: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c1', choices: [{ index: 0, delta: { content }, finish_reason: reason }] })}\n\n`
const usageChunk = `data: ${JSON.stringify({ id: 'c1', choices: [], usage: { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13 } })}\n\n`
const done = 'data: [DONE]\n\n'

/** A vendor's stream that a test feeds by hand. */
function feed() {
  const encoder = new TextEncoder()
  let controller!: ReadableStreamDefaultController<Uint8Array>
  let cancelled = false
  const body = new ReadableStream<Uint8Array>({
    start: (started) => void (controller = started),
    cancel: () => void (cancelled = true),
  })
  return {
    response: () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
    say: (text: string) => controller.enqueue(encoder.encode(text)),
    close: () => controller.close(),
    break: () => controller.error(new Error('connection reset')),
    isCancelled: () => cancelled,
  }
}

const streamOf = (text: string) => () => new Response(text, { headers: { 'content-type': 'text/event-stream' } })

test('a whole answer is charged what the provider counted, and says so', async () => {
  const world = createChatWorld({ models: { 'fake/words': sayingModel(said).model } })
  const response = await world.ask(path, question)
  expect(response.headers.get('x-riwaq-cost-micros')).toBe('16')
  expect(await response.json()).toMatchObject({
    object: 'chat.completion',
    model: 'fake/words',
    choices: [{ message: { content: 'one two' }, finish_reason: 'stop' }],
    usage: { total_tokens: 13 },
  })
  await world.settled()
  expect(await world.charges()).toMatchObject([
    { amountMicros: -16, usage, estimated: false, provider: 'compatible', service: 'chat' },
  ])
  expect(await world.ledger.balance()).toMatchObject({ heldMicros: 0 })
})

test('a translated stream is charged what the provider counted', async () => {
  const world = createChatWorld({ models: { 'fake/words': sayingModel(said).model } })
  const text = await (await world.ask(path, { ...question, stream: true })).text()
  expect(text.endsWith(done)).toBe(true)
  expect(text).not.toContain('usage')
  await world.settled()
  expect(await world.charges()).toMatchObject([{ amountMicros: -16, estimated: false }])
})

test('a stream that is passed through arrives byte for byte, without the usage that nobody asked for', async () => {
  const vendor = nativeModel('openai-chat', streamOf(chunk('one ') + chunk('two', 'stop') + usageChunk + done))
  const world = createChatWorld({ models: { 'fake/words': vendor.model } })
  const text = await (await world.ask(path, { ...question, stream: true })).text()
  expect(text).toBe(chunk('one ') + chunk('two', 'stop') + done)
  expect(vendor.bodies[0]).toMatchObject({
    model: 'words-1',
    max_completion_tokens: 1_000,
    stream_options: { include_usage: true },
  })
  await world.settled()
  expect(await world.charges()).toMatchObject([{ amountMicros: -16, usage, estimated: false }])
})

test('who asks for usage gets it', async () => {
  const answer = chunk('one', 'stop') + usageChunk + done
  const world = createChatWorld({ models: { 'fake/words': nativeModel('openai-chat', streamOf(answer)).model } })
  expect(
    await (await world.ask(path, { ...question, stream: true, stream_options: { include_usage: true } })).text(),
  ).toBe(answer)
})

test('events that came in one piece are passed on in one piece, at once, and half an event waits for its end', async () => {
  const vendor = feed()
  const world = createChatWorld({ models: { 'fake/words': nativeModel('openai-chat', vendor.response).model } })
  const pending = world.ask(path, { ...question, stream: true })
  vendor.say(chunk('one ') + chunk('two ') + chunk('three').slice(0, 20))
  const reader = (await pending).body!.getReader()
  const first = new TextDecoder().decode((await reader.read()).value)
  expect(first).toBe(chunk('one ') + chunk('two '))
  vendor.say(chunk('three').slice(20))
  expect(new TextDecoder().decode((await reader.read()).value)).toBe(chunk('three'))
  vendor.say(done)
  vendor.close()
  expect(new TextDecoder().decode((await reader.read()).value)).toBe(done)
  expect((await reader.read()).done).toBe(true)
})

test('a provider that breaks off ends the stream with an error, never as if complete, and what came is charged', async () => {
  const vendor = feed()
  const world = createChatWorld({ models: { 'fake/words': nativeModel('openai-chat', vendor.response).model } })
  vendor.say(chunk('one two three four ') + chunk('never whole').slice(0, 9))
  const response = await world.ask(path, { ...question, stream: true })
  const text = response.text()
  await Promise.resolve()
  vendor.close()
  expect(await text).toMatch(/^data: \{"id":"c1".*\n\ndata: \{"error":\{.*"code":"provider_error"\}\}\n\n$/s)
  await world.settled()
  const [charge] = await world.charges()
  expect(charge).toMatchObject({ estimated: true })
  expect(charge!.usage!.output_tokens).toBeGreaterThan(2)
  expect(charge!.usage!.output_tokens).toBeLessThan(10)
})

test('a translated stream that breaks off ends with an error as well', async () => {
  const { model } = sayingModel(async function* () {
    yield { type: 'text-delta', text: 'half an answer ' } as const
    throw new Problem('provider_overloaded', 'The vendor is overloaded.')
  })
  const world = createChatWorld({ models: { 'fake/words': model } })
  const text = await (await world.ask(path, { ...question, stream: true })).text()
  expect(text).toContain('"code":"provider_overloaded"')
  expect(text).not.toContain('[DONE]')
  await world.settled()
  expect(await world.charges()).toMatchObject([{ estimated: true }])
})

test('a provider that fails before its first byte costs nothing and keeps its status', async () => {
  for (const stream of [false, true]) {
    const refusing = nativeModel('openai-chat', () => Promise.reject(new Problem('provider_overloaded', 'Too busy.')))
    const silent = nativeModel('openai-chat', streamOf(''))
    const world = createChatWorld({ models: { refusing: refusing.model, silent: silent.model } })
    expect((await world.ask(path, { ...question, model: 'refusing', stream })).status).toBe(503)
    expect((await world.ask(path, { ...question, model: 'silent', stream })).status).toBe(502)
    await world.settled()
    expect(await world.ledger.balance()).toEqual({
      balanceMicros: 1_000_000,
      heldMicros: 0,
      availableMicros: 1_000_000,
    })
  }
})

test('a client who leaves before the first byte stops the provider, holds nothing and pays for the prompt that was sent', async () => {
  let stopped: AbortSignal | undefined
  const vendor = nativeModel('openai-chat', (_, signal) => {
    stopped = signal
    return new Promise<Response>(() => {})
  })
  const world = createChatWorld({ models: { 'fake/words': vendor.model } })
  const leaving = new AbortController()
  const pending = world.ask(path, { ...question, stream: true }, { signal: leaving.signal })
  while (!stopped) await new Promise(setImmediate)
  leaving.abort()
  expect((await pending).status).toBe(499)
  expect(stopped.aborted).toBe(true)
  await world.settled()
  const { balanceMicros, heldMicros } = await world.ledger.balance()
  expect(heldMicros).toBe(0)
  expect(balanceMicros).toBeLessThan(1_000_000)
  const [entry] = (await world.ledger.entries({ limit: 1 })).data
  expect(entry).toMatchObject({ kind: 'charge', amountMicros: balanceMicros - 1_000_000, estimated: true })
})

test('a client who leaves in mid-stream stops the provider and pays for what was passed on', async () => {
  const vendor = feed()
  let signal: AbortSignal | undefined
  const native = nativeModel('openai-chat', (_, given) => {
    signal = given
    return vendor.response()
  })
  const world = createChatWorld({ models: { 'fake/words': native.model } })
  const leaving = new AbortController()
  vendor.say(chunk('one two three '))
  const response = await world.ask(path, { ...question, stream: true }, { signal: leaving.signal })
  await response.body!.getReader().read()
  leaving.abort()
  await world.settled()
  expect(signal!.aborted).toBe(true)
  expect(vendor.isCancelled()).toBe(true)
  expect(await world.charges()).toMatchObject([{ estimated: true }])
  expect(await world.ledger.balance()).toMatchObject({ heldMicros: 0 })
})

test('a client who leaves while a model still reasons unseen pays for the prompt that it has read', async () => {
  const vendor = feed()
  const world = createChatWorld({ models: { 'fake/words': nativeModel('openai-chat', vendor.response).model } })
  const leaving = new AbortController()
  vendor.say(chunk(''))
  const response = await world.ask(path, { ...question, stream: true }, { signal: leaving.signal })
  await response.body!.getReader().read()
  leaving.abort()
  await world.settled()
  const [charged] = await world.charges()
  expect(charged).toMatchObject({ estimated: true })
  expect(charged!.usage).toEqual({ input_tokens: expect.any(Number) })
  expect(charged!.amountMicros).toBeLessThan(0)
})

test('who leaves just before a model that reasons unseen has counted is charged by its count', async () => {
  const vendor = feed()
  const native = nativeModel('openai-chat', vendor.response)
  const world = createChatWorld({ models: { 'fake/words': { catalog: { vendor: 'openai' }, model: native.model } } })
  let letGo = () => {}
  world.timers.wait = () => new Promise((resolve) => (letGo = resolve))
  const leaving = new AbortController()
  vendor.say(chunk('the answer', 'stop'))
  const response = await world.ask(path, { ...question, stream: true }, { signal: leaving.signal })
  await response.body!.getReader().read()
  leaving.abort()
  vendor.say(
    `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 10, completion_tokens: 400, completion_tokens_details: { reasoning_tokens: 390 } } })}\n\n${done}`,
  )
  vendor.close()
  await world.settled()
  letGo()
  expect(await world.charges()).toMatchObject([
    { amountMicros: -810, usage: { input_tokens: 10, output_tokens: 10, reasoning_tokens: 390 }, estimated: false },
  ])
})

test('it is read on for a moment only: then it is stopped, and what was passed on is charged', async () => {
  const vendor = feed()
  const native = nativeModel('openai-chat', vendor.response)
  const world = createChatWorld({ models: { 'fake/words': { catalog: { vendor: 'openai' }, model: native.model } } })
  const waits: number[] = []
  world.timers.wait = (milliseconds) => Promise.resolve(void waits.push(milliseconds))
  const leaving = new AbortController()
  vendor.say(chunk('the answer'))
  const response = await world.ask(path, { ...question, stream: true }, { signal: leaving.signal })
  await response.body!.getReader().read()
  leaving.abort()
  await world.settled()
  expect(waits).toEqual([250])
  expect(vendor.isCancelled()).toBe(true)
  expect(await world.charges()).toMatchObject([{ estimated: true }])
})

test('a reader who drops the stream without a signal is settled too', async () => {
  const vendor = feed()
  const world = createChatWorld({ models: { 'fake/words': nativeModel('openai-chat', vendor.response).model } })
  vendor.say(chunk('one '))
  const response = await world.ask(path, { ...question, stream: true })
  const reader = response.body!.getReader()
  await reader.read()
  await reader.cancel()
  await world.settled()
  expect(vendor.isCancelled()).toBe(true)
  expect(await world.charges()).toHaveLength(1)
})

test('usage that a provider leaves out is estimated and marked, never free', async () => {
  const answer = JSON.stringify({
    choices: [{ message: { role: 'assistant', content: 'four words of answer' }, finish_reason: 'stop' }],
  })
  const world = createChatWorld({
    models: {
      'fake/words': nativeModel('openai-chat', () => new Response(answer)).model,
      translated: sayingModel([said[0]!, finish(null)]).model,
    },
  })
  await world.ask(path, question)
  const translated = await (await world.ask(path, { ...question, model: 'translated' })).json()
  await world.settled()
  const charges = await world.charges()
  expect(charges.map(({ estimated }) => estimated)).toEqual([true, true])
  expect((translated as { usage: { prompt_tokens: number } }).usage.prompt_tokens).toBe(charges[0]!.usage!.input_tokens)
})

test('where a whole answer cannot be held, max_tokens is lowered to what can, and the answer says so', async () => {
  const { model, asked } = sayingModel(said)
  const world = createChatWorld({ balanceMicros: 500, models: { 'fake/words': model } })
  const response = await world.ask(path, question)
  const limit = Number(response.headers.get('x-riwaq-max-tokens'))
  expect(limit).toBeGreaterThan(32)
  expect(limit).toBeLessThan(250)
  expect(asked[0]!.maxOutputTokens).toBe(limit)
})

test('where not even a useful answer can be paid, the call is refused before the provider is asked', async () => {
  const { model, asked } = sayingModel(said)
  const world = createChatWorld({ balanceMicros: 50, models: { 'fake/words': model } })
  const response = await world.ask(path, question)
  expect(response.status).toBe(402)
  expect(await response.json()).toMatchObject({ error: { code: 'insufficient_credits', type: 'insufficient_quota' } })
  expect(response.headers.get('x-should-retry')).toBe('false')
  expect(asked).toHaveLength(0)
})

test('requests in parallel on a tiny balance never spend more than there is', async () => {
  const { model } = sayingModel([said[0]!, finish({ input_tokens: 30, output_tokens: 60 })])
  const world = createChatWorld({ balanceMicros: 1_000, models: { 'fake/words': model } })
  const responses = await Promise.all(
    Array.from({ length: 60 }, () => world.ask(path, { ...question, max_tokens: 60 })),
  )
  await world.settled()
  const served = responses.filter(({ status }) => status === 200).length
  const { balanceMicros, heldMicros } = await world.ledger.balance()
  expect(served).toBeGreaterThan(0)
  expect(balanceMicros).toBe(1_000 - served * 150)
  expect(balanceMicros).toBeGreaterThanOrEqual(0)
  expect(heldMicros).toBe(0)
  for (const { status } of responses) expect([200, 402, 429]).toContain(status)
})

test('a provider that counts more than was held is charged what was held', async () => {
  const world = createChatWorld({
    models: { 'fake/words': sayingModel([said[0]!, finish({ input_tokens: 10, output_tokens: 50_000 })]).model },
  })
  const response = await world.ask(path, { ...question, max_tokens: 10 })
  expect(Number(response.headers.get('x-riwaq-cost-micros'))).toBeLessThan(200)
})

test('a ledger that cannot be asked refuses every paid call', async () => {
  const { model, asked } = sayingModel(said)
  const world = createChatWorld({ models: { 'fake/words': model } })
  world.ledger.failWith(new Error('network'))
  expect((await world.ask(path, question)).status).toBe(503)
  expect(asked).toHaveLength(0)
})

test('a settlement that fails is tried again until it is done', async () => {
  const world = createChatWorld({ models: { 'fake/words': sayingModel(said).model } })
  const settle = world.ledger.settle
  let failures = 3
  world.ledger.settle = (input) => (failures-- > 0 ? Promise.reject(new Error('network')) : settle(input))
  await world.ask(path, question)
  await world.settled()
  expect(await world.charges()).toHaveLength(1)
})

test('a provider that says nothing for two minutes is stopped and told as a timeout', async () => {
  const vendor = nativeModel('openai-chat', () => new Promise<Response>(() => {}))
  const world = createChatWorld({ models: { 'fake/words': vendor.model } })
  const pending = world.ask(path, { ...question, stream: true })
  while (world.timers.pending() === 0) await new Promise(setImmediate)
  await world.timers.pass(120_000)
  expect((await pending).status).toBe(504)
  await world.settled()
  expect(await world.ledger.balance()).toMatchObject({ balanceMicros: 1_000_000, heldMicros: 0 })
})

test('a stream that falls silent is ended with a timeout and charged for what came', async () => {
  const vendor = feed()
  const world = createChatWorld({ models: { 'fake/words': nativeModel('openai-chat', vendor.response).model } })
  vendor.say(chunk('one '))
  const text = (await world.ask(path, { ...question, stream: true })).text()
  await world.timers.pass(60_000)
  await world.timers.pass(120_000)
  expect(await text).toContain('provider_timeout')
  await world.settled()
  expect(await world.charges()).toMatchObject([{ estimated: true }])
})

test.each([
  ['a body that is not JSON', '{', 'invalid_request', undefined],
  ['an empty body', '', 'invalid_request', undefined],
  ['a wrong type', { ...question, temperature: 'hot' }, 'invalid_request', 'temperature'],
  [
    'a wrong type deep inside',
    { ...question, messages: [{ role: 'user', content: [{ type: 'image_url', image_url: {} }] }] },
    'invalid_request',
    'messages[0].content[0].image_url.url',
  ],
  ['no messages', { ...question, messages: [] }, 'invalid_request', 'messages'],
  ['an unknown parameter', { ...question, top_k: 3 }, 'unsupported_parameter', 'top_k'],
  ['several answers from a model that gives one', { ...question, n: 2 }, 'unsupported_parameter', 'n'],
  [
    'speech',
    { ...question, modalities: ['text', 'audio'], audio: { voice: 'alloy', format: 'mp3' } },
    'unsupported_parameter',
    'audio',
  ],
  [
    'a tier that is priced otherwise',
    { ...question, service_tier: 'priority' },
    'unsupported_parameter',
    'service_tier',
  ],
  [
    'an image behind another scheme',
    {
      ...question,
      messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'file:///etc/passwd' } }] }],
    },
    'invalid_request',
    'messages[0].content[0].image_url.url',
  ],
])('%s is refused by its name before anything is held', async (_, body, code, param) => {
  const world = createChatWorld({ models: { 'fake/words': sayingModel(said).model } })
  const response = await world.ask(path, body)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { code, param: param ?? null } })
  expect(world.ledger.liveHolds()).toEqual([])
})

test('an unknown and an unpriced model have codes of their own', async () => {
  const world = createChatWorld({ models: { unpriced: { catalog: { price: null }, model: sayingModel(said).model } } })
  expect(await (await world.ask(path, { ...question, model: 'nobody/knows' })).json()).toMatchObject({
    error: { code: 'model_not_found', param: 'model' },
  })
  expect(await (await world.ask(path, { ...question, model: 'unpriced' })).json()).toMatchObject({
    error: { code: 'model_not_priced' },
  })
})

test('a prompt beyond the window is refused before anything is held', async () => {
  const world = createChatWorld({ models: { 'fake/words': sayingModel(said).model } })
  const response = await world.ask(path, { ...question, messages: [{ role: 'user', content: 'word '.repeat(20_000) }] })
  expect(await response.json()).toMatchObject({ error: { code: 'context_length_exceeded', param: 'messages' } })
})

test('an image for a model that cannot see is refused by name, also where the vendor speaks the dialect', async () => {
  const vendor = nativeModel('openai-chat', streamOf(done))
  const world = createChatWorld({ models: { blind: { catalog: { abilities: ['stop'] }, model: vendor.model } } })
  const response = await world.ask(path, {
    ...question,
    model: 'blind',
    messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] }],
  })
  expect(await response.json()).toMatchObject({ error: { code: 'unsupported_parameter', param: 'messages' } })
  expect(vendor.bodies).toHaveLength(0)
})

test('a server of the operator’s own is sent what the dialect does not have, untouched', async () => {
  const vendor = nativeModel('openai-chat', streamOf(chunk('one', 'stop') + done), { takesUnknownParameters: true })
  const world = createChatWorld({ models: { 'fake/words': vendor.model } })
  await (
    await world.ask(path, {
      ...question,
      stream: true,
      min_p: 0.1,
      messages: [{ role: 'user', content: 'x', extra: 1 }],
    })
  ).text()
  expect(vendor.bodies[0]).toMatchObject({ min_p: 0.1, messages: [{ role: 'user', content: 'x', extra: 1 }] })
})

test('what no schema reads is held for where it is passed on, at the top and inside of messages', async () => {
  const vendor = nativeModel('openai-chat', streamOf(chunk('one', 'stop') + done), { takesUnknownParameters: true })
  const world = createChatWorld({ models: { 'fake/words': vendor.model } })
  const long = 'x'.repeat(40_000)
  for (const unread of [
    { suffix: long },
    { messages: [{ role: 'user', content: 'x', extra: long }] },
    { messages: [{ role: 'user', content: [{ type: 'text', text: 'x', extra: [long] }] }] },
  ]) {
    const response = await world.ask(path, { ...question, ...unread })
    expect(await response.json()).toMatchObject({ error: { code: 'context_length_exceeded' } })
  }
  expect(vendor.bodies).toHaveLength(0)
})

test('several answers are held for, and paid for, together', async () => {
  const vendor = nativeModel('openai-chat', () =>
    Response.json({ choices: [], usage: { prompt_tokens: 5, completion_tokens: 1_500 } }),
  )
  const world = createChatWorld({ models: { 'fake/words': vendor.model } })
  const response = await world.ask(path, { ...question, n: 2 })
  expect(response.headers.get('x-riwaq-cost-micros')).toBe('3005')
})

test('what has no effect is said in a header, in ASCII', async () => {
  const world = createChatWorld({ models: { 'fake/words': sayingModel(said).model } })
  const response = await world.ask(path, {
    ...question,
    prompt_cache_options: { mode: 'implicit' },
    user: 'u1',
    metadata: { a: 'b' },
    store: false,
  })
  expect(response.headers.get('x-riwaq-warnings')).toBe(
    'metadata: has no effect on this model; prompt_cache_options: has no effect on this model',
  )
})

test('what is wrong with a request is not told to somebody whose key is not valid', async () => {
  const world = createChatWorld({ models: { 'fake/words': sayingModel(said).model } })
  const stranger = { kind: 'key-claim', organizationId, keyId: 'key_nobody0001', secretHash: 'f'.repeat(64) } as const
  for (const body of ['{', { ...question, model: 'nobody/knows' }, question]) {
    const response = await world.ask(path, body, { principal: stranger })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_api_key' } })
  }
})

test('nobody pays anonymously, and a viewer may not ask', async () => {
  const world = createChatWorld({ models: { 'fake/words': sayingModel(said).model } })
  expect((await world.ask(path, question, { principal: { kind: 'anonymous' } })).status).toBe(401)
  expect((await world.ask(path, question, { principal: { ...member, role: 'viewer' } as typeof member })).status).toBe(
    403,
  )
})

test('a limit that is reached says so in the standard fields', async () => {
  const world = createChatWorld({ requestsPerMinute: 1, models: { 'fake/words': sayingModel(said).model } })
  const first = await world.ask(path, question)
  expect(first.headers.get('ratelimit-policy')).toBe('"organization";q=1;w=60')
  const second = await world.ask(path, question)
  expect(second.status).toBe(429)
  expect(second.headers.get('ratelimit')).toMatch(/^"organization";r=0;t=\d+$/)
  expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('a body that is nested without end is a 400, whatever it is nested in', async () => {
  const world = createChatWorld({ models: { 'fake/words': sayingModel(said).model } })
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
  for (const body of [
    `{"model":"fake/words","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"f","parameters":${deep}}}]}`,
    `{"model":"fake/words","messages":${deep}}`,
    deep,
  ]) {
    const response = await world.ask(path, body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_request' } })
  }
})
