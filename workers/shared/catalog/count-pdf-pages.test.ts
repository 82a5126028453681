import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { countPdfPages } from './count-pdf-pages.ts'

const page = '<< /Type /Page /Parent 2 0 R >> '
const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64')
const compressed = (content: string) =>
  `5 0 obj << /Type /ObjStm /N 3 /Filter /FlateDecode >> stream\r\n${deflateSync(content).toString('latin1')}\nendstream endobj`

test('the pages of an older file are marked as such', () => {
  expect(countPdfPages(base64(`%PDF-1.4 << /Type /Pages /Count 3 >> ${page.repeat(3)}`))).toBe(3)
  expect(countPdfPages(base64(`%PDF-1.4 << /Type/Page >> << /Type/Pages >>`))).toBe(1)
})

test('those of a newer one are found in its compressed objects', () => {
  expect(countPdfPages(base64(`%PDF-1.7 ${compressed(page.repeat(7))} ${compressed(page.repeat(2))}`))).toBe(9)
})

test('what a file says of itself counts where it is more', () => {
  expect(countPdfPages(base64(`%PDF-1.4 << /Type /Pages /Count 12 >> ${page}`))).toBe(12)
})

test.each([
  ['encrypted', `%PDF-1.7 /Encrypt 4 0 R ${'x'.repeat(15_000)}`],
  ['broken', `%PDF-1.7 << /Type /ObjStm >> stream\nnot deflated\nendstream ${'x'.repeat(15_000)}`],
  ['without an end', `%PDF-1.7 << /Type /ObjStm >> stream\n${'x'.repeat(15_000)}`],
  ['empty of pages', `%PDF-1.7 ${'x'.repeat(15_000)}`],
])('a file that is %s is counted by its length', (_, content) => {
  expect(countPdfPages(base64(content))).toBe(Math.ceil(content.length / 1_500))
})

test('a bomb is not inflated', () => {
  const bomb = compressed(' '.repeat(40 * 1_048_576))
  expect(countPdfPages(base64(`%PDF-1.7 ${bomb}`))).toBe(Math.ceil((bomb.length + 9) / 1_500))
})

test('what is not base64, and nothing at all, is still a page', () => {
  expect(countPdfPages('***')).toBe(1)
  expect(countPdfPages('')).toBe(1)
})

test('a file that was made to be read again and again is read once', () => {
  const marks = '<< /Type /ObjStm >> '.repeat(200_000)
  expect(countPdfPages(base64(`%PDF-1.7 ${marks} stream\nx\nendstream`))).toBeGreaterThan(1_000)
})
