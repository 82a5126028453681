import { expect, test } from 'vitest'
import { SeriesQuery } from '#shared/contracts/usage'
import type { Principal } from '#shared/contracts/principal'
import { createBookDays } from './book-days.ts'
import { readSeries } from './read-series.ts'
import { createNumbers, DAY, entryOf, NOON, planOf, user } from './testing.ts'

async function createWorld() {
  const world = createNumbers()
  await world.record([
    entryOf({ at: NOON - DAY, amountMicros: -300 }),
    entryOf({ at: NOON - DAY, model: 'm/b', userId: 'usr_2', keyId: 'key_1' }),
    entryOf({ model: 'm/b', userId: 'usr_2' }),
    entryOf({ model: 'm/c', amountMicros: -10, keyId: 'key_1' }),
    entryOf({ model: 'm/d', amountMicros: -20, service: null }),
    entryOf({ organizationId: 'org_2', model: 'm/secret' }),
  ])
  const days = createBookDays(world.database)
  const read = (query: object, principal: Principal = user('owner')) =>
    readSeries({ query: SeriesQuery.parse(query), days, ctx: world.contextFor(principal) })
  return { ...world, read }
}

test('a series is what each group came to on each day, the dearest group first', async () => {
  const { read } = await createWorld()
  const series = await read({ from: '2026-06-14', to: '2026-06-16' })
  expect(series).toMatchObject({ from: Date.UTC(2026, 5, 14), to: Date.UTC(2026, 5, 16), by: 'model' })
  expect(series.groups.map(({ group, rest, charged_micros }) => [group, rest, charged_micros])).toEqual([
    ['openai/gpt-sample', false, 300],
    ['m/b', false, 200],
    ['m/d', false, 20],
    ['m/c', false, 10],
  ])
  expect(series.points.map(({ day, at, charged_micros }) => [day, at, charged_micros])).toEqual([
    ['2026-06-14', 1, 100],
    ['2026-06-14', 0, 300],
    ['2026-06-15', 1, 100],
    ['2026-06-15', 3, 10],
    ['2026-06-15', 2, 20],
  ])
  expect(series.points[0]).toMatchObject({ requests: 1, input_tokens: 15, output_tokens: 10 })
})

test('what is beyond the dearest is one group, and nothing is left out of the sum', async () => {
  const { read } = await createWorld()
  const { groups, points } = await read({ limit: '2' })
  expect(groups.map(({ group, rest, charged_micros, requests }) => [group, rest, charged_micros, requests])).toEqual([
    ['openai/gpt-sample', false, 300, 1],
    ['m/b', false, 200, 2],
    [null, true, 30, 2],
  ])
  expect(points.reduce((sum, { charged_micros }) => sum + charged_micros, 0)).toBe(530)
  expect(points.at(0)).toMatchObject({ day: '2026-06-14' })
  expect(points.filter(({ at }) => at === 2)).toMatchObject([{ day: '2026-06-15', charged_micros: 30 }])
})

test.each([
  ['service', ['chat', null]],
  ['key', [null, 'key_1']],
  ['member', ['usr_1', 'usr_2']],
] as const)('by %s; what has none is told as such', async (by, groups) => {
  const { read } = await createWorld()
  expect((await read({ by })).groups.map(({ group }) => group)).toEqual(groups)
})

test('one group alone can be asked for, also that which has no name', async () => {
  const { read } = await createWorld()
  expect((await read({ group: 'm/b' })).groups).toMatchObject([{ group: 'm/b', charged_micros: 200, requests: 2 }])
  expect((await read({ by: 'key', group: '' })).groups).toMatchObject([{ group: null, requests: 3 }])
  expect((await read({ group: 'm/none' })).groups).toEqual([])
})

test('a member sees their own usage and nobody sees another organization’s', async () => {
  const { read } = await createWorld()
  expect((await read({}, user('member', 'usr_2'))).groups).toMatchObject([{ group: 'm/b', requests: 2 }])
  expect((await read({ by: 'member' }, user('viewer', 'usr_2'))).groups.map(({ group }) => group)).toEqual(['usr_2'])
  expect((await read({ by: 'member' }, user('billing', 'usr_9'))).groups).toHaveLength(2)
  expect(JSON.stringify(await read({}))).not.toContain('secret')
  await expect(read({}, { kind: 'anonymous' })).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('without a range it is of the last thirty days, today among them', async () => {
  const { read } = await createWorld()
  const { from, to } = await read({})
  expect({ from, to }).toEqual({ from: Date.UTC(2026, 4, 17), to: Date.UTC(2026, 5, 16) })
})

test.each([
  [{ from: '2026-06-16', to: '2026-06-15' }, false],
  [{ by: 'day' }, false],
  [{ limit: '51' }, false],
  [{ from: '2020-01-01', to: '2026-01-01' }, false],
  [{ from: '2020-01-01' }, true],
  [{ from: '2027-01-01' }, true],
])('%o is refused', async (query, later) => {
  const { read } = await createWorld()
  expect(SeriesQuery.safeParse(query).success).toBe(later)
  if (later) await expect(read(query)).rejects.toMatchObject({ code: 'invalid_request', details: { param: 'from' } })
})

test('a chart reads the days of one organization from an index, and no entry', async () => {
  const { database } = await createWorld()
  const plan = await planOf(
    database,
    'SELECT day, SUM(charged_micros) FROM usage_person_days WHERE organization_id = ? AND day >= ? AND day < ? GROUP BY 1',
    'org_1',
    '2026-06-01',
    '2026-07-01',
  )
  expect(plan.join()).toMatch(/SEARCH usage_person_days USING INDEX .*organization_id=\? AND day>\? AND day<\?/)
  expect(plan.join()).not.toContain('SCAN')
})
