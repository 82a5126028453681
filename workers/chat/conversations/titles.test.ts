import { expect, test } from 'vitest'
import { cleanTitle, titleFromWords, titleRequest } from './titles.ts'
import { testModel } from './testing.ts'

test('a title from words is short, whole and in one line', () => {
  expect(titleFromWords('How do I cook rice?')).toBe('How do I cook rice?')
  expect(titleFromWords('# Plan\n\n**Write** a `plan` for\nthe week')).toBe('Plan Write a plan for the week')
  expect(titleFromWords('اكتب لي خطة مفصلة لتعلم البرمجة بلغة بايثون خلال ثلاثة أشهر مع تمارين يومية')).toMatch(
    /^اكتب لي خطة .*…$/,
  )
  expect(Array.from(titleFromWords('word '.repeat(100))).length).toBeLessThanOrEqual(61)
})

test('a title is never empty, nor cut inside a character', () => {
  expect(titleFromWords('```js\nconsole.log(1)\n```')).toContain('console.log')
  const faces = titleFromWords('😀'.repeat(100))
  expect(faces.isWellFormed()).toBe(true)
})

test('what a model wraps around a title is taken off', () => {
  expect(cleanTitle('"Cooking rice."')).toBe('Cooking rice')
  expect(cleanTitle('**«طبخ الأرز»**')).toBe('طبخ الأرز')
  expect(cleanTitle('# Title\nand more')).toBe('Title')
  expect(cleanTitle('  \n')).toBe('')
})

test('a title is asked for in the language of the conversation, and as cheaply as the model can', () => {
  const request = titleRequest({
    model: { ...testModel, abilities: ['reasoning', 'effort'], efforts: ['minimal', 'high'] },
    question: 'q',
    answer: 'a',
    language: 'ar',
  })
  expect(JSON.stringify(request)).toContain('in Arabic')
  expect(request).toMatchObject({ reasoning: { effort: 'minimal' } })
  expect(titleRequest({ model: testModel, question: 'q', answer: 'a', language: null }).maxOutputTokens).toBe(60)
})
