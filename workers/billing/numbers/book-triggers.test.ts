// The sums that the database keeps of the book by itself.
import { expect, test } from 'vitest'
import type { PublishedEntry } from '#shared/contracts/ledger'
import { createNumbers, DAY, entryOf, NOON } from './testing.ts'

async function createBook() {
  const world = createNumbers()
  const all = async <Row>(sql: string): Promise<Row[]> => (await world.database.prepare(sql).all<Row>()).results
  const days = () =>
    all<Record<string, unknown>>('SELECT * FROM usage_days ORDER BY day, organization_id, model, plan_id')
  const persons = () =>
    all<Record<string, unknown>>(
      'SELECT * FROM usage_person_days ORDER BY organization_id, day, user_id, key_id, model',
    )
  return { ...world, days, persons }
}

test('a charge is counted by day, service, model, provider and plan, with what it cost', async () => {
  const { record, days, persons } = await createBook()
  await record([entryOf(), entryOf({ amountMicros: -50, costMicros: 20 })])
  expect(await days()).toEqual([
    {
      day: '2026-06-15',
      organization_id: 'org_1',
      service: 'chat',
      model: 'openai/gpt-sample',
      provider: 'openai',
      plan_id: 'pro',
      requests: 2,
      charged_micros: 150,
      cost_micros: 80,
      uncosted_micros: 0,
    },
  ])
  expect(await persons()).toEqual([
    {
      organization_id: 'org_1',
      day: '2026-06-15',
      user_id: 'usr_1',
      key_id: '',
      service: 'chat',
      model: 'openai/gpt-sample',
      requests: 2,
      charged_micros: 150,
      input_tokens: 30,
      output_tokens: 20,
    },
  ])
})

test('an entry that comes again, alone, within its batch or among others, is counted once', async () => {
  const { record, days, persons } = await createBook()
  const entries = Array.from({ length: 7 }, () => entryOf())
  await record(entries)
  await record([...entries.toReversed(), ...entries])
  await record([entries[3]!, entryOf(), entries[3]!])
  expect(await days()).toMatchObject([{ requests: 8, charged_micros: 800, cost_micros: 480 }])
  expect(await persons()).toMatchObject([{ requests: 8, charged_micros: 800, input_tokens: 120 }])
})

test('what puts a charge right is counted with it, and is no request of its own', async () => {
  const { record, days, persons } = await createBook()
  const charge = entryOf({ requestId: 'req_a', note: 'abandoned', estimated: true })
  const correction = entryOf({
    requestId: 'req_a',
    kind: 'adjustment',
    amountMicros: 30,
    costMicros: -18,
    usage: { input_tokens: -4, output_tokens: 2 },
    note: 'late-settlement',
  })
  // The correction may come before what it corrects, and both may come again.
  for (const batch of [[correction], [charge, correction], [charge]]) await record(batch)
  expect(await days()).toMatchObject([{ requests: 1, charged_micros: 70, cost_micros: 42 }])
  expect(await persons()).toMatchObject([{ requests: 1, charged_micros: 70, input_tokens: 11, output_tokens: 12 }])
})

test('grants, refunds, expiries and an operator’s adjustments are no usage', async () => {
  const { record, days, persons } = await createBook()
  const none: Partial<PublishedEntry> = { requestId: null, service: null, model: null, provider: null, usage: null }
  await record([
    entryOf({ ...none, kind: 'grant', amountMicros: 1_000 }),
    entryOf({ ...none, kind: 'refund', amountMicros: 10 }),
    entryOf({ ...none, kind: 'expiry', amountMicros: -300 }),
    entryOf({ ...none, kind: 'adjustment', amountMicros: -5 }),
  ])
  expect([await days(), await persons()]).toEqual([[], []])
})

test('a charge whose cost nobody knows is told apart, and so is one of no plan', async () => {
  const { record, days } = await createBook()
  await record([entryOf({ costMicros: null, planId: null }), entryOf({ costMicros: 0 }), entryOf()])
  expect(await days()).toMatchObject([
    { plan_id: '', charged_micros: 100, cost_micros: 0, uncosted_micros: 100 },
    { plan_id: 'pro', charged_micros: 200, cost_micros: 60, uncosted_micros: 0 },
  ])
})

test('a day is a day of UTC, to the millisecond, and organizations are never added together', async () => {
  const { record, days } = await createBook()
  const midnight = Date.UTC(2026, 5, 16)
  await record([
    entryOf({ at: midnight - 1 }),
    entryOf({ at: midnight }),
    entryOf({ at: midnight, organizationId: 'org_2' }),
  ])
  expect((await days()).map(({ day, organization_id }) => [day, organization_id])).toEqual([
    ['2026-06-15', 'org_1'],
    ['2026-06-16', 'org_1'],
    ['2026-06-16', 'org_2'],
  ])
})

test('the sums are those of the entries, whatever comes in whatever order', async () => {
  const { record, database } = await createBook()
  const entries = Array.from({ length: 400 }, (_, at) =>
    entryOf({
      at: NOON - (at % 17) * DAY,
      organizationId: `org_${at % 3}`,
      model: `m/${at % 5}`,
      userId: `usr_${at % 4}`,
      keyId: at % 2 ? `key_${at % 6}` : null,
      kind: at % 11 === 0 ? 'adjustment' : at % 13 === 0 ? 'grant' : 'charge',
      amountMicros: at % 11 === 0 ? at : -at * 7,
      costMicros: at % 7 === 0 ? null : at * 3,
    }),
  )
  for (let at = 0; at < entries.length; at += 50) await record([...entries.slice(at, at + 80), ...entries.slice(0, 9)])
  await record(entries.toReversed())
  const sum = async (sql: string) => (await database.prepare(sql).all()).results[0]
  const counted = "kind = 'charge' OR kind = 'adjustment'"
  const wanted = await sum(
    `SELECT SUM(kind = 'charge') AS requests, -SUM(amount_micros) AS charged, SUM(cost_micros) AS cost FROM ledger_entries WHERE ${counted}`,
  )
  for (const table of ['usage_days', 'usage_person_days'])
    expect(
      await sum(
        `SELECT SUM(requests) AS requests, SUM(charged_micros) AS charged${table === 'usage_days' ? ', SUM(cost_micros) AS cost' : ''} FROM ${table}`,
      ),
    ).toEqual(table === 'usage_days' ? wanted : { requests: wanted!['requests'], charged: wanted!['charged'] })
})
