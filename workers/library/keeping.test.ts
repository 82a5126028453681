// What must hold whatever happens in between: room is never passed, sums are never wrong, and nothing stays behind.
import fc from 'fast-check'
import { drizzle } from 'drizzle-orm/d1'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { libraryItems } from '#db/schema/library'
import type { StageInput } from '#shared/contracts/library'
import { silentLogger } from '#shared/http/log'
import { createTestClock } from '#shared/lib/clock'
import { createTestDatabase } from '#db/testing'
import { consumeErasures } from './consume-erasures.ts'
import { discard } from './discard.ts'
import { eraseFor } from './erase-for.ts'
import { publish } from './publish.ts'
import { createQuotas, quotaSetting } from './quota.ts'
import { stage } from './stage.ts'
import { sweep } from './sweep.ts'
import { createTestLibrary, NOON, omar, salma, stageInput, stranger, type TestLibrary } from './testing.ts'

const DAY_MS = 86_400_000
/** Four bytes, one of provenance, two of its thumbnail. */
const ITEM_BYTES = 7

async function make(library: TestLibrary, change: Partial<StageInput> = {}): Promise<string> {
  const input = stageInput(change)
  await stage({ input, ctx: library.system })
  await publish({ organizationId: input.organizationId, itemIds: [input.itemId], ctx: library.system })
  return input.itemId
}

const storageOf = async (library: TestLibrary) => (await library.ask('/api/library/storage')).body

test('however many are kept at once, an organization never passes its quota', async () => {
  const library = createTestLibrary({ quotaBytes: ITEM_BYTES * 5 + 3 })
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => stage({ input: stageInput(), ctx: library.system })),
  )
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(5)
  expect(outcomes.filter((staged) => !staged.ok && staged.fault === 'storage_exhausted')).toHaveLength(15)
  expect(await storageOf(library)).toMatchObject({ used_bytes: ITEM_BYTES * 5 })
  expect(library.media.objects.size).toBe(10)
})

test('room that is given back can be taken again', async () => {
  const library = createTestLibrary({ quotaBytes: ITEM_BYTES })
  const first = stageInput()
  expect(await stage({ input: first, ctx: library.system })).toMatchObject({ ok: true })
  expect(await stage({ input: stageInput(), ctx: library.system })).toMatchObject({ fault: 'storage_exhausted' })
  await discard({ organizationId: 'org_1', itemIds: [first.itemId], ctx: library.system })
  const id = await make(library)
  expect(await stage({ input: stageInput(), ctx: library.system })).toMatchObject({ ok: false })
  // What was deleted counts until it is erased.
  await library.ask(`/api/library/items/${id}`, { method: 'DELETE' })
  expect(await stage({ input: stageInput(), ctx: library.system })).toMatchObject({ ok: false })
  await library.ask(`/api/library/items/${id}/erase`, { body: {} })
  expect(await stage({ input: stageInput(), ctx: library.system })).toMatchObject({ ok: true })
})

test('what is staged twice is kept once, as it was first', async () => {
  const library = createTestLibrary()
  const input = stageInput()
  const first = await stage({ input, ctx: library.system })
  const again = await stage({ input: { ...input, bytes: new Uint8Array([9, 9, 9]) }, ctx: library.system })
  expect(again).toEqual(first)
  expect(await storageOf(library)).toMatchObject({ used_bytes: ITEM_BYTES })
})

test('what was half written when a Worker was lost is written by the next, and counted once', async () => {
  for (const failing of ['original', 'thumbnail']) {
    const library = createTestLibrary({ quotaBytes: ITEM_BYTES + 1 })
    const input = stageInput()
    library.media.state.failing = (operation, [key = '']) => operation === 'put' && key.endsWith(failing)
    await expect(stage({ input, ctx: library.system })).rejects.toThrow('R2 is away')
    expect(await publish({ organizationId: 'org_1', itemIds: [input.itemId], ctx: library.system })).toEqual([])
    library.media.state.failing = null
    const bytes = new Uint8Array([...input.bytes, 5])
    expect(await stage({ input: { ...input, bytes }, ctx: library.system })).toMatchObject({ ok: true, storedBytes: 8 })
    expect(await publish({ organizationId: 'org_1', itemIds: [input.itemId], ctx: library.system })).toHaveLength(1)
    expect(await storageOf(library)).toMatchObject({ used_bytes: ITEM_BYTES + 1, item_count: 1 })
  }
})

