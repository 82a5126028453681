import { expect, test } from 'vitest'
import { chargeFor, nothingYet, type Ending, type Tally } from './charge.ts'

const price = { prices: { input_tokens: 1_000_000, output_tokens: 2_000_000 } }
const charge = (ending: Ending, tally: Partial<Tally>, heldMicros = 1_000) =>
  chargeFor({ ending, tally: { ...nothingYet, ...tally }, price, listPrice: price, promptTokens: 20, heldMicros })

test('what the provider counted is charged, however the call ended', () => {
  for (const ending of ['complete', 'cut', 'left', 'failed'] as const) {
    expect(charge(ending, { usage: { input_tokens: 10, output_tokens: 5 } })).toMatchObject({
      amountMicros: 20,
      estimated: false,
    })
  }
})

test('without a count, the prompt and what was passed on are charged and marked', () => {
  for (const ending of ['cut', 'left'] as const) {
    expect(charge(ending, { delivered: true, outputTokens: 7 })).toMatchObject({
      amountMicros: 34,
      usage: { input_tokens: 20, output_tokens: 7 },
      estimated: true,
    })
  }
})

test('the provider’s count of the prompt goes before ours', () => {
  expect(charge('cut', { delivered: true, outputTokens: 7, promptUsage: { input_tokens: 50 } })).toMatchObject({
    amountMicros: 64,
    estimated: true,
  })
})

test('a complete answer that nobody counted is not free, be it ever so short', () => {
  expect(charge('complete', {})).toMatchObject({ amountMicros: 20, estimated: true })
})

test('nothing delivered and nothing counted costs nothing', () => {
  for (const ending of ['cut', 'left', 'failed'] as const) expect(charge(ending, {})).toBeNull()
  // It had begun to count, then broke off itself before a word came.
  expect(charge('cut', { promptUsage: { input_tokens: 50 } })).toBeNull()
})

test('a caller who leaves before the first word pays for the prompt that the provider had counted', () => {
  expect(charge('left', { promptUsage: { input_tokens: 50 } })).toMatchObject({ amountMicros: 50, estimated: true })
})

test('a caller who leaves a provider that has begun, before its first word, pays for the prompt', () => {
  expect(charge('left', { begun: true })).toMatchObject({
    amountMicros: 20,
    usage: { input_tokens: 20 },
    estimated: true,
  })
  // Where it is the provider that breaks off, it costs nothing.
  expect(charge('cut', { begun: true })).toBeNull()
})

test('more than was held is never charged, and a provider who counts more is noticed', () => {
  expect(charge('complete', { usage: { input_tokens: 10, output_tokens: 5_000 } })).toMatchObject({
    amountMicros: 1_000,
    underheld: true,
  })
  expect(charge('left', { delivered: true, outputTokens: 5_000 })).toMatchObject({
    amountMicros: 1_000,
    underheld: false,
  })
})

test('what the provider takes is its list price in whole, whatever is charged or was held', () => {
  const listPrice = { prices: { input_tokens: 400_000, output_tokens: 700_000 } }
  const about = { ending: 'complete', price, promptTokens: 20 } as const
  const tally = { ...nothingYet, usage: { input_tokens: 10, output_tokens: 5 } }
  expect(chargeFor({ ...about, tally, listPrice, heldMicros: 1_000 })).toMatchObject({
    amountMicros: 20,
    costMicros: 8,
  })
  expect(chargeFor({ ...about, tally, listPrice, heldMicros: 3 })).toMatchObject({ amountMicros: 3, costMicros: 8 })
  expect(chargeFor({ ...about, tally, listPrice: null, heldMicros: 1_000 })).toMatchObject({ costMicros: 0 })
})

test('a kind of token without a list price of its own costs what it is a kind of', () => {
  const tally = { ...nothingYet, usage: { cached_input_tokens: 10, reasoning_tokens: 5 } }
  expect(
    chargeFor({ ending: 'complete', price, listPrice: price, promptTokens: 20, heldMicros: 1_000, tally }),
  ).toMatchObject({ amountMicros: 20, costMicros: 20 })
})
