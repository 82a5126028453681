import { expect, test } from 'vitest'
import { createBookDays } from './book-days.ts'
import { readForecast } from './read-forecast.ts'
import { createNumbers, DAY, entryOf, lotOf, NOON, user } from './testing.ts'

function createWorld(options?: Parameters<typeof createNumbers>[0]) {
  const world = createNumbers(options)
  const read = (principal = user('owner')) =>
    readForecast({ days: createBookDays(world.database), ctx: world.contextFor(principal) })
  return { ...world, read }
}

/** One charge of so much on each of the days before today. */
const charges = (...amounts: number[]) =>
  amounts.map((amount, at) => entryOf({ at: NOON - (amounts.length - at) * DAY, amountMicros: -amount }))

test('without a subscription it is of the calendar month, by the mean of the days since usage began', async () => {
  const { read, record } = createWorld({ mode: 'granted' })
  await record([...charges(100, 0, 200), entryOf({ amountMicros: -40 })])
  const forecast = await read()
  // Fifteen and a half days of June are left.
  expect(forecast).toMatchObject({
    period: { start: Date.UTC(2026, 5, 1), end: Date.UTC(2026, 6, 1), of: 'calendar_month' },
    spent_micros: 340,
    per_day_micros: 100,
    based_on_days: 3,
    expected_micros: 340 + 1_550,
    method: 'daily_mean',
  })
  expect(forecast.low_micros).toBeLessThan(forecast.expected_micros)
  expect(forecast.high_micros).toBeGreaterThan(forecast.expected_micros)
})

test('a subscription’s own period counts, to the millisecond at which it began', async () => {
  const { read, record, subscribe } = createWorld()
  await subscribe()
  const start = NOON - 10 * DAY
  await record([
    entryOf({ at: start - 1, amountMicros: -1_000 }),
    entryOf({ at: start, amountMicros: -7 }),
    entryOf({ at: start + DAY, amountMicros: -50 }),
    entryOf({ at: NOON, amountMicros: -3 }),
  ])
  expect(await read()).toMatchObject({
    period: { start, end: NOON + 20 * DAY, of: 'subscription' },
    spent_micros: 60,
    based_on_days: 10,
  })
})

test('included credit is what this period’s invoices granted and what is left of it, and when it runs out', async () => {
  const { read, record, subscribe, grant, lots } = createWorld()
  await subscribe()
  await grant()
  await grant({ id: 'invoice:in_2', invoiceId: 'in_2', startsAt: NOON - DAY, amountMicros: 500, takenBackMicros: 100 })
  await grant({ id: 'invoice:in_0', invoiceId: 'in_0', startsAt: NOON - 40 * DAY })
  await grant({ id: 'invoice:in_3', invoiceId: 'in_3', grantedAt: null, startsAt: NOON })
  lots.set('org_1', [
    lotOf({ id: 'invoice:in_1', source: 'included', remainingMicros: 200 }),
    lotOf({ id: 'invoice:in_2', source: 'included', remainingMicros: 400 }),
    lotOf({ remainingMicros: 1_000 }),
  ])
  await record(charges(100, 100, 100, 100))
  expect((await read()).credit).toEqual({
    included_micros: 1_400,
    included_left_micros: 600,
    balance_micros: 1_600,
    included_runs_out_at: NOON + 6 * DAY,
    runs_out_at: NOON + 16 * DAY,
  })
})

test('credit that lasts beyond the period is not said to run out in it', async () => {
  const { read, record, subscribe, grant, lots } = createWorld()
  await subscribe()
  await grant({ amountMicros: 10_000 })
  lots.set('org_1', [lotOf({ id: 'invoice:in_1', source: 'included', remainingMicros: 10_000 })])
  await record(charges(100, 100))
  expect((await read()).credit).toMatchObject({ included_runs_out_at: null, runs_out_at: NOON + 100 * DAY })
})

test('a member is told of their own spending, and of nobody’s credit', async () => {
  const { read, record, asked } = createWorld()
  await record([...charges(100, 100), entryOf({ userId: 'usr_2', amountMicros: -9 })])
  expect(await read(user('member', 'usr_2'))).toMatchObject({ spent_micros: 9, credit: null })
  expect(asked).toEqual([])
})

test('where credit limits nothing, nothing is said to run out', async () => {
  const { read, record } = createWorld({ mode: 'unlimited' })
  await record(charges(100, 100))
  expect(await read()).toMatchObject({ spent_micros: 200, credit: null })
})

test('who has never used anything is told of nothing, and a ledger that is away is said to be', async () => {
  const { read, away } = createWorld()
  expect(await read()).toMatchObject({ spent_micros: 0, expected_micros: 0, high_micros: 0, based_on_days: 0 })
  away.add('org_1')
  await expect(read()).rejects.toMatchObject({ code: 'service_unavailable' })
})
