import { expect, test } from 'vitest'
import { formatCompact, formatMoney, formatNumber, microsToDecimal } from './format-number.ts'

const visible = (text: string) => text.replace(/[\u200e\u200f\u061c]/g, '').replace(/\u00a0/g, ' ')

test('a price far below a cent keeps all its digits', () => {
  expect(formatMoney('en', 123)).toBe('$0.000123')
  expect(formatMoney('en', 1)).toBe('$0.000001')
})

test('an amount that a float cannot hold is shown as it is', () => {
  expect(formatMoney('en', 1_100_000)).toBe('$1.10')
  expect(formatMoney('en', 9_007_199_254_740_991)).toBe('$9,007,199,254.740991')
  expect(microsToDecimal(-50)).toBe('-0.000050')
})

test('a short amount never says more than there is', () => {
  expect(formatMoney('en', 1_999_999, 'short')).toBe('$1.99')
  expect(formatMoney('en', 4_567, 'short')).toBe('$0.0045')
  expect(formatMoney('en', 12, 'short')).toBe('$0.000012')
  expect(formatMoney('en', 0, 'short')).toBe('$0.00')
})

test('a charge reads as negative', () => {
  expect(formatMoney('en', -2_500)).toBe('-$0.0025')
})

test('Arabic shows money and counts in Latin digits', () => {
  expect(visible(formatMoney('ar', 1_250_000))).toBe('1.25 $')
  expect(visible(formatNumber('ar', 12_345))).toBe('12,345')
  expect(visible(formatCompact('en', 128_000))).toBe('128K')
})
