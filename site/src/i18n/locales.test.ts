import { expect, test } from 'vitest'
import { problemCodes } from '#shared/http/problems'
import { dictionaries, localeName, localeTags } from './locales.ts'

type Sentences = Record<string, string>

const sentencesOf = (locale: string): Sentences => {
  const { meta: _, ...sentences } = dictionaries[locale]!
  return sentences as Sentences
}

const english = sentencesOf('en')
const others = localeTags.filter((tag) => tag !== 'en')
const pluralForms = /_(zero|one|two|few|many|other)$/
const stemOf = (key: string) => key.replace(pluralForms, '')
const pluralStems = Object.keys(english)
  .filter((key) => key.endsWith('_other'))
  .map(stemOf)
const isPlural = (key: string) => pluralForms.test(key) && pluralStems.includes(stemOf(key))
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/{{\s*([\w-]+)\s*}}/g)].map((match) => match[1]))].sort()

const expectedKeys = (locale: string): string[] => {
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
  const plain = Object.keys(english).filter((key) => !isPlural(key))
  return [...plain, ...pluralStems.flatMap((stem) => forms.map((form) => `${stem}_${form}`))].sort()
}

test('there are English and Arabic, and each says its own name and direction', () => {
  expect(localeTags.slice(0, 2)).toEqual(['en', 'ar'])
  expect(dictionaries.ar?.meta).toEqual({ name: 'العربية', dir: 'rtl' })
  expect(localeName('en')).toBe('English')
})

test.each(localeTags)('%s has every sentence, every plural form, and nothing else', (locale) => {
  expect(Object.keys(sentencesOf(locale)).sort()).toEqual(expectedKeys(locale))
})

test.each(localeTags)('no sentence of %s is empty or has spaces around it', (locale) => {
  const bad = Object.entries(sentencesOf(locale)).filter(([, text]) => text === '' || text !== text.trim())
  expect(bad).toEqual([])
})

test('keys are flat, dotted and kebab-case; only codes and plural forms have underscores', () => {
  const bad = Object.keys(english).filter(
    (key) => !/^(problem\.[a-z_]+|[a-z0-9-]+(\.[a-z0-9-]+)+)$/.test(isPlural(key) ? stemOf(key) : key),
  )
  expect(bad).toEqual([])
})

test.each(others)('%s fills in the same placeholders as English', (locale) => {
  const sentences = sentencesOf(locale)
  const differing = Object.keys(sentences).filter((key) => {
    const source = isPlural(key) ? `${stemOf(key)}_other` : key
    const [own, wanted] = [placeholders(sentences[key]!), placeholders(english[source] ?? '')]
    // One, two and none are often words: the count may be left out, nothing else.
    const countMayBeAWord = isPlural(key) && !key.endsWith('_other')
    const keep = (names: (string | undefined)[]) => (countMayBeAWord ? names.filter((name) => name !== 'count') : names)
    return keep(own).join() !== keep(wanted).join()
  })
  expect(differing).toEqual([])
})

test.each(others)('%s is a translation: no sentence is left in English', (locale) => {
  const sentences = sentencesOf(locale)
  const isSentence = (text: string) => /[a-z]{2,} [a-z]{2,}/i.test(text.replace(/{{.*?}}/g, ''))
  expect(Object.keys(sentences).filter((key) => sentences[key] === english[key] && isSentence(english[key]!))).toEqual(
    [],
  )
})

test.each(others)('%s ends its sentences where English does', (locale) => {
  const sentences = sentencesOf(locale)
  const ends = (text: string) => /[.!?؟…]$/.test(text)
  const differing = Object.keys(sentences).filter(
    (key) => !isPlural(key) && ends(english[key] ?? '') !== ends(sentences[key]!),
  )
  expect(differing).toEqual([])
})

test.each(localeTags)('%s has a sentence for every error that the platform can answer with', (locale) => {
  const missing = Object.keys(problemCodes).filter((code) => !(`problem.${code}` in sentencesOf(locale)))
  expect(missing).toEqual([])
})
