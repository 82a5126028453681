import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMoney, microsToDecimal } from '../i18n/format-number.ts'
import { readAmount, typedAmount } from './read-amount.ts'

const micros = fc.integer({ min: -(10 ** 15), max: 10 ** 15 })
const inArabic = (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit))).replace('.', '٫')

test('an amount that was written down is read back to the micro, in either script', () => {
  fc.assert(
    fc.property(micros, (amount) => {
      const written = microsToDecimal(amount)
      expect(readAmount(written, { least: -(10 ** 15) })).toEqual({ ok: true, micros: amount })
      expect(readAmount(inArabic(written), { least: -(10 ** 15) })).toEqual({ ok: true, micros: amount })
    }),
  )
})

test('an amount can be pasted back as the page shows it, thousands and all', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 15 }), fc.constantFrom('en', 'ar'), (amount, locale) => {
      expect(readAmount(formatMoney(locale, amount))).toEqual({ ok: true, micros: amount })
    }),
  )
})

test('Arabic separators and digits are read: ١٬٢٣٤٫٥', () => {
  expect(readAmount('١٬٢٣٤٫٥')).toEqual({ ok: true, micros: 1_234_500_000 })
  expect(readAmount('۰٫۲۵ $')).toEqual({ ok: true, micros: 250_000 })
})

test('a decimal comma is never taken for thousands', () => {
  for (const text of ['0,125', '12,5', '1234,567', '0٬500', '1,2345']) {
    expect(readAmount(text)).toEqual({ ok: false, fault: 'amount-unreadable' })
  }
  expect(readAmount('1,250')).toEqual({ ok: true, micros: 1_250_000_000 })
})

test('an amount that a field is filled with is read back unchanged', () => {
  expect(typedAmount(20_000_000)).toBe('20')
  expect(typedAmount(0)).toBe('0')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 15 }), (amount) => {
      expect(readAmount(typedAmount(amount))).toEqual({ ok: true, micros: amount })
    }),
  )
})

test('every refusal says why', () => {
  const fault = (text: string) => readAmount(text, { least: 1 })
  expect(fault(' ')).toEqual({ ok: false, fault: 'amount-missing' })
  expect(fault('ten')).toEqual({ ok: false, fault: 'amount-unreadable' })
  expect(fault('.')).toEqual({ ok: false, fault: 'amount-unreadable' })
  expect(fault('0.0000001')).toEqual({ ok: false, fault: 'amount-too-fine' })
  expect(fault('0')).toEqual({ ok: false, fault: 'amount-too-small' })
  expect(fault('-5')).toEqual({ ok: false, fault: 'amount-too-small' })
  expect(fault('9999999999999999')).toEqual({ ok: false, fault: 'amount-too-large' })
  expect(fault('1000000001')).toEqual({ ok: false, fault: 'amount-too-large' })
})

test('whatever is typed, the answer is an exact amount or a reason', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789٠١٥٩.,٫٬-−$ x') }), (text) => {
      const reading = readAmount(text)
      if (reading.ok) expect(Number.isSafeInteger(reading.micros)).toBe(true)
      else expect(reading.fault).toMatch(/^amount-/)
    }),
  )
})
