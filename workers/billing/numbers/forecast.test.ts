import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forecastOf } from './forecast.ts'
import { runOut, type RunOutInput } from './run-out.ts'
import { DAY, lotOf, NOON } from './testing.ts'

const about = { now: NOON, end: NOON + 10 * DAY, spentMicros: 5_000, todayMicros: 0 }

test('days that are all alike go on like that, and leave no doubt', () => {
  expect(forecastOf({ ...about, wholeDays: [100, 100, 100, 100] })).toEqual({
    expectedMicros: 6_000,
    lowMicros: 6_000,
    highMicros: 6_000,
    perDayMicros: 100,
    basedOnDays: 4,
  })
})

test('days that differ make the range wide, and it never is below what is spent', () => {
  const forecast = forecastOf({ ...about, wholeDays: [0, 0, 0, 4_000] })
  expect(forecast.expectedMicros).toBe(15_000)
  expect(forecast.lowMicros).toBe(5_000)
  expect(forecast.highMicros).toBeGreaterThan(20_000)
})

test('with a day or none it says that anything may come', () => {
  expect(forecastOf({ ...about, wholeDays: [300] })).toMatchObject({
    lowMicros: 5_000,
    expectedMicros: 8_000,
    highMicros: 11_000,
    basedOnDays: 1,
  })
  expect(forecastOf({ ...about, wholeDays: [], todayMicros: 50 })).toMatchObject({
    expectedMicros: 5_500,
    perDayMicros: 50,
    basedOnDays: 0,
  })
})

test('at its end a period comes to what it came to', () => {
  for (const end of [NOON, NOON - 5])
    expect(forecastOf({ ...about, end, wholeDays: [1, 900] })).toMatchObject({
      expectedMicros: 5_000,
      lowMicros: 5_000,
      highMicros: 5_000,
    })
})

test('whatever was spent, the range holds what is expected and every number is whole', () => {
  const micros = fc.integer({ min: 0, max: 1_000_000_000_000 })
  fc.assert(
    fc.property(
      fc.array(micros, { maxLength: 28 }),
      micros,
      fc.integer({ min: 0, max: 366 * DAY }),
      (days, spent, left) => {
        const forecast = forecastOf({ now: 0, end: left, spentMicros: spent, wholeDays: days, todayMicros: 1 })
        const { lowMicros, expectedMicros, highMicros } = forecast
        for (const each of Object.values(forecast)) expect(Number.isSafeInteger(each)).toBe(true)
        expect(spent).toBeLessThanOrEqual(lowMicros)
        expect(lowMicros).toBeLessThanOrEqual(expectedMicros)
        expect(expectedMicros).toBeLessThanOrEqual(highMicros)
      },
    ),
  )
})

const included = lotOf({ id: 'invoice:in_1', source: 'included', remainingMicros: 500 })
const out = (change: Partial<RunOutInput>) =>
  runOut({
    now: NOON,
    perDayMicros: 100,
    lots: [],
    isWatched: ({ id }) => id.startsWith('invoice:'),
    horizonAt: NOON + 366 * DAY,
    ...change,
  })

test('credit is used in its order: the included, then what was bought', () => {
  expect(out({ lots: [included, lotOf({ remainingMicros: 1_000 })] })).toEqual({
    watchedAt: NOON + 5 * DAY,
    allAt: NOON + 15 * DAY,
  })
})

test('what expires before it could be used lasts no longer than that', () => {
  const expiring = { ...included, expiresAt: NOON + 2 * DAY }
  expect(out({ lots: [expiring, lotOf({ remainingMicros: 300 })] })).toEqual({
    watchedAt: NOON + 2 * DAY,
    allAt: NOON + 5 * DAY,
  })
  const lapsed = lotOf({ expiresAt: NOON + DAY, remainingMicros: 900 })
  expect(out({ lots: [included, lapsed] }).allAt, 'gone while the other was used').toBe(NOON + 5 * DAY)
})

test('who spends nothing runs out of nothing, and who has much not before the horizon', () => {
  expect(out({ perDayMicros: 0, lots: [included] })).toEqual({ watchedAt: null, allAt: null })
  expect(out({ lots: [included, lotOf({ remainingMicros: 1_000_000 })] })).toEqual({
    watchedAt: NOON + 5 * DAY,
    allAt: null,
  })
  expect(out({ lots: [] })).toEqual({ watchedAt: null, allAt: NOON })
})
