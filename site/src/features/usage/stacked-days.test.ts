import type { UsageSeries } from '#shared/contracts/usage'
import { expect, test } from 'vitest'
import { rangeOf } from './period.ts'
import { stackDays } from './stacked-days.ts'

const range = rangeOf('7-days', Date.UTC(2026, 0, 15, 9))
const row = (group: string, charged_micros: number, requests = 1) => ({ group, requests, charged_micros, usage: {} })
const none = { requests: 0, input_tokens: 0, output_tokens: 0 }
const seriesOf = (points: [day: string, at: number, micros: number][], groups = ['m/a', 'm/b']): UsageSeries => ({
  ...range,
  by: 'model',
  groups: [
    ...groups.map((group) => ({ group, rest: false, charged_micros: 0, ...none })),
    { group: null, rest: true, charged_micros: 0, ...none },
  ],
  points: points.map(([day, at, charged_micros]) => ({ day, at, charged_micros, ...none, requests: 1 })),
})

test('each day is made of its groups, and a day of nothing is a day', () => {
  const { groups, days } = stackDays({
    range,
    rows: [row('2026-01-10', 500, 3), row('2026-01-15', 20)],
    series: seriesOf([
      ['2026-01-10', 1, 100],
      ['2026-01-10', 0, 350],
      ['2026-01-10', 2, 50],
      ['2026-01-15', 0, 20],
    ]),
  })
  expect(days.map(({ micros }) => micros)).toEqual([0, 500, 0, 0, 0, 0, 20])
  expect(days[1]).toMatchObject({ requests: 3, parts: [350, 100, 50] })
  expect(groups).toEqual([
    { kind: 'group', group: 'm/a', micros: 370 },
    { kind: 'group', group: 'm/b', micros: 100 },
    { kind: 'rest', group: null, micros: 50 },
  ])
})

test('what the book does not have yet is shown beside what it has', () => {
  const { groups, days } = stackDays({
    range,
    rows: [row('2026-01-15', 70, 4)],
    series: seriesOf([['2026-01-15', 0, 30]]),
  })
  expect(days.at(-1)).toMatchObject({ micros: 70, requests: 4, parts: [30, 0, 0, 40] })
  expect(groups.at(-1)).toEqual({ kind: 'arriving', group: null, micros: 40 })
})

test('a book that is newer than the sum of the day is believed', () => {
  const { groups, days } = stackDays({ range, rows: [], series: seriesOf([['2026-01-15', 0, 30]]) })
  expect(days.at(-1)).toMatchObject({ micros: 30, requests: 1, parts: [30, 0, 0] })
  expect(groups).toHaveLength(3)
})
