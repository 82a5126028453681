// What users of other gateways complain of most, one test each, through the whole of the path. `test/complaints.test.ts`
// says which further tests prove the same elsewhere.
import { expect, test } from 'vitest'
import { Problem } from '#shared/http/problems'
import type { LanguageEvent, LanguageModel } from '#shared/providers/spec/language-model'
import { createChatWorld, finish, member, nativeModel, organizationId, sayingModel } from './testing.ts'

const path = '/v1/chat/completions'
const question = { model: 'fake/words', messages: [{ role: 'user', content: 'Say something.' }] }
const said: LanguageEvent[] = [{ type: 'text-delta', text: 'one two' }, finish({ input_tokens: 10, output_tokens: 3 })]
const chunk = (content: string, reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: reason }] })}\n\n`
const sse = (text: string) => new Response(text, { headers: { 'content-type': 'text/event-stream' } })
const silent: LanguageModel = sayingModel(async function* (_, signal) {
  yield { type: 'text-delta', text: 'one two three ' } as const
  await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
}).model

type World = ReturnType<typeof createChatWorld>

/** Reads a little of a stream and goes away. */
async function leaveMidway(world: World, body: object = {}) {
  const leaving = new AbortController()
  const response = await world.ask(path, { ...question, stream: true, ...body }, { signal: leaving.signal })
  await response.body?.getReader().read()
  leaving.abort()
  await world.settled()
}

test('complaint 1: however many calls come at once, no balance and no budget is overspent', async () => {
  const usage = { input_tokens: 30, output_tokens: 60 }
  const world = createChatWorld({
    balanceMicros: 5_000,
    budgets: [
      { account: 'organization', limitMicros: 2_000, period: 'day' },
      { account: 'member:usr_test00000001', limitMicros: 1_200, period: 'month' },
    ],
    models: { 'fake/words': sayingModel([said[0]!, finish(usage)]).model },
  })
  await world.ledger.setBudget({ account: 'model:fake/words', budget: { limitMicros: 900, period: 'forever' } })
  const responses = await Promise.all(
    Array.from({ length: 80 }, () => world.ask(path, { ...question, max_tokens: 60 })),
  )
  await world.settled()
  const served = responses.filter(({ status }) => status === 200).length
  expect(served).toBeGreaterThan(0)
  const { balanceMicros } = await world.ledger.balance()
  expect(5_000 - balanceMicros).toBe(served * 150)
  for (const { spentMicros, limitMicros, heldMicros } of await world.ledger.budgets()) {
    expect(spentMicros).toBeLessThanOrEqual(limitMicros)
    expect(heldMicros).toBe(0)
  }
  expect(served * 150).toBeLessThanOrEqual(900)
})

test('complaint 2: whatever becomes of calls, nothing stays held and nobody is refused for it', async () => {
  const world = createChatWorld({
    balanceMicros: 20_000,
    models: {
      'fake/words': sayingModel(said).model,
      refusing: nativeModel('openai-chat', () => Promise.reject(new Problem('provider_misconfigured', 'no'))).model,
      faulty: { stream: () => Promise.reject(new TypeError('a fault of ours')) },
      cut: sayingModel([said[0]!]).model,
      silent,
    },
  })
  for (let round = 0; round < 5; round++) {
    for (const model of ['fake/words', 'refusing', 'faulty', 'cut'])
      for (const stream of [true, false])
        await (await world.ask(path, { ...question, model, stream, max_tokens: 50 })).text()
    await leaveMidway(world, { model: 'silent', max_tokens: 50 })
    await world.settled()
  }
  expect(world.ledger.liveHolds()).toEqual([])
  expect(await world.ledger.balance()).toMatchObject({ heldMicros: 0 })
  expect((await world.ask(path, { ...question, max_tokens: 50 })).status).toBe(200)
})

test('complaint 3: who drops the connection before the usage comes pays for what came', async () => {
  const world = createChatWorld({ models: { silent } })
  await leaveMidway(world, { model: 'silent' })
  const [charge] = await world.charges()
  expect(charge).toMatchObject({ estimated: true })
  expect(charge!.usage!.output_tokens).toBeGreaterThan(0)
})

test('complaint 4: who drops the connection stops the provider and does not pay for what never came', async () => {
  let stopped = false
  const { model } = sayingModel(async function* (_, signal) {
    signal.addEventListener('abort', () => void (stopped = true))
    yield { type: 'text-delta', text: 'one two three ' } as const
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    yield finish({ input_tokens: 10, output_tokens: 13_000 })
  })
  const world = createChatWorld({ models: { 'fake/words': model } })
  await leaveMidway(world)
  expect(stopped).toBe(true)
  expect((await world.charges())[0]!.usage!.output_tokens).toBeLessThan(10)
})

test('complaint 5: a failed call costs nothing, and no estimate is above what was asked for and held', async () => {
  const failing = nativeModel('openai-chat', () => Promise.reject(new Problem('provider_overloaded', 'no')))
  const endless = nativeModel('openai-chat', () => sse(chunk('word '.repeat(300_000))))
  const world = createChatWorld({ models: { failing: failing.model, endless: endless.model } })
  await world.ask(path, { ...question, model: 'failing' })
  await world.settled()
  expect(await world.charges()).toEqual([])
  const { admit } = world.ledger
  let held = 0
  world.ledger.admit = async (input) => {
    held = input.ceilingMicros
    return admit(input)
  }
  await (await world.ask(path, { ...question, model: 'endless', stream: true, max_tokens: 100 })).text()
  await world.settled()
  const [charge] = await world.charges()
  expect(0 - charge!.amountMicros).toBeLessThanOrEqual(held)
  expect(held).toBeLessThan(1_000)
})

test('complaint 6: cached, written and reasoned tokens are charged at their own prices, once', async () => {
  const usage = { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 }
  const details = {
    prompt_tokens_details: { cached_tokens: 600, cache_write_tokens: 100 },
    completion_tokens_details: { reasoning_tokens: 40 },
  }
  const world = createChatWorld({
    models: {
      'fake/words': nativeModel('openai-chat', () => Response.json({ choices: [], usage: { ...usage, ...details } }))
        .model,
    },
  })
  const messages = [{ role: 'user', content: 'word '.repeat(900) }]
  await world.ask(path, { ...question, messages })
  await world.settled()
  expect(await world.charges()).toMatchObject([
    {
      usage: {
        input_tokens: 300,
        cached_input_tokens: 600,
        cache_write_tokens: 100,
        output_tokens: 60,
        reasoning_tokens: 40,
      },
      amountMicros: -(300 + 300 + 125 + 200),
    },
  ])
})

test('complaint 7: a stream without usage is estimated and counts in every budget, never as zero', async () => {
  const world = createChatWorld({
    budgets: [{ account: 'organization', limitMicros: 2_000, period: 'day' }],
    models: {
      'fake/words': nativeModel('openai-chat', () => sse(`${chunk('some words here', 'stop')}data: [DONE]\n\n`)).model,
    },
  })
  await (await world.ask(path, { ...question, stream: true, max_tokens: 50 })).text()
  await world.settled()
  const [charge] = await world.charges()
  expect(charge).toMatchObject({ estimated: true })
  const [budget] = await world.ledger.budgets()
  expect(budget!.spentMicros).toBe(0 - charge!.amountMicros)
  expect(budget!.spentMicros).toBeGreaterThan(0)
})

test('complaint 8: a call that is sent again, settled again or replayed is one charge', async () => {
  const world = createChatWorld({ models: { 'fake/words': sayingModel(said).model } })
  const { settle } = world.ledger
  world.ledger.settle = async (input) => {
    await settle(input)
    return settle(input)
  }
  const headers = { 'idempotency-key': 'order-1' }
  const ask = () => world.ask(path, question, { headers })
  await Promise.all([ask(), ask()])
  await world.settled()
  await ask()
  await world.ask(path, question, { headers, requestId: 'req_test00000001' })
  await world.settled()
  expect(await world.charges()).toHaveLength(1)
})

test('complaint 9: calls leave nothing behind, however they end', async () => {
  const world = createChatWorld({
    balanceMicros: 100_000_000,
    models: { 'fake/words': sayingModel(said).model, silent },
  })
  for (let at = 0; at < 300; at++)
    await (await world.ask(path, { ...question, stream: at % 2 === 0, max_tokens: 50 })).text()
  for (let at = 0; at < 20; at++) await leaveMidway(world, { model: 'silent', max_tokens: 50 })
  await world.settled()
  expect(world.timers.pending()).toBe(0)
  expect(world.ledger.liveHolds()).toEqual([])
})

test('complaint 10: a provider that breaks off never looks complete, and is not replaced after the first byte', async () => {
  const spare = sayingModel(said)
  for (const model of [
    sayingModel([{ type: 'text-delta', text: 'half an ' }]).model,
    nativeModel('openai-chat', () => sse(chunk('half an '))).model,
  ]) {
    const world = createChatWorld({ models: { 'fake/words': model, spare: spare.model } })
    const response = await world.ask(path, { ...question, models: ['spare'], stream: true })
    const text = await response.text()
    expect(text).toContain('half an ')
    expect(text).toMatch(/"code":"provider_error"[^\n]*\n\n$/)
    expect(text).not.toContain('[DONE]')
    expect(spare.asked).toHaveLength(0)
  }
})

test('complaint 11: who does not say how long the answer may be is not refused for the longest there is', async () => {
  const { model, asked } = sayingModel(said)
  const world = createChatWorld({
    balanceMicros: 300,
    models: { 'fake/words': { catalog: { contextTokens: 200_000, maxOutputTokens: 65_536 }, model } },
  })
  const response = await world.ask(path, question)
  expect(response.status).toBe(200)
  expect(asked[0]!.maxOutputTokens).toBeLessThan(150)
  expect(Number(response.headers.get('x-riwaq-max-tokens'))).toBe(asked[0]!.maxOutputTokens)
})

test('complaint 12: there is no way around the meter', async () => {
  const { model, asked } = sayingModel(said)
  const world = createChatWorld({ balanceMicros: 1, models: { 'fake/words': model, 'other/words': model } })
  const paid: [string, object][] = [
    [path, question],
    ['/v1/messages', { ...question, max_tokens: 10 }],
    ['/v1/responses', { model: 'fake/words', input: 'Say something.' }],
    [path, { ...question, models: ['other/words'] }],
  ]
  for (const [address, body] of paid) expect((await world.ask(address, body)).status, address).toBe(402)
  for (const address of ['/v1/completions', '/v1/chat/completions/x', '/v1/passthrough', '/v1/openai/chat/completions'])
    expect((await world.ask(address, question)).status, address).toBe(404)
  const claim = { kind: 'key-claim', organizationId, keyId: 'key_none00000001', secretHash: '0'.repeat(64) } as const
  for (const [address, body] of paid)
    expect((await world.ask(address, body, { principal: claim })).status, address).toBe(401)
  expect((await world.ask(path, question, { principal: { ...member, role: 'viewer' } as typeof member })).status).toBe(
    403,
  )
  expect(asked).toHaveLength(0)
})

test('complaint 13: a reader who vanishes without a word is settled, and its provider stopped', async () => {
  let stopped = false
  const { model } = sayingModel(async function* (_, signal) {
    signal.addEventListener('abort', () => void (stopped = true))
    yield { type: 'text-delta', text: 'one ' } as const
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
  })
  const world = createChatWorld({ models: { 'fake/words': model } })
  const response = await world.ask(path, { ...question, stream: true })
  const reader = response.body!.getReader()
  await reader.read()
  await reader.cancel()
  await world.settled()
  expect(stopped).toBe(true)
  expect(await world.charges()).toHaveLength(1)
  expect(world.ledger.liveHolds()).toEqual([])
})
