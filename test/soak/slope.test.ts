// How the soak judges whether memory stands still.
import { expect, test } from 'vitest'
import { secondHalf, slopePerMinute } from './slope.ts'

const series = (value: (minutes: number) => number, minutes = 10) =>
  Array.from({ length: minutes * 12 + 1 }, (_, at) => ({ seconds: at * 5, value: value(at / 12) }))

test('a leak is seen as what it adds in a minute', () => {
  expect(slopePerMinute(series((minutes) => 200 + 3 * minutes))).toBeCloseTo(3, 6)
})

test('memory that is given back again and again stands still', () => {
  const sawtooth = series((minutes) => 200 + 20 * ((minutes * 4) % 1))
  expect(Math.abs(slopePerMinute(secondHalf(sawtooth)))).toBeLessThan(1)
})

test('what is only needed to warm up does not count', () => {
  const warming = series((minutes) => 100 + Math.min(minutes, 4) * 50)
  expect(slopePerMinute(warming)).toBeGreaterThan(10)
  expect(slopePerMinute(secondHalf(warming))).toBe(0)
})

test('one sample says nothing', () => {
  expect(slopePerMinute([{ seconds: 5, value: 100 }])).toBe(0)
})
