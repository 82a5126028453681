// A library of 100,000 items opens, searches and filters by index: what the database says that it will do, and how long
// it takes. Figures are printed; the bounds are those of the product, far above what is measured.
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { libraryCollections } from '#db/schema/library'
import { discard } from './discard.ts'
import { eraseFor } from './erase-for.ts'
import { commonWord, fillLibrary, frequentWord, rareWord } from './large-library.ts'
import type { ListAsked } from './list-query.ts'
import { firstPositionOf } from './position.ts'
import { publish } from './publish.ts'
import { stage } from './stage.ts'
import { sweep } from './sweep.ts'
import { createTestLibrary, NOON, salma, stageInput, type TestLibrary } from './testing.ts'

const ITEMS = 100_000
const SINCE = NOON - ITEMS * 1_000
const COLLECTION = 'col_large'

let library: TestLibrary

beforeAll(async () => {
  library = createTestLibrary()
  const { database, db } = library
  const before = performance.now()
  const people = ['usr_1', 'usr_2', 'usr_4']
  await fillLibrary({ database, organizationId: 'org_1', owners: people, count: ITEMS, since: SINCE })
  for (const [at, organizationId] of ['org_2', 'org_3'].entries())
    await fillLibrary({ database, organizationId, owners: ['usr_3'], count: 2_000, since: SINCE + 1 + at })
  await db.insert(libraryCollections).values({
    id: COLLECTION,
    organizationId: 'org_1',
    ownerId: 'usr_1',
    name: 'Large',
    createdAt: NOON,
    updatedAt: NOON,
  })
  const mine = sql`FROM library_items WHERE organization_id = 'org_1' AND owner_id = 'usr_1' AND state = 'ready' AND position % 3 = 0`
  await db.run(sql`INSERT INTO library_collection_items SELECT ${COLLECTION}, position, organization_id ${mine}`)
  await db.run(sql`INSERT INTO library_favourites SELECT organization_id, owner_id, position ${mine}`)
  print(`filled with ${ITEMS + 4_000} items in ${Math.round(performance.now() - before)} ms`)
})

const print = (line: string) => process.stdout.write(`${line}\n`)

const asked = (change: Partial<ListAsked>): ListAsked => ({ viewer: salma, limit: 41, order: 'newest', ...change })
const middle = firstPositionOf(SINCE + (ITEMS / 2) * 1_000)

const lists: Record<string, Partial<ListAsked>> = {
  opening: {},
  'the oldest': { order: 'oldest' },
  'a page in the middle': { to: middle },
  'a range of dates': { from: middle, to: middle + firstPositionOf(500_000) },
  'my own': { owner: 'me' },
  'others’': { owner: 'others' },
  'by source': { source: 'edited' },
  'by orientation, the oldest': { orientation: 'square', order: 'oldest' },
  'by a rare model': { model: 'c/three' },
  'by everything': { kind: 'image', source: 'edited', model: 'a/one', orientation: 'portrait', owner: 'me' },
  'by nothing that there is': { model: 'none/none', orientation: 'square' },
  shared: { shared: true },
  favourites: { favourite: true },
  'favourites by source': { favourite: true, source: 'uploaded' },
  'without favourites': { favourite: false },
  'a collection': { collectionId: COLLECTION },
  'favourites of a collection': { collectionId: COLLECTION, favourite: true, orientation: 'square' },
  'what was deleted': { deleted: true },
  'a search for what is everywhere': { text: commonWord },
  'a search for its beginning': { text: 'ص' },
  'a search for a word': { text: frequentWord },
  'a search for a rare word': { text: rareWord },
  'a search for two words': { text: `${commonWord} w12` },
  'a search for nothing that there is': { text: 'xyzzy' },
  'a search from the middle on, the oldest': { text: commonWord, from: middle, order: 'oldest' },
  'a search by a rare model': { text: commonWord, model: 'c/three' },
  'a search by everything': { text: commonWord, source: 'edited', orientation: 'square', owner: 'me', shared: true },
  'a search of favourites': { text: commonWord, favourite: true },
  'a search of a collection': { text: commonWord, collectionId: COLLECTION },
  'a search of what was deleted': { text: commonWord, deleted: true },
  'by a tag that nothing has': { tag: 'none' },
}

/** What the database is asked meanwhile, and how it will go about it. */
async function plansOf(work: () => Promise<unknown>): Promise<{ statement: string; steps: string[] }[]> {
  const { database } = library
  const prepare = database.prepare.bind(database)
  const asked: { statement: string; values: unknown[] }[] = []
  database.prepare = (statement: string) => {
    const prepared = prepare(statement)
    const bind = prepared.bind.bind(prepared)
    prepared.bind = (...values: unknown[]) => {
      asked.push({ statement, values })
      return bind(...values)
    }
    return prepared
  }
  try {
    await work()
  } finally {
    database.prepare = prepare
  }
  return Promise.all(
    asked.map(async ({ statement, values }) => {
      const { results } = await prepare(`EXPLAIN QUERY PLAN ${statement}`)
        .bind(...values)
        .all<{ detail: string }>()
      return { statement, steps: results.map(({ detail }) => detail) }
    }),
  )
}

