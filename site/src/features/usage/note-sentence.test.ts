import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { localeTags } from '../../i18n/locales.ts'
import { translator } from '../../i18n/translate.ts'
import { noteSentence } from './note-sentence.ts'

const sourceOf = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8')
const written = [
  ...sourceOf('durable-objects/ledger/settlement.ts').matchAll(/'(late-[a-z-]+)'|note: '(abandoned)'/g),
  ...sourceOf('workers/auth/sign-up-credit.ts').matchAll(/note: '([^']+)'/g),
].map((match) => match[1] ?? match[2]!)

test('the notes of the platform are these', () => {
  expect(new Set(written)).toEqual(
    new Set(['sign-up credit', 'abandoned', 'late-release', 'late-settlement', 'late-settlement-capped']),
  )
})

test.each(localeTags)('every note that the platform writes is a sentence in %s', (locale) => {
  for (const note of written) expect(noteSentence(note, translator(locale))).not.toBe(note)
})

test('what an operator wrote is shown as it is', () => {
  const t = translator('ar')
  expect(noteSentence('For the pilot', t)).toBe('For the pilot')
  expect(noteSentence('toString', t)).toBe('toString')
  expect(noteSentence(null, t)).toBeNull()
})
