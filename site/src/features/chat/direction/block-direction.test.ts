import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockDirection, growingDirection, LOCK_AFTER_LETTERS, weighDirection } from './block-direction.ts'
import type { DirectionVerdict } from './block-direction.ts'
import { conversationDirection, languageDirection } from './language-direction.ts'
import { typedDirection } from './typed-direction.ts'

const directionOf = (text: string, fallback: 'ltr' | 'rtl' = 'ltr') => blockDirection({ text, fallback })

test.each([
  'AutoClaw چطور کار میکنه؟',
  'React هي مكتبة لبناء واجهات المستخدم.',
  'API هذا شرح عن',
  'كيف حالك (Hello)',
  'استخدم الأمر npm run build ثم افتح https://x.dev/a?b=1',
  'السعر 1,250.50$ لعدد ٣ أشهر',
  'Dell Latitude (سلسلة E7000) - ده المنافس',
  'مَدْرَسَةٌ / مدرسه / المدرسة',
  'الدالة f(x)=x^2 متصلة',
  'שלום עולם',
])('%s reads from right to left', (text) => {
  expect(directionOf(text)).toBe('rtl')
})

test.each(['3ayez a3raf el se3r', 'The word مرحبا means hello.', 'Run `أمر` in the shell', 'Привет, мир', '你好'])(
  '%s reads from left to right, even in an Arabic conversation',
  (text) => {
    expect(directionOf(text, 'rtl')).toBe('ltr')
  },
)

test('inline code, addresses and mentions do not outweigh the sentence around them', () => {
  expect(directionOf('شغّل `npm install --save-dev vitest @types/node` الآن')).toBe('rtl')
  expect(directionOf('افتح https://developers.example.com/workers/runtime-apis')).toBe('rtl')
  expect(directionOf('راسل support.team@example-company.com')).toBe('rtl')
  expect(directionOf('عدّل src/features/chat/index.ts')).toBe('rtl')
  expect(directionOf('شكرًا @VeryLongUserNameHere')).toBe('rtl')
})

test.each(['1,250.50$', '٣ / ٤', '— … !', '', '`npm`', 'ab دي'])(
  '%j decides nothing, so the conversation does',
  (text) => {
    expect(directionOf(text, 'rtl')).toBe('rtl')
    expect(directionOf(text, 'ltr')).toBe('ltr')
  },
)

test('tatweel and vowel marks weigh nothing', () => {
  expect(directionOf('ab د\u0640\u0640\u0640\u0640', 'rtl')).toBe('ltr')
  expect(directionOf('abc دَّ', 'rtl')).toBe('ltr')
})

const grow = (text: string): DirectionVerdict[] => {
  const verdicts: DirectionVerdict[] = []
  let verdict: DirectionVerdict | null = null
  for (let length = 1; length <= text.length; length++) {
    verdict = growingDirection(verdict, { text: text.slice(0, length), fallback: 'ltr' })
    verdicts.push(verdict)
  }
  return verdicts
}

test('an Arabic sentence that opens with an English name turns early and then stays', () => {
  const verdicts = grow('React هي مكتبة لبناء واجهات المستخدم، وهي من أشهر المكتبات المستخدمة اليوم. '.repeat(2))
  expect(verdicts[0]?.direction).toBe('ltr')
  expect(verdicts.at(-1)).toEqual({ direction: 'rtl', settled: true })
})

test('a growing block never turns once it is settled, whatever follows', () => {
  const word = fc.constantFrom('سلام ', 'hello ', '12 ', '`code` ', 'مرحبا ', 'API ')
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      const settled = grow(words.join('')).filter((verdict) => verdict.settled)
      expect(new Set(settled.map((verdict) => verdict.direction)).size).toBeLessThanOrEqual(1)
    }),
    { numRuns: 50 },
  )
})

test('a block settles after a line or so, not at once', () => {
  expect(weighDirection({ text: 'a'.repeat(LOCK_AFTER_LETTERS - 1), fallback: 'ltr' }).settled).toBe(false)
  expect(weighDirection({ text: 'a'.repeat(LOCK_AFTER_LETTERS), fallback: 'ltr' }).settled).toBe(true)
})

test.each([
  ['ar', 'rtl'],
  ['ar-EG', 'rtl'],
  ['ar-Latn', 'ltr'],
  ['fa', 'rtl'],
  ['az-Arab', 'rtl'],
  ['en', 'ltr'],
  ['und', null],
  [null, null],
])('the language %s reads %s', (tag, direction) => {
  expect(languageDirection(tag)).toBe(direction)
})

test('a conversation reads as its newest message whose language is known', () => {
  expect(conversationDirection([{ language: 'en' }, { language: 'ar' }, { language: null }])).toBe('rtl')
  expect(conversationDirection([{ language: null }])).toBe(null)
})

test('an empty field, or one with digits alone, reads as the page does; letters decide by the first of them', () => {
  expect([typedDirection(''), typedDirection('12 %'), typedDirection('12 م'), typedDirection('a')]).toEqual([
    undefined,
    undefined,
    'auto',
    'auto',
  ])
})
