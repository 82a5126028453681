import { expect, test } from 'vitest'
import { translator } from '../../i18n/translate.ts'
import { lineWords } from './line-words.ts'

const team = { kind: 'plan', name: { en: 'Team', ar: 'الفِرق' } } as const
const line = {
  description: 'Unused time on 2 × Team after 02 Dec 2026',
  subject: team,
  amount_minor: -4_000,
  proration: true,
}

const inLanguage = (locale: string) => {
  const t = translator(locale)
  return (change: object = {}) => lineWords({ ...line, ...change }, { t, locale })
}

test('what is paid for is said in the reader’s language', () => {
  const [en, ar] = [inLanguage('en'), inLanguage('ar')]
  expect([en(), ar()]).toEqual(['Unused time on Team', 'المتبقي غير المستخدم من خطة الفِرق'])
  expect([en({ amount_minor: 8_000 }), ar({ amount_minor: 8_000 })]).toEqual([
    'The rest of the period on Team',
    'بقية الفترة على خطة الفِرق',
  ])
  expect([en({ proration: false }), ar({ proration: false })]).toEqual(['Team', 'الفِرق'])
})

test('what is nothing of ours is as Stripe says it', () => {
  const en = inLanguage('en')
  expect(en({ subject: null })).toBe(line.description)
  expect(en({ subject: { kind: 'overage', name: null } })).toBe('Use beyond the included credit')
})
