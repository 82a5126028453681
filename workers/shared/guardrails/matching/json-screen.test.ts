// The arguments of a tool call: JSON before, JSON after, however they were cut.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createChain } from '../chain.ts'
import { samples } from '../samples.ts'
import { createJsonScreen } from './json-screen.ts'
import type { Finding } from './text-screen.ts'

const rulesFor = (action: 'mask' | 'block') =>
  createChain([
    { type: 'words', words: ['خمر'], action, stage: 'both' },
    {
      type: 'personal-data',
      kinds: ['email', 'phone', 'card', 'iban', 'national-id', 'ip-address'],
      action,
      stage: 'both',
    },
    { type: 'secrets', kinds: ['api-key', 'private-key', 'token', 'password'], action, stage: 'both' },
  ]).input.rules

function screened(pieces: readonly string[], action: 'mask' | 'block' = 'mask') {
  const findings: Finding[] = []
  const screen = createJsonScreen({ rules: rulesFor(action), tell: (finding) => findings.push(finding) })
  const text = pieces.map((piece) => screen.push(piece)).join('') + screen.end()
  return { text, kinds: findings.map(({ kind }) => kind), blocked: screen.blocked()?.kind ?? null }
}

test('a string is screened as what it says, not as it is written', () => {
  expect(screened(['{"note":"\\u062e\\u0645\\u0631 x","n":1}']).text).toBe('{"note":"*** x","n":1}')
  expect(screened(['{"note":"see\\npassword: hunter2!x"}']).text).toBe('{"note":"see\\npassword: [password]"}')
})

test('a number that is found becomes a string, so that it stays JSON', () => {
  const { text } = screened(['{"card": 4111111111111111, "year": 2026, "ok": true}'])
  expect(JSON.parse(text)).toEqual({ card: '[card]', year: 2026, ok: true })
})

test('a key says what its value is, for an object and for every element of a list', () => {
  expect(screened(['{"password":"open sesame","note":"open sesame"}']).text).toBe(
    '{"password":"[password]","note":"open sesame"}',
  )
  expect(screened(['{"phones":["22334455","22334466"],"ids":["22334455"]}']).text).toBe(
    '{"phones":["[phone]","[phone]"],"ids":["22334455"]}',
  )
})

test('what is blocked ends where it begins', () => {
  expect(screened(['{"a":"b","to":"me and ali@example.com","c":1}'], 'block')).toMatchObject({
    text: '{"a":"b","to":"me and ',
    blocked: 'email',
  })
  expect(screened(['{"card":4111111111111111}'], 'block')).toMatchObject({ text: '{"card":', blocked: 'card' })
})

test('arguments that are no JSON are screened as text', () => {
  expect(screened(['mail ali@example.com']).text).toBe('mail [email]')
  expect(screened(['[note] mail to ali@example.com, please']).text).toBe('[note] mail to [email], please')
})

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...samples),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.integer(),
    fc.constantFrom(4111111111111111, true, false, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('password', 'هاتف', 'note', 'a"b'), tie('value'), { maxKeys: 3 }),
  ),
})).value

test('however arguments are cut, the same is passed on, and it is JSON of the same shape', () => {
  fc.assert(
    fc.property(values, fc.array(fc.nat(), { maxLength: 8 }), fc.boolean(), (value, places, escaped) => {
      const plain = JSON.stringify({ value })
      const text = escaped
        ? plain.replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
        : plain
      const sorted = [0, ...places.map((place) => place % (text.length + 1)), text.length].toSorted((a, b) => a - b)
      const whole = screened([text])
      expect(screened(sorted.slice(1).map((place, at) => text.slice(sorted[at], place)))).toEqual(whole)
      expect(screened(text.split(''))).toEqual(whole)
      expect(screened([plain]).text).toBe(whole.text)
      expect(() => JSON.parse(whole.text)).not.toThrow()
      if (whole.kinds.length === 0) expect(JSON.parse(whole.text)).toEqual(JSON.parse(plain))
    }),
    { numRuns: 1_500 },
  )
})
