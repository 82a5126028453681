import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countsNothing, priceOf, promptTokens, unitPricesFor, units, type Price, type Usage } from './money.ts'

const price: Price = {
  prices: { input_tokens: 2_000_000, cached_input_tokens: 100_000, output_tokens: 10_000_000 },
  tiers: [
    {
      inputTokensAbove: 1000,
      prices: { input_tokens: 4_000_000, cached_input_tokens: 200_000, output_tokens: 15_000_000 },
    },
  ],
}

test('each unit is charged at its own price, rounded up once', () => {
  expect(priceOf(price, { input_tokens: 3, cached_input_tokens: 7, output_tokens: 2 })).toBe(27)
  expect(priceOf(price, { cached_input_tokens: 1 })).toBe(1)
  expect(priceOf(price, {})).toBe(0)
})

test('a long prompt moves the whole call to the dearer tier, cached tokens counted', () => {
  expect(unitPricesFor(price, { input_tokens: 1000 })).toBe(price.prices)
  expect(unitPricesFor(price, { input_tokens: 600, cached_input_tokens: 401 })).toBe(price.tiers![0]!.prices)
})

test('a unit without a price is refused, never guessed', () => {
  expect(() => priceOf(price, { reasoning_tokens: 1 })).toThrow('no price for reasoning_tokens')
  expect(() => priceOf(price, { input_tokens: -1 })).toThrow(RangeError)
  expect(() => priceOf(price, { input_tokens: 0.5 })).toThrow(RangeError)
})

test('rounding never loses and never adds a whole micro', () => {
  const counts = fc.record(Object.fromEntries(units.map((unit) => [unit, fc.nat({ max: 10_000_000 })])))
  const prices = fc.record(Object.fromEntries(units.map((unit) => [unit, fc.nat({ max: 200_000_000 })])))
  fc.assert(
    fc.property(counts, prices, (usage, each) => {
      const exact = units.reduce((sum, unit) => sum + BigInt((usage as Usage)[unit] ?? 0) * BigInt(each[unit] ?? 0), 0n)
      const charged = BigInt(priceOf({ prices: each }, usage)) * 1_000_000n
      return charged >= exact && charged - exact < 1_000_000n
    }),
  )
})

test('the prompt is what was read, however it was priced', () => {
  expect(promptTokens({ input_tokens: 1, cached_input_tokens: 2, cache_write_tokens: 3, output_tokens: 100 })).toBe(6)
  expect(countsNothing({ input_tokens: 0, output_tokens: 0 })).toBe(true)
  expect(countsNothing({ cached_input_tokens: 1 })).toBe(false)
})

test('plain numbers and big ones come to the same, up to the last micro', () => {
  const exactly = (count: number, each: number) => Number((BigInt(count) * BigInt(each) + 999_999n) / 1_000_000n)
  const count = fc.integer({ min: 0, max: 20_000_000 })
  fc.assert(
    fc.property(count, fc.integer({ min: 0, max: 2_000_000_000 }), (tokens, each) => {
      expect(priceOf({ prices: { input_tokens: each } }, { input_tokens: tokens })).toBe(exactly(tokens, each))
    }),
  )
  for (const tokens of [9_007_199_253, 9_007_199_254, 9_007_199_255, 90_071_992_547])
    for (const each of [999_999, 1_000_000, 1_000_001])
      expect(priceOf({ prices: { output_tokens: each } }, { output_tokens: tokens })).toBe(exactly(tokens, each))
})
