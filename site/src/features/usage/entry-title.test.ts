import { expect, test } from 'vitest'
import { translator } from '../../i18n/translate.ts'
import { entryTitle } from './entry-title.ts'

const t = translator('en')

test('a charge is called by its model, a grant by its reason', () => {
  expect(entryTitle({ kind: 'charge', model: 'openai/gpt-5', note: null }, t)).toBe('openai/gpt-5')
  expect(entryTitle({ kind: 'grant', model: null, note: 'For the pilot' }, t)).toBe('For the pilot')
  expect(entryTitle({ kind: 'refund', model: null, note: null }, t)).toBe('Refund')
})

test('the credit of a new account is called so in the reader’s language', () => {
  expect(entryTitle({ kind: 'grant', model: null, note: 'sign-up credit' }, translator('ar'))).toBe('رصيد ترحيبي')
})
