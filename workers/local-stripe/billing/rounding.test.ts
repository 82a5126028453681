import { expect, test } from 'vitest'
import { amountOf, roundedQuotient } from './rounding.ts'

test('half a cent goes away from zero in both directions', () => {
  expect(roundedQuotient({ numerator: 5n, denominator: 10n })).toBe(1)
  expect(roundedQuotient({ numerator: -5n, denominator: 10n })).toBe(-1)
  expect(roundedQuotient({ numerator: 4n, denominator: 10n })).toBe(0)
  expect(roundedQuotient({ numerator: 2599n, denominator: 2n })).toBe(1300)
})

test('a price of a fraction of a cent is exact over any quantity', () => {
  expect(amountOf({ unitAmountDecimal: '0.0001', quantity: 12_345_678 })).toBe(1235)
  expect(amountOf({ unitAmountDecimal: '0.0001', quantity: 4999 })).toBe(0)
  expect(amountOf({ unitAmountDecimal: '0.0001', quantity: 5000 })).toBe(1)
  expect(amountOf({ unitAmountDecimal: '2000', quantity: 3 })).toBe(6000)
  expect(amountOf({ unitAmountDecimal: '1.5', quantity: 0 })).toBe(0)
})
