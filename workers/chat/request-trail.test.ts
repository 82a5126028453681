// What the request log is told of each call, however it ends.
import { expect, test } from 'vitest'
import { defaultPolicy } from '#shared/contracts/policy'
import { Problem } from '#shared/http/problems'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import type { LoggedOutcome, LoggedRequest } from './hooks.ts'
import { createChatWorld, finish, organizationId, sayingModel, type WorldSeed } from './testing.ts'

const path = '/v1/chat/completions'
const question = { model: 'fake/words', messages: [{ role: 'user', content: 'Say something.' }] }
const usage = { input_tokens: 10, output_tokens: 3 }
const said: LanguageEvent[] = [{ type: 'text-delta', text: 'one' }, finish(usage)]

function worldOf(more: Partial<WorldSeed> = {}) {
  const requests: LoggedRequest[] = []
  const outcomes: LoggedOutcome[] = []
  const seen: string[] = []
  const world = createChatWorld({
    models: { 'fake/words': sayingModel(said).model },
    ...more,
    outside: {
      requestLogOf: () => (request) => {
        requests.push(request)
        return {
          record: (bytes) => void seen.push(new TextDecoder().decode(bytes)),
          end: async (outcome) => void outcomes.push(outcome),
        }
      },
    },
  })
  const policy = { ...defaultPolicy, request_log: { sample_percent: 100, content: 'full' as const, retention_days: 1 } }
  const ready = world.ledger.setPolicy({ policy })
  const ask = async (body: object = {}, asking: Parameters<typeof world.ask>[2] = {}) => {
    world.policies.keep(organizationId, await ready)
    const response = await world.ask(path, { ...question, ...body }, asking)
    const text = await response.text().catch(() => '')
    await world.settled()
    return text
  }
  return { ...world, request: ask, requests, outcomes, seen }
}

test.each([false, true])('an answer, with what it cost and what was sent (stream: %s)', async (stream) => {
  const world = worldOf()
  const text = await world.request({ stream, models: ['fake/words'] })
  expect(world.requests).toMatchObject([{ organizationId, path, asked: 'fake/words', streams: stream }])
  expect(world.requests[0]!.body).not.toHaveProperty('models')
  expect(world.outcomes).toMatchObject([
    {
      status: 200,
      code: null,
      model: 'fake/words',
      provider: 'compatible',
      attempts: 1,
      cache: null,
      replayed: false,
      ending: 'complete',
      usage,
      amountMicros: 16,
      estimated: false,
    },
  ])
  expect(world.seen.join('')).toBe(text)
})

test('a vendor that failed, with how often it was asked', async () => {
  const failing = sayingModel(() => {
    throw new Problem('provider_overloaded', 'no')
  })
  const world = worldOf({ models: { 'fake/words': failing.model } })
  await world.request()
  expect(world.outcomes).toMatchObject([
    { status: 503, code: 'provider_overloaded', attempts: 3, ending: 'failed', amountMicros: 0, firstByteMs: null },
  ])
})

test('a refusal, without a provider', async () => {
  const world = worldOf({ balanceMicros: 1 })
  await world.request()
  expect(world.outcomes).toMatchObject([
    { status: 402, code: 'insufficient_credits', provider: null, attempts: 0, ending: null },
  ])
})

test('a replay and an answer from the cache', async () => {
  const world = worldOf()
  const headers = { 'idempotency-key': 'k', 'x-riwaq-cache': 'use' }
  await world.request({}, { headers })
  await world.request({}, { headers })
  await world.request({}, { headers: { 'x-riwaq-cache': 'use' } })
  expect(world.outcomes).toMatchObject([
    { cache: 'miss', replayed: false },
    { cache: null, replayed: true, ending: null, amountMicros: 0 },
    { cache: 'hit', replayed: false, attempts: 0, provider: null, usage },
  ])
})

test('nothing where the organization keeps no log, or nothing at all', async () => {
  for (const change of [{}, { zero_retention: true }]) {
    const world = worldOf()
    await world.request()
    await world.ledger.setPolicy({ policy: { ...defaultPolicy, ...change } })
    await world.request()
    expect(world.requests).toHaveLength(1)
  }
})

test('nothing of somebody whom nobody knows', async () => {
  const world = worldOf()
  const stranger = { kind: 'key-claim', organizationId, keyId: 'key_nobody0001', secretHash: 'f'.repeat(64) } as const
  await world.request({}, { principal: stranger })
  await world.request({ model: 'nobody/knows' }, { principal: stranger })
  expect(world.requests).toEqual([])
})

test('a log that fails is no failure of the call', async () => {
  const world = createChatWorld({
    models: { 'fake/words': sayingModel(said).model },
    outside: { requestLogOf: () => () => ({ end: () => Promise.reject(new Error('away')) }) },
  })
  const request_log = { sample_percent: 100, content: 'none' as const, retention_days: 1 }
  await world.ledger.setPolicy({ policy: { ...defaultPolicy, request_log } })
  const response = await world.ask(path, question)
  expect(response.status).toBe(200)
  await world.settled()
  expect(await world.charges()).toHaveLength(1)
})
