import { expect, test } from 'vitest'
import { dictionaries } from './locales.ts'
import { hasKey, translator } from './translate.ts'

test('a sentence is said in the language asked for', () => {
  expect(translator('en')('shell.balance')).toBe('Balance')
  expect(translator('ar')('shell.balance')).toBe('الرصيد')
})

test('what is filled in is filled in as it is, also where it looks like markup', () => {
  expect(translator('en')('ui.type-to-confirm', { text: '<Acme & Co>' })).toBe('Type <Acme & Co> to confirm')
})

test('numbers within a sentence are written as the language writes them', () => {
  expect(translator('en')('ui.type-to-confirm', { text: 12_345 })).toBe('Type 12,345 to confirm')
})

test('a key from outside is only used where there is a sentence', () => {
  expect(hasKey('en', 'problem.not_found')).toBe(true)
  expect(hasKey('en', 'problem.weather')).toBe(false)
  expect(Object.keys(dictionaries)).toContain('en')
})