test('what is discarded while it is written leaves nothing behind', async () => {
  const library = createTestLibrary()
  const input = stageInput()
  const { bucket } = library.media
  const media = {
    ...bucket,
    async put(...input_: Parameters<typeof bucket.put>) {
      const put = await bucket.put(...input_)
      if (input_[0].endsWith('thumbnail'))
        await discard({ organizationId: 'org_1', itemIds: [input.itemId], ctx: library.system })
      return put
    },
  } as typeof bucket
  await expect(stage({ input, ctx: { ...library.system, media } })).rejects.toMatchObject({ code: 'conflict' })
  expect(library.media.objects.size).toBe(0)
  expect(await storageOf(library)).toMatchObject({ used_bytes: 0 })
})

test('a picture that is none is not kept', async () => {
  const library = createTestLibrary()
  const staged = await stage({ input: stageInput({ bytes: new Uint8Array([0, 0]) }), ctx: library.system })
  expect(staged).toEqual({ ok: false, fault: 'image_damaged' })
  expect([await storageOf(library), library.media.objects.size]).toMatchObject([{ used_bytes: 0 }, 0])
})

test('a sweep erases what has had its time, and nothing else', async () => {
  const library = createTestLibrary()
  const deleted = await make(library)
  await library.ask(`/api/library/items/${deleted}`, { method: 'DELETE' })
  const forgotten = stageInput()
  await stage({ input: forgotten, ctx: library.system })
  const temporary = await make(library, { temporary: true })
  const kept = await make(library)
  const ids = async () =>
    (await library.db.select({ id: libraryItems.id }).from(libraryItems)).map(({ id }) => id).sort()
  const swept = async (now: number) => {
    library.now.set(now)
    await sweep({ ctx: library.system })
    return ids()
  }
  expect(await swept(NOON + DAY_MS - 1)).toEqual([deleted, forgotten.itemId, temporary, kept].sort())
  expect(await swept(NOON + DAY_MS)).toEqual([deleted, kept].sort())
  expect(await swept(NOON + 30 * DAY_MS - 1)).toEqual([deleted, kept].sort())
  expect((await library.ask(`/api/library/items/${deleted}/restore`, { body: {} })).status).toBe(200)
  await library.ask(`/api/library/items/${deleted}`, { method: 'DELETE' })
  expect(await swept(NOON + 60 * DAY_MS)).toEqual([kept])
  expect(await storageOf(library)).toMatchObject({ used_bytes: ITEM_BYTES, deleted_bytes: 0 })
  expect(library.media.objects.size).toBe(2)
  expect(library.told.at(-1)).toMatchObject({ viewer: salma, event: { type: 'storage' } })
})

test('what R2 could not erase is erased by the next sweep, and nobody sees it meanwhile', async () => {
  const library = createTestLibrary()
  const id = await make(library)
  library.media.state.failing = (operation) => operation === 'delete'
  expect((await library.ask(`/api/library/items/${id}/erase`, { body: {} })).status).toBe(500)
  expect((await library.ask(`/api/library/items/${id}`)).status).toBe(404)
  library.media.state.failing = null
  expect(await sweep({ ctx: library.system })).toBe(1)
  expect([library.media.objects.size, (await storageOf(library)).used_bytes]).toEqual([0, 0])
})

