import { expect, test } from 'vitest'
import { parseMicros, parseNumber, toLatinDigits } from './parse-number.ts'

test('Arabic and Persian digits are numbers', () => {
  expect(parseNumber('١٢٣')).toBe(123)
  expect(parseNumber('۱۲۳٫۵')).toBe(123.5)
  expect(toLatinDigits('رمز ٤٥٦')).toBe('رمز 456')
})

test('separators of both scripts group thousands', () => {
  expect(parseNumber('1,234,567')).toBe(1_234_567)
  expect(parseNumber('١٬٢٣٤')).toBe(1234)
})

test('what is not a number is not guessed', () => {
  for (const text of ['', 'abc', '1.2.3', '12x', '1,2', '-']) expect(parseNumber(text)).toBeNull()
})

test('an amount becomes micros without a fraction in between', () => {
  expect(parseMicros('0.1')).toBe(100_000)
  expect(parseMicros('$ 12.345678')).toBe(12_345_678)
  expect(parseMicros('٥٫٢٥')).toBe(5_250_000)
  expect(parseMicros('-.5')).toBe(-500_000)
})

test('an amount finer than a micro, or larger than can be counted, is refused', () => {
  expect(parseMicros('0.0000001')).toBeNull()
  expect(parseMicros('99999999999999')).toBeNull()
  expect(parseMicros('0.1000000')).toBe(100_000)
})
