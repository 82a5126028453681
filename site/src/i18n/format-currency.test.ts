import { expect, test } from 'vitest'
import { currencyName, formatMinor, minorDigits, minorToDecimal } from './format-currency.ts'

const visible = (text: string) => text.replace(/[\u200e\u200f\u061c]/g, '').replace(/\u00a0/g, ' ')

test('a yen has no fraction, a dollar has cents, a dinar of the Gulf has a thousand fils', () => {
  expect(['jpy', 'krw', 'usd', 'sar', 'kwd', 'bhd', 'omr'].map(minorDigits)).toEqual([0, 0, 2, 2, 3, 3, 3])
})

test('what Stripe counts in hundredths is shown in hundredths, whatever the language’s own rule is', () => {
  expect(visible(formatMinor('en', 150_000, 'isk'))).toBe('ISK 1,500.00')
  expect(visible(formatMinor('en', 150_000, 'ugx'))).toBe('UGX 1,500.00')
})

test('digits are moved and never divided', () => {
  expect(minorToDecimal(7, 'kwd')).toBe('0.007')
  expect(minorToDecimal(-5, 'usd')).toBe('-0.05')
  expect(minorToDecimal(0, 'jpy')).toBe('0')
  expect(minorToDecimal(99_999_999, 'bhd')).toBe('99999.999')
})

test('an amount carries its own currency, so that no two can be mistaken', () => {
  expect(visible(formatMinor('en', 2_000, 'usd'))).toBe('$20.00')
  expect(visible(formatMinor('en', 6_150, 'kwd'))).toBe('KWD 6.150')
  expect(visible(formatMinor('en', 3_000, 'jpy'))).toBe('¥3,000')
  expect(visible(formatMinor('ar', 7_500, 'sar'))).toBe('75.00 ر.س.')
  expect(visible(formatMinor('ar', -6_150, 'kwd'))).toBe('-6.150 د.ك.')
})

test('on the page of plans a whole price stands without zeros, and a broken one with all of its digits', () => {
  expect(visible(formatMinor('en', 2_000, 'usd', { whole: true }))).toBe('$20')
  expect(visible(formatMinor('en', 1_950, 'usd', { whole: true }))).toBe('$19.50')
})

test('a currency is named in the reader’s language', () => {
  expect(currencyName('en', 'sar')).toBe('Saudi Riyal')
  expect(currencyName('ar', 'sar')).toBe('ريال سعودي')
})

test('letters and sign of a currency stay together within Arabic', () => {
  expect(formatMinor('ar', -6_000, 'usd').endsWith('US$\u200e')).toBe(true)
  expect(formatMinor('en', 2_000, 'usd')).toBe('$20.00')
})
