import { expect, test } from 'vitest'
import { readPercents, typedPercents } from './read-percents.ts'

test('shares are read in either script, in any order, once each', () => {
  expect(readPercents('80')).toEqual([80])
  expect(readPercents('90, 50 %; 90')).toEqual([50, 90])
  expect(readPercents('٥٠٪، ٨٠٪')).toEqual([50, 80])
})

test('nothing typed is no alert', () => {
  expect(readPercents('  ')).toEqual([])
})

test('what is no share of a whole is refused, and so are more than anyone reads', () => {
  for (const text of ['0', '101', '12.5', '-5', 'half', '1 2 3 4 5 6']) expect(readPercents(text)).toBe('invalid')
})

test('what was read is written so that it reads the same', () => {
  expect(readPercents(typedPercents([50, 80, 95]))).toEqual([50, 80, 95])
})