test('a member who is erased leaves nothing, and the others keep theirs', async () => {
  const library = createTestLibrary()
  const mine = await make(library)
  await make(library, stranger)
  const theirs = await make(library, omar)
  await library.ask(`/api/library/items/${theirs}`, { as: omar, method: 'PATCH', body: { visibility: 'organization' } })
  await library.ask(`/api/library/items/${theirs}`, { method: 'PATCH', body: { favourite: true } })
  await library.ask('/api/library/collections', { body: { name: 'Mine' } })
  await eraseFor({ erasure: { userId: salma.userId }, ctx: library.system })
  expect((await library.ask(`/api/library/items/${mine}`)).status).toBe(404)
  expect((await library.ask('/api/library/items', { as: omar })).body.data).toMatchObject([
    { id: theirs, favourite: false },
  ])
  expect((await library.ask('/api/library/collections')).body.data).toEqual([])
  expect((await library.ask('/api/library/items', { as: stranger })).body.data).toHaveLength(1)
})

test('an organization that is erased leaves nothing, also no bytes that no row tells of', async () => {
  const library = createTestLibrary()
  for (let count = 0; count < 5; count++) await make(library)
  await make(library, stranger)
  await library.media.bucket.put('library/org_1/itm_lost/original', new Uint8Array(1))
  const acked: string[] = []
  const message = (id: string, body: unknown) => ({
    id,
    body,
    ack: () => acked.push(id),
    retry: () => acked.push(`-${id}`),
  })
  const messages = [message('a', { organizationId: 'org_1', userId: 'usr_1' }), message('b', { nothing: true })]
  await consumeErasures({ messages } as never, library.system)
  expect(acked).toEqual(['a', 'b'])
  expect([...library.media.objects.keys()].every((key) => key.startsWith('library/org_2/'))).toBe(true)
  for (const table of ['library_items', 'library_storage', 'library_facets', 'library_quotas', 'library_collections']) {
    const [row] = await library.db.all<{ left: number }>(
      sql`SELECT count(*) AS left FROM ${sql.identifier(table)} WHERE organization_id = 'org_1'`,
    )
    expect([table, row?.left]).toEqual([table, 0])
  }
})

test('an erasure that fails is asked for again', async () => {
  const library = createTestLibrary()
  await make(library)
  library.media.state.failing = (operation) => operation === 'delete'
  const ends: string[] = []
  const body = { organizationId: 'org_1', userId: 'usr_1' }
  const message = { body, ack: () => ends.push('ack'), retry: () => ends.push('retry') }
  await consumeErasures({ messages: [message] } as never, library.system)
  library.media.state.failing = null
  await consumeErasures({ messages: [message] } as never, library.system)
  expect([ends, library.media.objects.size]).toEqual([['retry', 'ack'], 0])
})

test('sums are exact after any order of whatever can be done', async () => {
  const actions = [
    'stage',
    'temporary',
    'publish',
    'discard',
    'delete',
    'restore',
    'erase',
    'show',
    'hide',
    'tag',
    'collect',
    'collect',
    'uncollect',
    'sweep',
    'later',
  ] as const
  const step = fc.record({ action: fc.constantFrom(...actions), at: fc.nat(3), fails: fc.integer({ min: 0, max: 9 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 80, maxLength: 80 }), async (steps) => {
      const library = createTestLibrary({ quotaBytes: ITEM_BYTES * 3 })
      const { id: collection } = (await library.ask('/api/library/collections', { body: { name: 'c' } })).body
      for (const [turn, { action, at, fails }] of steps.entries()) {
        const id = `itm_p${at}`
        library.media.state.failing = fails === 0 ? () => true : null
        const input = stageInput({ itemId: id, temporary: action === 'temporary' })
        const bulk = () => library.ask('/api/library/bulk', { body: { ids: [id], action, collection_id: collection } })
        const work = {
          stage: () => stage({ input, ctx: library.system }),
          temporary: () => stage({ input, ctx: library.system }),
          publish: () => publish({ organizationId: 'org_1', itemIds: [id], ctx: library.system }),
          discard: () => discard({ organizationId: 'org_1', itemIds: [id], ctx: library.system }),
          sweep: () => sweep({ ctx: library.system }),
          later: async () => library.now.advance(10 * DAY_MS),
          tag: () =>
            library.ask(`/api/library/items/${id}`, { method: 'PATCH', body: { tags: [`t${fails % 3}`, 'all'] } }),
        }[action as 'stage']
        await (work ?? bulk)().catch(() => undefined)
        if (turn % 8 === 7) await expectExact(library)
      }
    }),
    { numRuns: 12 },
  )
})

