import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeEntities } from './decode-entities.ts'
import { isPlainFence, languageOf, loadLanguage } from './languages.ts'
import { lexGrowing, lexText } from './lex-growing.ts'
import type { LexedText } from './lex-growing.ts'
import { isForeign, safeLink } from './safe-link.ts'
import { splitPlainText } from './split-plain-text.ts'
import { proseOf } from './token-text.ts'

const rawsOf = ({ tokens }: LexedText) => tokens.map(({ type, raw }) => [type, raw])

function lexInPieces(pieces: string[]): LexedText {
  let lexed: LexedText | null = null
  let text = ''
  for (const piece of pieces) {
    text += piece
    lexed = lexGrowing(lexed, text)
  }
  return lexed ?? lexText('')
}

const piece = fc.constantFrom(
  'كلمة ',
  'word ',
  '\n',
  '\n\n',
  '- item',
  '\n- ',
  '1. ',
  '  ',
  '    ',
  '```js\n',
  '```',
  '\n```\n',
  '> ',
  '| a | b |\n',
  '|---|---|\n',
  '# ',
  '===',
  '---',
  '**',
  '`',
  '[l](https://a.b)',
  '<br>',
  '<div>',
  '\t',
  '* * *\n',
  '[x]: https://a.b\n',
)

test('a text that grows in any pieces ends up as the same blocks as when it is read at once', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      expect(rawsOf(lexInPieces(pieces))).toEqual(rawsOf(lexText(pieces.join(''))))
    }),
    { numRuns: 2_000 },
  )
})

test('what was complete is not read again', () => {
  const before = lexText('# Title\n\nFirst.\n\nSecond, which is still')
  const after = lexGrowing(before, `${before.text} growing.`)
  expect(after.tokens[0]).toBe(before.tokens[0])
  expect(after.tokens[1]).toBe(before.tokens[1])
  expect(after.tokens.at(-1)!.raw).toBe('Second, which is still growing.')
})

test.each([
  ['https://example.com/a?b=1', 'https://example.com/a?b=1'],
  ['mailto:a@b.c', 'mailto:a@b.c'],
  ['/en/docs#keys', '/en/docs#keys'],
  ['javascript:alert(1)', null],
  [' java\nscript:alert(1)', null],
  ['data:text/html,x', null],
  ['vbscript:x', null],
  ['file:///etc/passwd', null],
  ['//evil.example', null],
  ['/\\evil.example', null],
  ['https://user:secret@evil.example', null],
  ['#fragment', null],
])('a link to %j leads to %j', (href, expected) => {
  expect(safeLink(href)).toBe(expected)
})

test('links that leave this site are told apart', () => {
  expect(isForeign('/en/docs')).toBe(false)
  expect(isForeign('https://a.b/')).toBe(true)
})

test('entities are read once, and what is not one stays', () => {
  expect(decodeEntities('a &amp;lt; b &#x41;&#1605; &nope; & &copy;')).toBe('a &lt; b Aم &nope; & ©')
  expect(decodeEntities('&#0;&#xD800;&#x110000;')).toBe('&#0;&#xD800;&#x110000;')
})

test('code, bare addresses and pictures say nothing about a block’s direction', () => {
  const [paragraph] = lexText(
    'شغّل `npm run build` ثم https://very.long.example/path و![picture of it](https://a.b/c.png)',
  ).tokens
  expect(proseOf(paragraph!)).not.toMatch(/[a-z]/)
  const [table] = lexText('| اسم | Name |\n|---|---|\n| `x` | نعم |').tokens
  expect(proseOf(table!)).toMatch(/اسم.*Name.*نعم/s)
})

test('languages are known by their names and nicknames; anything else stays plain', async () => {
  expect([
    languageOf('TS'),
    languageOf('python'),
    languageOf('c++'),
    languageOf('constructor'),
    languageOf('klingon'),
  ]).toEqual(['typescript', 'python', 'cpp', null, null])
  expect([isPlainFence(''), isPlainFence('TEXT'), isPlainFence('js')]).toEqual([true, true, false])
  expect(typeof (await loadLanguage('json'))).toBe('function')
})

test('what a person typed keeps its lines; only fences are set apart', () => {
  expect(splitPlainText('one\n\ntwo\n```js\nlet a\n\nlet b\n```\nthree')).toEqual([
    { kind: 'line', text: 'one' },
    { kind: 'line', text: '' },
    { kind: 'line', text: 'two' },
    { kind: 'code', language: 'js', text: 'let a\n\nlet b' },
    { kind: 'line', text: 'three' },
  ])
  expect(splitPlainText('```\nnever closed')).toEqual([{ kind: 'code', language: '', text: 'never closed' }])
  expect(splitPlainText('a ``` b')).toEqual([{ kind: 'line', text: 'a ``` b' }])
})
