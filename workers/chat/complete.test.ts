// A metered answer as events, for the parts of the platform that ask a model themselves.
import { expect, test } from 'vitest'
import { createTestClock } from '#shared/lib/clock'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { createTestTimers } from '#shared/metering/testing'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import { complete, type CompleteContext } from './complete.ts'
import { createCircuits } from './routing/circuits.ts'
import { createPolicyCache } from '#shared/policy/policy-cache'
import { finish, sayingModel, words } from './testing.ts'

const request = { messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Say something.' }] }] }
const said: LanguageEvent[] = [
  { type: 'text-delta', text: 'one ' },
  { type: 'text-delta', text: 'two' },
  finish({ input_tokens: 10, output_tokens: 3 }),
]

const routing = () => ({
  organizationId: 'org_1',
  policies: createPolicyCache(),
  platformRoutes: new Map(),
  random: () => 0,
  circuits: createCircuits(() => 0),
  known: () => Promise.resolve(),
})

async function collect(events: AsyncIterable<LanguageEvent>): Promise<LanguageEvent[]> {
  const all: LanguageEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

function worldOf(events: Parameters<typeof sayingModel>[0]) {
  const { model, asked } = sayingModel(events)
  const clock = createTestClock()
  const ledger = createInMemoryLedger({ clock, balanceMicros: 10_000 })
  const stop = new AbortController()
  const pending: Promise<unknown>[] = []
  const ctx: CompleteContext = {
    ...routing(),
    models: { faults: [], list: () => [words], resolve: () => ({ model: words, language: model }) },
    ledger,
    payer: { kind: 'user', userId: 'usr_1', role: 'member' },
    signal: stop.signal,
    waitUntil: (promise) => void pending.push(promise),
    clock,
    timers: createTestTimers(clock),
  }
  const ask = () => complete({ input: { requestId: 'req_1', model: words.id, request, service: 'chat' }, ctx })
  return { ask, ledger, stop, asked, done: () => Promise.all(pending) }
}

test('an answer that is read to its end is settled before its last event is seen', async () => {
  const world = worldOf(said)
  const { events, settled, model } = await world.ask()
  expect(await collect(events)).toEqual(said)
  expect(await settled).toEqual({ amountMicros: 16, usage: { input_tokens: 10, output_tokens: 3 }, estimated: false })
  expect(model.id).toBe('fake/words')
  await world.done()
  expect(await world.ledger.balance()).toMatchObject({ balanceMicros: 9_984, heldMicros: 0 })
})

test('a reader who stops in the middle pays for what was passed on', async () => {
  const world = worldOf(said)
  const { events, settled } = await world.ask()
  for await (const _ of events) break
  expect(await settled).toMatchObject({ estimated: true })
  await world.done()
  expect(world.ledger.liveHolds()).toEqual([])
})

test('“stop” ends also a provider who says nothing', async () => {
  const world = worldOf(async function* () {
    yield said[0]!
    await new Promise(() => {})
  })
  const { events, settled } = await world.ask()
  const iterator = events[Symbol.asyncIterator]()
  await iterator.next()
  const waiting = iterator.next()
  world.stop.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'client_closed_request' })
  expect(await settled).toMatchObject({ estimated: true })
})

test('a provider that breaks off is thrown as a problem, and what came is charged', async () => {
  const world = worldOf([said[0]!])
  const { events, settled } = await world.ask()
  await expect(collect(events)).rejects.toMatchObject({ code: 'provider_error' })
  expect((await settled).amountMicros).toBeGreaterThan(0)
})

test('a provider that refuses costs nothing', async () => {
  const world = worldOf(() => {
    throw new Error('refused')
  })
  await expect(world.ask()).rejects.toThrow('refused')
  await world.done()
  expect(await world.ledger.balance()).toMatchObject({ balanceMicros: 10_000, heldMicros: 0 })
})

test('what nobody reads does not hold credit beyond its deadline', async () => {
  const { model } = sayingModel(said)
  const clock = createTestClock()
  const timers = createTestTimers(clock)
  const ledger = createInMemoryLedger({ clock, balanceMicros: 10_000 })
  const ctx = {
    ...routing(),
    models: { faults: [], list: () => [], resolve: () => ({ model: words, language: model }) },
    ledger,
    payer: { kind: 'user', userId: 'usr_1', role: 'member' },
    signal: new AbortController().signal,
    waitUntil: () => {},
    clock,
    timers,
  } as CompleteContext
  const { settled } = await complete({ input: { requestId: 'req_1', model: words.id, request, service: 'chat' }, ctx })
  await timers.pass(120_000)
  await timers.pass(1_000)
  expect(await settled).toMatchObject({ amountMicros: 0 })
  expect(ledger.liveHolds()).toEqual([])
})
