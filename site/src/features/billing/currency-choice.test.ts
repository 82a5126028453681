import { expect, test } from 'vitest'
import { currencyFor, rememberCurrency, rememberedCurrency } from './currency-choice.ts'

const offered = ['usd', 'eur', 'sar', 'kwd']

test('a reader from Kuwait sees dinars first, one from France euros', () => {
  expect(currencyFor({ offered, remembered: null, languages: ['ar-KW', 'en'] })).toBe('kwd')
  expect(currencyFor({ offered, remembered: null, languages: ['fr-FR'] })).toBe('eur')
})

test('what was chosen before comes first, unless it is no longer offered', () => {
  expect(currencyFor({ offered, remembered: 'eur', languages: ['ar-SA'] })).toBe('eur')
  expect(currencyFor({ offered, remembered: 'jpy', languages: ['ar-SA'] })).toBe('sar')
})

test('a language without a region names no country: the operator’s own order decides', () => {
  expect(currencyFor({ offered, remembered: null, languages: ['ar', 'en'] })).toBe('usd')
  expect(currencyFor({ offered, remembered: null, languages: ['not a language', 'ar-SA'] })).toBe('sar')
  expect(currencyFor({ offered: [], remembered: null, languages: ['ar-SA'] })).toBeNull()
})

test('a browser that refuses storage still shows prices', () => {
  const refusing = {
    getItem: (): string | null => {
      throw new Error('refused')
    },
    setItem: () => {
      throw new Error('refused')
    },
  }
  expect(rememberedCurrency(refusing)).toBeNull()
  expect(() => rememberCurrency('sar', refusing)).not.toThrow()
})

test('a choice is found again', () => {
  const kept = new Map<string, string>()
  const store = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  }
  rememberCurrency('sar', store)
  expect(rememberedCurrency(store)).toBe('sar')
})
