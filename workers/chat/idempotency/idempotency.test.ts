// The same Idempotency-Key and body: the same answer, one charge.
import { expect, test } from 'vitest'
import { Problem } from '#shared/http/problems'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import { createChatWorld, finish, member, nativeModel, sayingModel } from '../testing.ts'
import { canonicalJson } from '#shared/metering/fingerprint'

const path = '/v1/chat/completions'
const question = { model: 'fake/words', messages: [{ role: 'user', content: 'Say something.' }] }
const said: LanguageEvent[] = [
  { type: 'text-delta', text: 'one ' },
  { type: 'text-delta', text: 'two' },
  finish({ input_tokens: 10, output_tokens: 3 }),
]
const headers = { 'idempotency-key': 'order-66' }

test.each([false, true])(
  'an answer asked for again is given again, byte for byte, and not charged again (stream: %s)',
  async (stream) => {
    const { model, asked } = sayingModel(said)
    const world = createChatWorld({ models: { 'fake/words': model } })
    const first = await world.ask(path, { ...question, stream }, { headers })
    const text = await first.text()
    await world.settled()
    const again = await world.ask(path, { stream, messages: question.messages, model: question.model }, { headers })
    expect(await again.text()).toBe(text)
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
    expect(again.headers.get('x-riwaq-idempotent-replay')).toBe('true')
    expect(again.headers.get('x-riwaq-cost-micros')).toBe('16')
    expect(again.headers.get('x-riwaq-replayed-request-id')).toBe('req_test00000001')
    expect(asked).toHaveLength(1)
    expect(await world.charges()).toHaveLength(1)
  },
)

test('two at once are one answer and one charge', async () => {
  const gate = Promise.withResolvers<void>()
  const { model, asked } = sayingModel(async function* () {
    yield said[0]!
    await gate.promise
    yield* said.slice(1)
  })
  const world = createChatWorld({ models: { 'fake/words': model } })
  const first = await world.ask(path, { ...question, stream: true }, { headers })
  const second = world.ask(path, { ...question, stream: true }, { headers })
  gate.resolve()
  const text = await first.text()
  expect(await (await second).text()).toBe(text)
  expect(asked).toHaveLength(1)
  expect(await world.charges()).toHaveLength(1)
})

test('another body with the same key is refused', async () => {
  const world = createChatWorld({ models: { 'fake/words': sayingModel(said).model } })
  await world.ask(path, question, { headers })
  await world.settled()
  const response = await world.ask(path, { ...question, temperature: 1 }, { headers })
  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({ error: { code: 'idempotency_mismatch' } })
  expect(response.headers.get('x-should-retry')).toBe('false')
})

test('a failed answer is not kept: the key is free to try again', async () => {
  let fails = true
  const vendor = nativeModel('openai-chat', () => {
    if (fails) throw new Problem('provider_overloaded', 'Too busy.')
    return Response.json({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } })
  })
  const world = createChatWorld({ models: { 'fake/words': vendor.model } })
  expect((await world.ask(path, question, { headers })).status).toBe(503)
  await world.settled()
  fails = false
  expect((await world.ask(path, question, { headers })).status).toBe(200)
  await world.settled()
  expect(await world.charges()).toHaveLength(1)
})

test('what a caller who left had been given is given again, with an error that says it was cut', async () => {
  const { model } = sayingModel(async function* (_, signal) {
    yield said[0]!
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
  })
  const world = createChatWorld({ models: { 'fake/words': model } })
  const leaving = new AbortController()
  const first = await world.ask(path, { ...question, stream: true }, { headers, signal: leaving.signal })
  await first.body!.getReader().read()
  leaving.abort()
  await world.settled()
  const again = await (await world.ask(path, { ...question, stream: true }, { headers })).text()
  expect(again).toContain('"content":"one "')
  expect(again).toContain('"code":"client_closed_request"')
  expect(await world.charges()).toHaveLength(1)
})

test('the same key of another member is another request', async () => {
  const { model, asked } = sayingModel(said)
  const world = createChatWorld({ models: { 'fake/words': model } })
  await world.ask(path, question, { headers })
  await world.ask(path, question, { headers, principal: { ...member, userId: 'usr_other0000001' } as typeof member })
  await world.settled()
  expect(asked).toHaveLength(2)
  expect(world.answers.size()).toBe(2)
})

test('a key that is not printable or too long is refused by name', async () => {
  const world = createChatWorld({ models: { 'fake/words': sayingModel(said).model } })
  const response = await world.ask(path, question, { headers: { 'idempotency-key': 'x'.repeat(256) } })
  expect(await response.json()).toMatchObject({ error: { code: 'invalid_request', param: 'Idempotency-Key' } })
})

test('an answer that is no longer kept is neither made nor charged again', async () => {
  const { model, asked } = sayingModel(said)
  const world = createChatWorld({ models: { 'fake/words': model } })
  world.answers.find = () => Promise.resolve(null)
  await world.ask(path, question, { headers })
  await world.settled()
  const again = await world.ask(path, question, { headers })
  expect(again.status).toBe(409)
  expect(asked).toHaveLength(1)
})

test('an answer that could not be stored has used its key all the same: it is charged once', async () => {
  const { model, asked } = sayingModel(said)
  const world = createChatWorld({ models: { 'fake/words': model } })
  world.answers.keep = () => Promise.reject(new Error('the bucket is away'))
  expect((await world.ask(path, question, { headers })).status).toBe(200)
  await world.settled()
  expect((await world.ask(path, question, { headers })).status).toBe(409)
  expect(asked).toHaveLength(1)
  expect(await world.charges()).toHaveLength(1)
})

test('the order in which a body was written does not make it another', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined, e: 1.5 })).toBe(
    canonicalJson({ e: 1.5, b: [1, { c: 'x', d: null }] }),
  )
  expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }))
})
