import { expect, test } from 'vitest'
import { priceOf } from '../lib/money.ts'
import { affordableOutputTokens, holdFor, priceableUsage, type CallSize } from './hold.ts'

const price = {
  prices: {
    input_tokens: 3_000_000,
    cached_input_tokens: 300_000,
    cache_write_tokens: 3_750_000,
    output_tokens: 15_000_000,
    reasoning_tokens: 15_000_000,
  },
}
const size: CallSize = { promptTokens: 80, promptTokensCeiling: 100, maxOutputTokens: 1_000, answers: 1 }

test('the hold covers the dearest way in which the call can be counted', () => {
  const { ceilingMicros } = holdFor({ price, size })
  for (const usage of [
    { input_tokens: 100, output_tokens: 1_000 },
    { cache_write_tokens: 100, reasoning_tokens: 1_000 },
    { cached_input_tokens: 50, cache_write_tokens: 50, output_tokens: 500, reasoning_tokens: 500 },
  ]) {
    expect(priceOf(price, usage)).toBeLessThanOrEqual(ceilingMicros)
  }
})

test('a dearer tier that the prompt may reach is held for, one beyond it is not', () => {
  const tiered = {
    ...price,
    tiers: [{ inputTokensAbove: 90, prices: { input_tokens: 6_000_000, output_tokens: 22_500_000 } }],
  }
  expect(holdFor({ price: tiered, size }).ceilingMicros).toBe(600 + 22_500)
  expect(holdFor({ price: tiered, size: { ...size, promptTokensCeiling: 90 } }).ceilingMicros).toBe(338 + 15_000)
})

test('sound in the prompt is held for at its own price, and a cache of an hour only where it was asked for', () => {
  const dear = {
    prices: { ...price.prices, audio_input_tokens: 32_000_000, cache_write_1h_tokens: 6_000_000 },
  }
  expect(holdFor({ price: dear, size: { ...size, audioTokensCeiling: 10 } }).ceilingMicros).toBe(375 + 320 + 15_000)
  expect(holdFor({ price: dear, size: { ...size, longCache: true } }).ceilingMicros).toBe(600 + 15_000)
  expect(holdFor({ price: dear, size }).ceilingMicros).toBe(375 + 15_000)
  expect(
    affordableOutputTokens({ price: dear, size: { ...size, audioTokensCeiling: 10 }, heldMicros: 375 + 320 + 150 }),
  ).toBe(10)
})

test('the floor is the prompt and a useful minimum, never more than was asked for', () => {
  expect(holdFor({ price, size }).floorMicros).toBe(375 + 32 * 15)
  expect(holdFor({ price, size: { ...size, maxOutputTokens: 5 } }).floorMicros).toBe(375 + 75)
})

test('what can be afforded never costs more than is held', () => {
  for (const answers of [1, 3]) {
    for (let heldMicros = 400; heldMicros < 20_000; heldMicros += 777) {
      const tokens = affordableOutputTokens({ price, size: { ...size, answers }, heldMicros })
      expect(tokens).toBeLessThanOrEqual(1_000)
      if (tokens > 1) expect(375 + tokens * answers * 15).toBeLessThanOrEqual(heldMicros)
    }
  }
  expect(affordableOutputTokens({ price, size, heldMicros: 15_375 })).toBe(1_000)
})

test('a model that costs nothing is not shortened', () => {
  const free = { prices: { input_tokens: 0, output_tokens: 0 } }
  expect(holdFor({ price: free, size })).toEqual({ ceilingMicros: 0, floorMicros: 0 })
  expect(affordableOutputTokens({ price: free, size, heldMicros: 0 })).toBe(1_000)
})

test('a unit without a price of its own is counted as what it is a kind of', () => {
  const plain = { prices: { input_tokens: 1, output_tokens: 2 } }
  expect(
    priceableUsage(plain, {
      input_tokens: 5,
      cached_input_tokens: 3,
      cache_write_tokens: 1,
      output_tokens: 2,
      reasoning_tokens: 4,
    }),
  ).toEqual({ input_tokens: 9, output_tokens: 6 })
  expect(priceableUsage(price, { cached_input_tokens: 3 })).toEqual({ cached_input_tokens: 3 })
})
