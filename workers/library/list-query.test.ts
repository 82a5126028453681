// Whatever is asked in whatever combination: what comes is what a plain look at every item would have found.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { itemSources, type LibraryItem } from '#shared/contracts/library'
import { foldedWords } from '#shared/lib/fold-arabic'
import { publish } from './publish.ts'
import { stage } from './stage.ts'
import { createTestLibrary, NOON, omar, provenance, salma, stageInput, stranger, type TestLibrary } from './testing.ts'

const models = ['a/one', 'b/two']
const words = ['قطة', 'كلب', 'بحر', 'cat', 'Dog']
const tags = ['pets', 'عطلة']
const sizes = [
  [4, 3],
  [3, 4],
  [4, 4],
] as const

const at = <T>(list: readonly T[], index: number): T => list[index % list.length]!

interface Known extends LibraryItem {
  organization: string
}

/** Items of three members of two organizations, of every kind there is, in every state that a list may see. */
async function fill(library: TestLibrary): Promise<{ known: Known[]; collection: string }> {
  const { system, ask, now } = library
  const { id: collection } = (await ask('/api/library/collections', { body: { name: 'c' } })).body
  const made: { id: string; viewer: typeof salma }[] = []
  for (let n = 0; n < 48; n++) {
    const viewer = at([salma, omar, salma, stranger], n)
    const input = stageInput({
      ...viewer,
      source: at(itemSources, n >> 1),
      title: `و${at(words, n)} ${at(words, n >> 2)}`,
      bytes: new Uint8Array([...at(sizes, n >> 1), n]),
      tags: n % 3 === 0 ? [at(tags, n)] : [],
      provenance: n % 5 === 0 ? null : provenance({ model: at(models, n), prompt: '', original_prompt: null }),
    })
    await stage({ input, ctx: system })
    await publish({ organizationId: viewer.organizationId, itemIds: [input.itemId], ctx: system })
    made.push({ id: input.itemId, viewer })
    now.advance(n % 3)
  }
  const bulk = (action: string, few: typeof made, as?: typeof salma) =>
    Promise.all(
      few.map(({ id, viewer }) =>
        ask('/api/library/bulk', { as: as ?? viewer, body: { ids: [id], action, collection_id: collection } }),
      ),
    )
  await bulk(
    'show',
    made.filter((_, n) => n % 4 < 2 && n % 3 === 0),
  )
  for (const { id, viewer } of made.filter((_, n) => n % 11 === 0))
    await ask(`/api/library/items/${id}/share`, { as: viewer, method: 'PUT', body: {} })
  await bulk(
    'favourite',
    made.filter((_, n) => n % 3 === 0),
    salma,
  )
  await bulk(
    'collect',
    made.filter((_, n) => n % 6 < 2),
    salma,
  )
  await bulk(
    'delete',
    made.filter((_, n) => n % 7 === 0),
  )
  const known: Known[] = []
  for (const { id, viewer } of made) {
    const { body } = await ask(`/api/library/items/${id}`, { as: viewer })
    const own = (await ask(`/api/library/items/${id}`)).body as LibraryItem
    // Favourites and collections are those of who looks.
    const seen = own.object ? { favourite: own.favourite, collection_ids: own.collection_ids } : {}
    known.push({ ...body, ...seen, organization: viewer.organizationId })
  }
  return { known, collection }
}

type Query = Record<string, string>

const isShared = (item: Known) => item.share !== null || item.visibility === 'organization'

const orientationOf = ({ width, height }: Known) => {
  if (width === height) return 'square'
  return width! > height! ? 'landscape' : 'portrait'
}

function expected(known: Known[], query: Query, collection: string): string[] {
  const mine = (item: Known) => item.owner_id === salma.userId
  const checks: Record<string, (item: Known, value: string) => boolean> = {
    source: (item, value) => item.source === value,
    model: (item, value) => item.provenance?.model === value,
    orientation: (item, value) => orientationOf(item) === value,
    tag: (item, value) => item.tags.includes(value),
    collection: (item) => item.collection_ids.includes(collection),
    favourite: (item, value) => String(item.favourite) === value,
    owner: (item, value) => (value === 'me') === mine(item),
    shared: (item, value) => String(isShared(item)) === value,
    from: (item, value) => item.created_at >= Number(value),
    to: (item, value) => item.created_at < Number(value),
    q: (item, value) =>
      foldedWords(item.title).some((word) => word.replace(/^و/, '').startsWith(foldedWords(value)[0]!)),
  }
  const seen = known.filter((item) => {
    if (item.organization !== salma.organizationId) return false
    if (query['deleted'] === 'true') return mine(item) && item.deleted_at !== null
    return item.deleted_at === null && (mine(item) || item.visibility === 'organization')
  })
  return seen
    .filter((item) => Object.entries(query).every(([name, value]) => checks[name]?.(item, value) ?? true))
    .map(({ id }) => id)
    .sort()
}

test('a list is what a look at every item would find, in whatever combination it is asked', async () => {
  const library = createTestLibrary()
  const { known, collection } = await fill(library)
  const some = <T>(value: T) => fc.option(fc.constant(value), { nil: undefined, freq: 2 })
  const oneOf = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 1 })
  const queries = fc.record({
    q: oneOf('قطه', 'كل', 'البحر', 'CA', 'dog'),
    source: oneOf(...itemSources),
    model: oneOf(...models),
    orientation: oneOf('landscape', 'portrait', 'square'),
    tag: oneOf(...tags),
    collection: some(collection),
    favourite: oneOf('true', 'false'),
    owner: oneOf('me', 'others'),
    shared: oneOf('true', 'false'),
    from: oneOf(String(NOON + 10)),
    to: oneOf(String(NOON + 30)),
    deleted: oneOf('true'),
  })
  let found = 0
  const narrow = fc.tuple(
    queries,
    fc.shuffledSubarray(
      [
        'q',
        'source',
        'model',
        'orientation',
        'tag',
        'collection',
        'favourite',
        'owner',
        'shared',
        'from',
        'to',
        'deleted',
      ],
      { maxLength: 3 },
    ),
  )
  await fc.assert(
    fc.asyncProperty(narrow, async ([all, names]) => {
      const query = Object.fromEntries(
        Object.entries(all).filter(([name, value]) => value !== undefined && names.includes(name)),
      ) as Query
      const { status, body } = await library.ask(
        `/api/library/items?${new URLSearchParams({ ...query, limit: '100' }).toString()}`,
      )
      expect(status).toBe(200)
      const ids = (body.data as LibraryItem[]).map(({ id }) => id)
      found += ids.length
      expect(ids.toSorted()).toEqual(expected(known, query, collection))
    }),
    { numRuns: 250 },
  )
  // Questions that find nothing prove nothing.
  expect(found).toBeGreaterThan(500)
})
