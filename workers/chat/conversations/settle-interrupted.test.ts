import { expect, test } from 'vitest'
import { silentLogger } from '#shared/http/log'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { sampleAdmission } from '#shared/metering/ledger-samples'
import { settleInterrupted } from './settle-interrupted.ts'

const price = { prices: { input_tokens: 1_000_000, output_tokens: 2_000_000 } }
const timers = { after: () => () => {}, wait: async () => {} }
const message = { content: 'four words of text', reasoning: null }

async function createWorld() {
  const ledger = createInMemoryLedger({ balanceMicros: 1_000_000 })
  await ledger.admit(sampleAdmission({ requestId: 'req_1', ceilingMicros: 10_000, floorMicros: 10 }))
  const settle = (change: object = {}) =>
    settleInterrupted({
      requestId: 'req_1',
      promptTokens: 100,
      message,
      price,
      listPrice: price,
      ledger,
      logger: silentLogger,
      timers,
      ...change,
    })
  return { ledger, settle }
}

test('an answer that a crash cut is charged for its prompt and for the words that arrived, once', async () => {
  const { ledger, settle } = await createWorld()
  const charged = await settle()
  expect(charged.usage).toMatchObject({ input_tokens: 100, output_tokens: 5 })
  expect(charged.costMicros).toBe(110)
  expect(await settle()).toMatchObject({ costMicros: 110 })
  expect(await ledger.balance()).toMatchObject({ balanceMicros: 1_000_000 - 110, heldMicros: 0 })
})

test('an answer of which nothing had arrived costs nothing, and its hold ends', async () => {
  const silent = await createWorld()
  expect(await silent.settle({ message: { content: '', reasoning: null } })).toEqual({ usage: null, costMicros: 0 })
  expect(await silent.ledger.balance()).toMatchObject({ balanceMicros: 1_000_000, heldMicros: 0 })
  const unasked = await createWorld()
  expect(await unasked.settle({ promptTokens: undefined })).toEqual({ usage: null, costMicros: 0 })
  expect(await unasked.ledger.balance()).toMatchObject({ heldMicros: 0 })
})

test('a ledger that cannot be told leaves the price open instead of guessing it', async () => {
  const { ledger, settle } = await createWorld()
  ledger.failWith(new Error('unreachable'))
  expect(await settle()).toEqual({ usage: null, costMicros: null })
})

test('where there never was a hold nothing is charged', async () => {
  const { settle } = await createWorld()
  expect(await settle({ requestId: 'req_other' })).toEqual({ usage: null, costMicros: 0 })
})
