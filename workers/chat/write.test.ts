// A text that another service has written: charged when it is whole, and not at all otherwise.
import { expect, test } from 'vitest'
import type { WritingTask } from '#shared/contracts/writing'
import type { CatalogModel } from '#shared/contracts/model'
import { createTestClock } from '#shared/lib/clock'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { createTestTimers } from '#shared/metering/testing'
import { createPolicyCache } from '#shared/policy/policy-cache'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import type { CompleteContext } from './complete.ts'
import { createCircuits } from './routing/circuits.ts'
import { finish, sayingModel, words } from './testing.ts'
import { write } from './write.ts'

function worldOf(events: LanguageEvent[], models: CatalogModel[] = [words]) {
  const { model, asked } = sayingModel(events)
  const clock = createTestClock()
  const ledger = createInMemoryLedger({ clock, balanceMicros: 10_000 })
  const pending: Promise<unknown>[] = []
  const ctx: CompleteContext = {
    organizationId: 'org_1',
    policies: createPolicyCache(),
    platformRoutes: new Map(),
    random: () => 0,
    circuits: createCircuits(clock),
    known: () => Promise.resolve(),
    models: {
      faults: [],
      list: () => models,
      resolve: (id) => ({ model: models.find((each) => each.id === id) ?? words, language: model }),
    },
    ledger,
    payer: { kind: 'user', userId: 'usr_1', role: 'member' },
    signal: new AbortController().signal,
    waitUntil: (promise) => void pending.push(promise),
    clock,
    timers: createTestTimers(clock),
  }
  const task: WritingTask = {
    organizationId: 'org_1',
    payer: ctx.payer,
    requestId: 'req_1',
    service: 'images',
    scope: 'images',
    messages: [{ role: 'user', text: 'Say something.' }],
    maxTokens: 100,
  }
  return { ctx, task, ledger, asked, done: () => Promise.all(pending) }
}

const whole: LanguageEvent[] = [{ type: 'text-delta', text: 'one two' }, finish({ input_tokens: 10, output_tokens: 3 })]

test('a whole text is charged once, to the service that had it written', async () => {
  const { ctx, task, ledger, done } = worldOf(whole)
  expect(await write(task, ctx)).toEqual({ ok: true, text: 'one two', model: words.id, costMicros: 16 })
  await done()
  const { data } = await ledger.entries({ limit: 10 })
  expect(data.find(({ kind }) => kind === 'charge')).toMatchObject({
    kind: 'charge',
    amountMicros: -16,
    service: 'images',
    requestId: 'req_1',
  })
})

test.each([
  ['that was cut', [{ type: 'text-delta', text: 'one' }] as LanguageEvent[]],
  ['without a word', [finish({ input_tokens: 10, output_tokens: 3 })]],
])('a text %s costs nothing and holds nothing', async (_, events) => {
  const { ctx, task, ledger, done } = worldOf(events)
  expect(await write(task, ctx)).toMatchObject({ ok: false, code: 'problem', problem: { code: 'provider_error' } })
  await done()
  expect(await ledger.balance()).toEqual({ balanceMicros: 10_000, heldMicros: 0, availableMicros: 10_000 })
})

test('what the organization cannot pay for is not written, and said as data', async () => {
  const { ctx, task } = worldOf(whole)
  await ctx.ledger.admit({
    requestId: 'req_0',
    payer: ctx.payer,
    scope: 'chat',
    service: 'chat',
    model: words.id,
    provider: words.vendor,
    ceilingMicros: 9_999,
    floorMicros: 9_999,
    ttlMs: 60_000,
  })
  expect(await write(task, ctx)).toMatchObject({ ok: false, code: 'problem', problem: { code: 'credit_held' } })
})

test('the sandbox’s guide writes for nobody', async () => {
  const guide: CatalogModel = { ...words, id: 'riwaq/sandbox-guide', vendor: 'riwaq' }
  const { ctx, task, asked } = worldOf(whole, [guide])
  expect(await write(task, ctx)).toEqual({ ok: false, code: 'no_writer' })
  expect(await write({ ...task, model: guide.id }, ctx)).toEqual({ ok: false, code: 'no_writer' })
  expect(asked).toHaveLength(0)
})
