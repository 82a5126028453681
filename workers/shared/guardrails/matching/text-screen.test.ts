// However a text is cut, the same of it is passed on, and the same is found.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Guardrail } from '#shared/contracts/policy'
import { createChain } from '../chain.ts'
import { samples } from '../samples.ts'
import { createTextScreen, type Finding, type RuleAction } from './text-screen.ts'

const everything = (action: RuleAction): Guardrail[] => [
  { type: 'words', words: ['خمر', 'بنك الراجحي', 'secret project', 'كلمة', 'ال', 'bad'], action, stage: 'both' },
  {
    type: 'personal-data',
    kinds: ['email', 'phone', 'card', 'iban', 'national-id', 'ip-address'],
    action,
    stage: 'both',
  },
  { type: 'secrets', kinds: ['api-key', 'private-key', 'token', 'password'], action, stage: 'both' },
]
const masking = createChain(everything('mask')).input.rules
const mixed = createChain([everything('mask')[0]!, everything('flag')[1]!, everything('block')[2]!]).input.rules

function screened(rules: typeof masking, pieces: readonly string[]) {
  const findings: Finding[] = []
  const screen = createTextScreen({ rules, tell: (finding) => findings.push(finding) })
  let longest = 0
  let given = 0
  let text = ''
  for (const piece of pieces) {
    given += piece.length
    text += screen.push(piece)
    longest = Math.max(longest, given)
  }
  text += screen.end()
  const blocked = screen.blocked()
  return { text, blocked: blocked && [blocked.rule.guardrail, blocked.kind], findings }
}

const namesOf = (findings: Finding[]) =>
  findings
    .filter(({ rule }) => rule.action !== 'flag')
    .map(({ kind }) => kind)
    .toSorted()

const fragments = fc.oneof(
  fc.constantFrom(...samples),
  fc.constantFrom(...samples).chain((sample) => fc.nat(sample.length).map((length) => sample.slice(0, length))),
  fc.constantFrom(...samples).chain((sample) => fc.nat(sample.length).map((start) => sample.slice(start))),
  fc.constantFrom(
    ' ',
    '\n',
    '.',
    ', ',
    ':',
    '"',
    "'",
    '(',
    ')',
    '+',
    '-',
    '@',
    'و',
    'ال',
    'َ',
    'ـ',
    '\u200f',
    '𝐚',
    '4111',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
)
const texts = fc.array(fragments, { maxLength: 8 }).map((parts) => parts.join(''))

function cut(text: string, places: readonly number[]): string[] {
  const sorted = [0, ...places.map((place) => place % (text.length + 1)), text.length].toSorted((a, b) => a - b)
  return sorted.slice(1).map((place, at) => text.slice(sorted[at], place))
}

test.each([
  ['what is masked', masking],
  ['what is blocked', mixed],
])('however a text is cut, %s is the same', (_, rules) => {
  fc.assert(
    fc.property(texts, fc.array(fc.nat(), { maxLength: 12 }), (text, places) => {
      const whole = screened(rules, [text])
      for (const pieces of [cut(text, places), text.split(''), cut(text, [1, text.length - 1])]) {
        const piecewise = screened(rules, pieces)
        expect(piecewise.text).toBe(whole.text)
        expect(piecewise.blocked).toEqual(whole.blocked)
        expect(namesOf(piecewise.findings)).toEqual(namesOf(whole.findings))
      }
    }),
    { numRuns: 2_000 },
  )
})

test('whatever is sent, half of a character never goes on', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const screen = createTextScreen({ rules: masking, tell: () => {} })
      for (const piece of text.split('')) expect(screen.push(piece)).not.toMatch(/[\uD800-\uDBFF]$/)
    }),
    { numRuns: 300 },
  )
})