async function expectExact({ db, database }: TestLibrary): Promise<void> {
  const rows = await db.select().from(libraryItems)
  const ready = rows.filter(({ state }) => state === 'ready')
  const sum = (items: typeof rows) => items.reduce((total, { storedBytes }) => total + storedBytes, 0)
  const [storage] = await db.all<object>(sql`SELECT used_bytes, item_count, deleted_bytes FROM library_storage`)
  expect(storage ?? { used_bytes: 0, item_count: 0, deleted_bytes: 0 }).toEqual({
    used_bytes: sum(rows.filter(({ temporary }) => !temporary)),
    item_count: ready.length,
    deleted_bytes: sum(rows.filter(({ state }) => state === 'deleted')),
  })
  expect(sum(rows.filter(({ temporary }) => !temporary))).toBeLessThanOrEqual(ITEM_BYTES * 3)
  const facets = await db.all(
    sql`SELECT facet, value, sum(items) AS items FROM library_facets WHERE items > 0 GROUP BY 1, 2 ORDER BY 1, 2`,
  )
  const counted =
    await db.all(sql`SELECT 'model' AS facet, model AS value, count(*) AS items FROM library_items WHERE state = 'ready' AND model IS NOT NULL GROUP BY 2
    UNION ALL SELECT 'tag', value, count(*) FROM library_items, json_each(tags) WHERE state = 'ready' GROUP BY 2 ORDER BY 1, 2`)
  expect(facets).toEqual(counted)
  const [{ item_count: listed } = { item_count: -1 }] = await db.all<{ item_count: number }>(
    sql`SELECT item_count FROM library_collections`,
  )
  const [{ items } = { items: -1 }] = await db.all<{ items: number }>(
    sql`SELECT count(*) AS items FROM library_collection_items c JOIN library_items i ON i.position = c.position WHERE i.state = 'ready'`,
  )
  expect(listed).toBe(items)
  const { results } = await database.prepare(`SELECT rowid FROM library_search ORDER BY rowid`).all<{ rowid: number }>()
  const found = rows.filter(({ state }) => state === 'ready' || state === 'deleted')
  expect(results.map(({ rowid }) => rowid)).toEqual(found.map(({ position }) => position).sort((a, b) => a - b))
}

test('a quota is what the plan says, then what the operator says, and the last known where nobody can be asked', async () => {
  const now = createTestClock(NOON)
  const plan = { quotaBytes: 500 as number | null, asked: 0, away: false }
  const create = () =>
    createQuotas({
      db: drizzle(database),
      billing: {
        async storageQuotaOf() {
          plan.asked++
          if (plan.away) throw new Error('billing is away')
          return { quotaBytes: plan.quotaBytes }
        },
      },
      fallback: 70,
      now,
      logger: silentLogger,
    })
  const database = createTestDatabase()
  const quotaOf = create()
  expect([await quotaOf('org_1'), await quotaOf('org_1'), plan.asked]).toEqual([500, 500, 1])
  plan.quotaBytes = 900
  now.advance(60_000)
  expect(await quotaOf('org_1')).toBe(900)
  plan.away = true
  now.advance(60_000)
  expect([await quotaOf('org_1'), await create()('org_1'), await create()('org_new')]).toEqual([900, 900, 70])
  plan.away = false
  plan.quotaBytes = null
  now.advance(60_000)
  expect(await quotaOf('org_1')).toBe(70)
  expect([quotaSetting(undefined), quotaSetting(' '), quotaSetting('10')]).toEqual([null, null, 10])
  expect(() => quotaSetting('ten')).toThrow('STORAGE_QUOTA_BYTES')
})

test('two that are made in one moment find places of their own', async () => {
  const library = createTestLibrary()
  const places = [0.5, 0.5, 0.6]
  const ctx = { ...library.system, random: () => places.shift()! }
  for (let count = 0; count < 2; count++) expect(await stage({ input: stageInput(), ctx })).toMatchObject({ ok: true })
  expect(places).toEqual([])
})
