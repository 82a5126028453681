import { expect, test } from 'vitest'
import { foldArabic, foldedWords, stripArticle } from './fold-arabic.ts'

test.each([
  ['مَدْرَسَةٌ', 'مدرسه', 'vowel marks and the taa marbuta'],
  ['إدارة', 'اداره', 'the hamza under the alif'],
  ['آخر', 'اخر', 'the madda'],
  ['على', 'علي', 'the alif maqsura'],
  ['محـــمد', 'محمد', 'the tatweel'],
  ['١٢٣ ۴۵۶', '123 456', 'Arabic and Persian digits'],
  ['ﷲ ﻻ', 'الله لا', 'presentation forms'],
  ['من\u200fهنا', 'منهنا', 'direction marks'],
  ['OpenAI', 'openai', 'the case of Latin letters'],
])('%s is searched as %s: %s', (written, folded) => {
  expect(foldArabic(written)).toBe(folded)
})

test('the article and what clings to it are not part of a word', () => {
  expect(foldedWords('والرصيد في الحساب، وبالرصيد للمفاتيح')).toEqual(['رصيد', 'في', 'حساب', 'رصيد', 'مفاتيح'])
})

test('a short word keeps its article, so that it stays a word', () => {
  expect(stripArticle('الي')).toBe('الي')
  expect(stripArticle('الان')).toBe('الان')
})