/** A virtual table is always "scanned": by its index of words where it says M. What is in a list of the query's own is small. */
const isScan = (step: string): boolean =>
  step.startsWith('SCAN') &&
  !/^SCAN s VIRTUAL TABLE INDEX \d+:.*M/.test(step) &&
  !/^SCAN (\(subquery|json_each VIRTUAL)/.test(step) &&
  step !== 'SCAN CONSTANT ROW'

/** By an index, and all of an organization all the same. */
const isWalk = (step: string): boolean =>
  /^SEARCH (?:i|library_items) .*\((?:organization_id=\?|organization_id=\? AND visibility=\?)\)$/.test(step)

test('no list reads a whole table, and none sorts', async () => {
  for (const [name, change] of Object.entries(lists)) {
    const plans = await plansOf(() => library.system.items.list(asked(change)))
    expect(plans).toHaveLength(1)
    const isBad = (step: string) => isScan(step) || isWalk(step) || step.includes('TEMP B-TREE')
    const bad = plans.flatMap(({ steps }) => steps).filter(isBad)
    expect({ name, bad }).toEqual({ name, bad: [] })
  }
})

test('whatever else is asked of the library goes by an index as well', async () => {
  const { ask, system } = library
  const id = (await ask('/api/library/items?owner=me&limit=1')).body.data[0].id as string
  const plans = await plansOf(async () => {
    await ask('/api/library/storage')
    await ask('/api/library/facets')
    await ask('/api/library/collections')
    await ask(`/api/library/items/${id}`)
    await ask(`/api/library/items/${id}`, {
      method: 'PATCH',
      body: { title: 'x', favourite: true, visibility: 'organization' },
    })
    await ask(`/api/library/items/${id}/share`, { method: 'PUT', body: {} })
    await ask('/api/library/shares/abc', { as: null })
    for (const action of ['collect', 'uncollect', 'unfavourite', 'hide', 'delete', 'restore'])
      await ask('/api/library/bulk', { body: { ids: [id], action, collection_id: COLLECTION } })
    const input = stageInput()
    await stage({ input, ctx: system })
    await publish({ organizationId: 'org_1', itemIds: [input.itemId], collectionId: COLLECTION, ctx: system })
    await discard({ organizationId: 'org_1', itemIds: [input.itemId], ctx: system })
    await ask(`/api/library/items/${input.itemId}/erase`, { body: {} })
    await system.quotaOf('org_1')
  })
  expect(plans.length).toBeGreaterThan(40)
  expect(plans.filter(({ steps }) => steps.some((step) => isScan(step) || isWalk(step)))).toEqual([])
  // Two that would do too much here: a sweep, and the end of a member.
  const swept = await plansOf(() => sweep({ ctx: { ...system, now: () => SINCE } }))
  const erased = await plansOf(() => eraseFor({ erasure: { userId: 'usr_none' }, ctx: system }))
  expect([...swept, ...erased].filter(({ steps }) => steps.some(isScan))).toEqual([])
})

test('of 100,000 items a page comes within 100 ms at the median', async () => {
  const medians: number[] = []
  for (const [name, change] of Object.entries(lists)) {
    const times: number[] = []
    let found = 0
    for (let run = 0; run < 5; run++) {
      const before = performance.now()
      found = (await library.system.items.list(asked(change))).length
      times.push(performance.now() - before)
    }
    const median = times.toSorted((a, b) => a - b)[2]!
    medians.push(median)
    print(`${median.toFixed(1).padStart(7)} ms  ${String(found).padStart(3)} found  ${name}`)
    expect(median, name).toBeLessThan(100)
  }
  print(`${medians.toSorted((a, b) => a - b)[Math.floor(medians.length / 2)]!.toFixed(1)} ms at the median of all`)
})

test('sums are kept, not counted', async () => {
  const before = performance.now()
  const storage = await library.ask('/api/library/storage')
  const facets = await library.ask('/api/library/facets')
  const collections = await library.ask('/api/library/collections')
  print(`${(performance.now() - before).toFixed(1)} ms for storage, facets and collections`)
  expect(storage.body).toMatchObject({ used_bytes: ITEMS * 1_500, item_count: ITEMS * 0.98 })
  expect(facets.body.models).toHaveLength(3)
  expect(collections.body.data[0].item_count).toBeGreaterThan(1_000)
  expect(performance.now() - before).toBeLessThan(300)
})
