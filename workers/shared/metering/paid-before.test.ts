import { expect, test } from 'vitest'
import { chargeFor, nothingYet } from './charge.ts'
import { sumOf, withoutPaid } from './paid-before.ts'

test('a prompt that was paid for is taken off the prompt, the plain tokens first', () => {
  const usage = { input_tokens: 30, cached_input_tokens: 50, output_tokens: 7, reasoning_tokens: 2 }
  expect(withoutPaid(usage, { input_tokens: 40 })).toEqual({
    input_tokens: 0,
    cached_input_tokens: 40,
    output_tokens: 7,
    reasoning_tokens: 2,
  })
})

test('more than is counted is not given back', () => {
  expect(withoutPaid({ input_tokens: 5, output_tokens: 1 }, { input_tokens: 9 })).toEqual({
    input_tokens: 0,
    output_tokens: 1,
  })
})

test('an answer that was paid for and never seen is taken off as well', () => {
  expect(withoutPaid({ input_tokens: 5, output_tokens: 8 }, { input_tokens: 5, output_tokens: 3 })).toEqual({
    input_tokens: 0,
    output_tokens: 5,
  })
})

test('what was paid adds up', () => {
  expect(sumOf({ input_tokens: 5 }, { input_tokens: 1, output_tokens: 2 })).toEqual({
    input_tokens: 6,
    output_tokens: 2,
  })
})

test('the size of the whole call decides its price, whoever has paid for a part of it', () => {
  const price = {
    prices: { input_tokens: 1_000_000, output_tokens: 1_000_000 },
    tiers: [{ inputTokensAbove: 100, prices: { input_tokens: 2_000_000, output_tokens: 3_000_000 } }],
  }
  const usage = { input_tokens: 150, output_tokens: 10 }
  const charge = chargeFor({
    ending: 'complete',
    tally: { ...nothingYet, usage },
    price,
    listPrice: price,
    promptTokens: 150,
    heldMicros: 10_000,
    paidBefore: { input_tokens: 140 },
  })
  expect(charge).toMatchObject({ amountMicros: 50, costMicros: 330, usage: { input_tokens: 10, output_tokens: 10 } })
})
