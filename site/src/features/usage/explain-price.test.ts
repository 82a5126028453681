import fc from 'fast-check'
import { expect, test } from 'vitest'
import { priceOf, units } from '#shared/lib/money'
import { explainPrice, picosToDecimal } from './explain-price.ts'

test('a charge is explained line by line and rounded up once', () => {
  const explained = explainPrice({
    amount_micros: -186,
    usage: { input_tokens: 1_234, output_tokens: 0 },
    price: { input_tokens: 150_000, output_tokens: 600_000 },
  })
  expect(explained?.lines).toEqual([
    { unit: 'input_tokens', count: 1_234, pricePerMillion: 150_000, picos: 185_100_000n },
  ])
  expect(explained).toMatchObject({ totalMicros: 186, rounded: true, chargedMicros: 186, capped: false })
})

test('the explanation always ends at what the ledger charges', () => {
  const count = fc.integer({ min: 0, max: 10_000_000 })
  const each = fc.integer({ min: 0, max: 500_000_000 })
  const record = (arbitrary: fc.Arbitrary<number>) =>
    fc.record(Object.fromEntries(units.map((unit) => [unit, arbitrary])))
  fc.assert(
    fc.property(record(count), record(each), (usage, prices) => {
      const charged = priceOf({ prices }, usage)
      const explained = explainPrice({ amount_micros: -charged, usage, price: prices })
      if (explained === null) expect(charged).toBe(0)
      else expect(explained).toMatchObject({ totalMicros: charged, capped: false })
    }),
  )
})

test('a charge that was capped by its hold says so', () => {
  const explained = explainPrice({
    amount_micros: -5,
    usage: { output_tokens: 10 },
    price: { output_tokens: 1_000_000 },
  })
  expect(explained).toMatchObject({ totalMicros: 10, chargedMicros: 5, capped: true })
})

test('a grant has no price to explain', () => {
  expect(explainPrice({ amount_micros: 1_000_000, usage: null, price: null })).toBeNull()
  expect(explainPrice({ amount_micros: 0, usage: {}, price: { input_tokens: 1 } })).toBeNull()
})

test('amounts finer than a micro are written exactly', () => {
  expect(picosToDecimal(185_100_000n)).toBe('0.0001851')
  expect(picosToDecimal(1n)).toBe('0.000000000001')
  expect(picosToDecimal(2_000_000_000_000n)).toBe('2')
})
