import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toCsv } from './to-csv.ts'

const lines = (csv: string) => csv.slice(1).split('\r\n')

test('a note that looks like a formula stays text', () => {
  for (const note of ['=HYPERLINK("http://x")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', ' =1', '＝1']) {
    const [, cell = ''] = lines(toCsv(['note'], [[note]]))
    expect(cell.replace(/^"/, '').startsWith("'")).toBe(true)
  }
})

test('a negative amount stays a number', () => {
  expect(lines(toCsv(['a', 'b'], [['-0.002500', -2_500]]))[1]).toBe('-0.002500,-2500')
})

test('commas, quotes and line breaks do not end a cell', () => {
  expect(toCsv(['a', 'b'], [['x,"y"', 'one\ntwo']])).toBe('\ufeffa,b\r\n"x,""y""","one\ntwo"\r\n')
})

test('Arabic headings come through, and marks of direction do not', () => {
  const csv = toCsv(['الوقت', '\u200fالمبلغ'], [['\u20661.25\u2069', null]])
  expect(lines(csv)).toEqual(['الوقت,المبلغ', '1.25,', ''])
})

test('whatever is written, no cell begins as a formula and no mark of direction is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const cell = toCsv(['h'], [[text]]).slice(4, -2)
      const inner = cell.startsWith('"') ? cell.slice(1) : cell
      if (!/^-?\d+(\.\d+)?$/.test(inner)) expect(inner).not.toMatch(/^[=+\-@\t\r]/)
      expect(cell).not.toMatch(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/)
    }),
  )
})
