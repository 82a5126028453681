// The routes with fakes, end to end inside the service.
import { expect, test } from 'vitest'
import { itemIdOf, type LibraryItem, LibraryPage, SharedItem, type StageInput } from '#shared/contracts/library'
import { discard } from './discard.ts'
import { openItem } from './open-item.ts'
import { publish } from './publish.ts'
import { stage } from './stage.ts'
import { createTestLibrary, NOON, omar, provenance, salma, stageInput, stranger, type TestLibrary } from './testing.ts'

async function make(library: TestLibrary, change: Partial<StageInput> = {}): Promise<LibraryItem> {
  const input = stageInput(change)
  await stage({ input, ctx: library.system })
  const [item] = await publish({ organizationId: input.organizationId, itemIds: [input.itemId], ctx: library.system })
  return item!
}

const titles = ({ body }: { body: { data: LibraryItem[] } }) => body.data.map(({ title }) => title)

test('what is published is in its owner’s library, as the contract has it, and its pages are told', async () => {
  const library = createTestLibrary()
  const input = stageInput({ title: 'قطة على سطح', tags: ['cats', ' cats '] })
  await stage({ input, ctx: library.system })
  expect((await library.ask('/api/library/items')).body.data).toEqual([])
  const [item] = await publish({
    organizationId: 'org_1',
    itemIds: [input.itemId],
    costMicros: [2_000],
    ctx: library.system,
  })
  const { status, body } = await library.ask('/api/library/items')
  expect(status).toBe(200)
  expect(LibraryPage.parse(body).data).toEqual([item])
  expect(item).toMatchObject({ mine: true, tags: ['cats'], provenance: { cost_micros: 2_000 }, visibility: 'private' })
  expect(library.told.map(({ viewer, event }) => [viewer.userId, event.type])).toEqual([
    ['usr_1', 'item'],
    ['usr_1', 'storage'],
  ])
})

test('publishing twice is publishing once', async () => {
  const library = createTestLibrary()
  const item = await make(library)
  const again = await publish({ organizationId: 'org_1', itemIds: [item.id], ctx: library.system })
  expect(again).toEqual([item])
  expect((await library.ask('/api/library/storage')).body).toMatchObject({
    item_count: 1,
    used_bytes: item.stored_bytes,
  })
})

test('an item is its owner’s until it is shown, and another organization’s never', async () => {
  const library = createTestLibrary()
  const { id } = await make(library)
  const seen = async () => (await library.ask(`/api/library/items/${id}`, { as: omar })).status
  expect(await seen()).toBe(404)
  await library.ask(`/api/library/items/${id}`, { method: 'PATCH', body: { visibility: 'organization' } })
  expect(await seen()).toBe(200)
  expect((await library.ask(`/api/library/items/${id}`, { as: stranger })).status).toBe(404)
  expect((await library.ask('/api/library/items?owner=others', { as: omar })).body.data).toMatchObject([
    { id, mine: false },
  ])
  expect((await library.ask('/api/library/items', { as: stranger })).body.data).toEqual([])
  const refused = await library.ask(`/api/library/items/${id}`, { as: omar, method: 'PATCH', body: { title: 'Mine' } })
  expect(refused.status).toBe(403)
  await library.ask(`/api/library/items/${id}`, { as: omar, method: 'PATCH', body: { favourite: true } })
  await library.ask(`/api/library/items/${id}`, { method: 'PATCH', body: { visibility: 'private' } })
  expect(await seen()).toBe(404)
  expect((await library.ask('/api/library/items?favourite=true', { as: omar })).body.data).toEqual([])
})

test('every route hides what is not there for whoever asks', async () => {
  const library = createTestLibrary()
  const { id } = await make(library)
  const collection = (await library.ask('/api/library/collections', { body: { name: 'Cats' } })).body.id as string
  const cases: [string, string, unknown?][] = [
    ['GET', `/api/library/items/${id}`],
    ['PATCH', `/api/library/items/${id}`, { title: 'x' }],
    ['PATCH', `/api/library/items/${id}`, { favourite: true }],
    ['DELETE', `/api/library/items/${id}`],
    ['POST', `/api/library/items/${id}/restore`, {}],
    ['POST', `/api/library/items/${id}/erase`, {}],
    ['GET', `/api/library/items/${id}/file`],
    ['POST', `/api/library/items/${id}/links`, {}],
    ['PUT', `/api/library/items/${id}/share`, {}],
    ['DELETE', `/api/library/items/${id}/share`],
    ['POST', '/api/library/archives', { ids: [id] }],
    ['POST', '/api/library/archives', { collection_id: collection }],
    ['POST', '/api/library/bulk', { ids: [id], action: 'collect', collection_id: collection }],
    ['GET', `/api/library/items?collection=${collection}`],
    ['GET', `/api/library/collections/${collection}`],
    ['PATCH', `/api/library/collections/${collection}`, { name: 'x' }],
    ['DELETE', `/api/library/collections/${collection}`],
  ]
  for (const as of [omar, stranger]) {
    for (const [method, path, body] of cases) {
      const { status, body: problem } = await library.ask(path, { as, method, body })
      expect([method, path, status, problem.error?.code ?? problem.code], `${as.userId}`).toEqual([
        method,
        path,
        404,
        'not_found',
      ])
    }
    for (const action of ['delete', 'erase', 'show', 'favourite'])
      expect((await library.ask('/api/library/bulk', { as, body: { ids: [id], action } })).body).toEqual({
        done: [],
        failed: [{ id, code: 'not_found' }],
      })
  }
  expect((await library.ask(`/api/library/items/${id}`)).status).toBe(200)
})

test('a stranger to the platform is asked who they are', async () => {
  const { ask } = createTestLibrary()
  for (const path of ['items', 'storage', 'facets', 'collections', 'items/itm_1/file'])
    expect((await ask(`/api/library/${path}`, { as: null })).status).toBe(401)
})

test('what is deleted can be restored for thirty days, and only by its owner', async () => {
  const library = createTestLibrary()
  const { id, stored_bytes: bytes } = await make(library)
  expect((await library.ask(`/api/library/items/${id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await library.ask('/api/library/items')).body.data).toEqual([])
  const trash = await library.ask('/api/library/items?deleted=true')
  expect(trash.body.data).toMatchObject([{ id, deleted_at: NOON, erased_at: NOON + 30 * 86_400_000 }])
  expect((await library.ask('/api/library/storage')).body).toMatchObject({
    used_bytes: bytes,
    deleted_bytes: bytes,
    item_count: 0,
  })
  expect((await library.ask('/api/library/items?deleted=true', { as: omar })).body.data).toEqual([])
  library.now.advance(29 * 86_400_000)
  expect((await library.ask(`/api/library/items/${id}/restore`, { body: {} })).body).toMatchObject({
    id,
    deleted_at: null,
  })
  expect((await library.ask('/api/library/items')).body.data).toMatchObject([{ id }])
})

test('what is erased leaves nothing behind', async () => {
  const library = createTestLibrary()
  const { id } = await make(library)
  expect(library.media.objects.size).toBe(2)
  expect((await library.ask(`/api/library/items/${id}/erase`, { body: {} })).status).toBe(204)
  expect(library.media.objects.size).toBe(0)
  expect((await library.ask(`/api/library/items/${id}`)).status).toBe(404)
  expect((await library.ask('/api/library/storage')).body).toMatchObject({ used_bytes: 0, deleted_bytes: 0 })
  expect(library.told.map(({ event }) => event.type)).toContain('item.gone')
})

test('of many, each has an outcome of its own', async () => {
  const library = createTestLibrary()
  const mine = await make(library)
  const theirs = await make(library, { userId: omar.userId })
  await library.ask(`/api/library/items/${theirs.id}`, {
    as: omar,
    method: 'PATCH',
    body: { visibility: 'organization' },
  })
  const bulk = (action: string) =>
    library.ask('/api/library/bulk', { body: { ids: [mine.id, theirs.id, 'itm_none', mine.id], action } })
  expect((await bulk('favourite')).body).toEqual({
    done: [mine.id, theirs.id],
    failed: [{ id: 'itm_none', code: 'not_found' }],
  })
  expect((await bulk('delete')).body).toEqual({
    done: [mine.id],
    failed: [
      { id: theirs.id, code: 'permission_denied' },
      { id: 'itm_none', code: 'not_found' },
    ],
  })
  expect((await bulk('show')).body.failed[0]).toEqual({ id: mine.id, code: 'conflict' })
  const many = Array.from({ length: 101 }, (_, at) => `itm_${at}`)
  expect((await library.ask('/api/library/bulk', { body: { ids: many, action: 'delete' } })).status).toBe(400)
})

test('collections are a member’s own and count what is there', async () => {
  const library = createTestLibrary()
  const [first, second] = [await make(library), await make(library)]
  const { id } = (await library.ask('/api/library/collections', { body: { name: 'قطط' } })).body
  await library.ask('/api/library/bulk', { body: { ids: [first.id, second.id], action: 'collect', collection_id: id } })
  const list = async () => (await library.ask('/api/library/collections')).body.data
  expect(await list()).toMatchObject([{ id, item_count: 2, cover_item_id: second.id }])
  await library.ask(`/api/library/items/${second.id}`, { method: 'DELETE' })
  expect(await list()).toMatchObject([{ id, item_count: 1, cover_item_id: first.id }])
  expect((await library.ask(`/api/library/items?collection=${id}`)).body.data).toMatchObject([{ id: first.id }])
  await library.ask(`/api/library/collections/${id}`, { method: 'DELETE' })
  expect((await library.ask('/api/library/items')).body.data).toMatchObject([{ id: first.id, collection_ids: [] }])
})

test('what a job makes goes into the collection it was made for', async () => {
  const library = createTestLibrary()
  const { id: collectionId } = (await library.ask('/api/library/collections', { body: { name: 'Cats' } })).body
  const inputs = [0, 1].map((index) => stageInput({ itemId: itemIdOf('job_7', index), jobId: 'job_7' }))
  for (const input of inputs) await stage({ input, ctx: library.system })
  const itemIds = inputs.map(({ itemId }) => itemId)
  const items = await publish({ organizationId: 'org_1', itemIds, collectionId, ctx: library.system })
  expect(items.map((item) => [item.id, item.collection_ids])).toEqual(itemIds.map((id) => [id, [collectionId]]))
})

test('a page ends where the next begins, in both orders', async () => {
  const library = createTestLibrary()
  for (let at = 0; at < 7; at++) {
    await make(library, { title: `Number ${at}` })
    library.now.advance(at % 2)
  }
  for (const order of ['newest', 'oldest']) {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await library.ask(`/api/library/items?limit=3&order=${order}${cursor ? `&cursor=${cursor}` : ''}`)
      seen.push(...titles(page))
      cursor = page.body.next_cursor
    } while (cursor)
    const expected = Array.from({ length: 7 }, (_, at) => `Number ${at}`)
    expect(seen).toEqual(order === 'oldest' ? expected : expected.reverse())
  }
  expect((await library.ask('/api/library/items?cursor=abc')).body).toMatchObject({ code: 'invalid_cursor' })
})

test('Arabic is found however it is spelt, whatever is written in one with it, and while it is typed', async () => {
  const library = createTestLibrary()
  await make(library, { title: 'صورةٌ للقِطّةِ والكلبِ', provenance: null })
  await make(library, { title: 'مدينة', provenance: provenance({ prompt: 'city', original_prompt: 'المدينة ليلًا' }) })
  const found = async (q: string) => titles(await library.ask(`/api/library/items?q=${encodeURIComponent(q)}`))
  expect(await found('قطة')).toEqual(['صورةٌ للقِطّةِ والكلبِ'])
  expect(await found('القطه')).toEqual(['صورةٌ للقِطّةِ والكلبِ'])
  expect(await found('كلب صور')).toEqual(['صورةٌ للقِطّةِ والكلبِ'])
  expect(await found('مد')).toEqual(['مدينة'])
  expect(await found('ليلا')).toEqual(['مدينة'])
  expect(await found('CIT')).toEqual(['مدينة'])
  expect(await found('قطة مدينة')).toEqual([])
})

test('what looks like a query is a word', async () => {
  const library = createTestLibrary()
  await make(library, { title: 'NEAR the "end" OR beginning', provenance: null })
  const hostile = [
    '"',
    '""',
    '*',
    'words:',
    '"near" "end"',
    'NEAR',
    'NEAR(a b)',
    'a AND',
    '{scope',
    '^',
    "'; DROP TABLE x",
    '-',
    '\\',
    'end*',
    '(',
    '𓀀𓀁',
    '½',
    'İ',
  ]
  for (const q of hostile)
    expect((await library.ask(`/api/library/items?q=${encodeURIComponent(q)}`)).status, q).toBe(200)
  expect(titles(await library.ask('/api/library/items?q=near%20"end'))).toHaveLength(1)
  expect(titles(await library.ask('/api/library/items?q=***'))).toEqual([])
})

test('filters narrow, alone and together', async () => {
  const library = createTestLibrary()
  const wide = await make(library, { title: 'wide cat', bytes: new Uint8Array([9, 3]), tags: ['pets'] })
  const tall = await make(library, { title: 'tall cat', bytes: new Uint8Array([3, 9]), source: 'edited' })
  const own = await make(library, {
    title: 'own dog',
    bytes: new Uint8Array([5, 5]),
    source: 'uploaded',
    provenance: null,
  })
  await library.ask(`/api/library/items/${tall.id}`, {
    method: 'PATCH',
    body: { favourite: true, visibility: 'organization' },
  })
  const found = async (query: string) =>
    (await library.ask(`/api/library/items?${query}`)).body.data.map(({ id }: LibraryItem) => id)
  expect(await found('orientation=landscape')).toEqual([wide.id])
  expect(await found('source=uploaded')).toEqual([own.id])
  expect(await found('model=riwaq/sandbox-image')).toEqual([tall.id, wide.id])
  expect(await found('model=riwaq/sandbox-image&q=cat&orientation=portrait')).toEqual([tall.id])
  expect(await found('favourite=true')).toEqual([tall.id])
  expect(await found('favourite=true&q=dog')).toEqual([])
  expect(await found('favourite=false')).toEqual([own.id, wide.id])
  expect(await found('shared=true')).toEqual([tall.id])
  expect(await found('shared=false&owner=me')).toEqual([own.id, wide.id])
  expect(await found('tag=pets')).toEqual([wide.id])
  expect(await found(`from=${NOON}&to=${NOON + 1}`)).toHaveLength(3)
  expect(await found(`from=${NOON + 1}`)).toEqual([])
  expect(await found(`to=${NOON}&q=cat`)).toEqual([])
  expect((await library.ask('/api/library/facets')).body).toEqual({
    models: [{ value: 'riwaq/sandbox-image', count: 2 }],
    tags: [{ value: 'pets', count: 1 }],
  })
})

test('a changed title is found by its new words alone', async () => {
  const library = createTestLibrary()
  const { id } = await make(library, { title: 'old words', provenance: null })
  await library.ask(`/api/library/items/${id}`, { method: 'PATCH', body: { title: 'new ones', tags: ['بحر'] } })
  const found = async (q: string) =>
    (await library.ask(`/api/library/items?q=${encodeURIComponent(q)}`)).body.data.length
  expect([await found('old'), await found('new'), await found('البحر')]).toEqual([0, 1, 1])
})

test('a share opens to everybody until it is taken back, and nothing tells whose it is', async () => {
  const library = createTestLibrary()
  const { id } = await make(library)
  const shared = await library.ask(`/api/library/items/${id}/share`, { method: 'PUT', body: {} })
  const { url } = shared.body.share
  expect(url).toMatch(/^https:\/\/riwaq\.example\/en\/shared#[\w-]{32}$/)
  expect(library.audits).toMatchObject([{ action: 'library-item.shared', targetId: id }])
  const open = () => library.ask(`/api/library/shares/${url.split('#')[1]}`, { as: null })
  const { body } = await open()
  expect(SharedItem.parse(body)).toEqual(body)
  expect(JSON.stringify(body)).not.toMatch(/usr_1|cat on a roof/)
  const path = body.urls.original.replace('https://riwaq.example', '')
  expect((await library.ask(path, { as: null })).status).toBe(200)
  expect((await library.ask('/api/library/items?shared=true')).body.data).toMatchObject([{ id }])
  expect((await library.ask(`/api/library/items/${id}/share`, { method: 'PUT', body: {} })).body.share.url).toBe(url)
  await library.ask(`/api/library/items/${id}/share`, { method: 'DELETE' })
  expect((await open()).status).toBe(404)
  expect((await library.ask(path, { as: null })).status).toBe(404)
})

test('a share ends by itself, and by its item’s end', async () => {
  const library = createTestLibrary()
  const { id } = await make(library)
  const share = async (body: object) =>
    (await library.ask(`/api/library/items/${id}/share`, { method: 'PUT', body })).body.share.url.split('#')[1]
  const first = await share({ expires_at: NOON + 1_000 })
  const status = async (token: string) => (await library.ask(`/api/library/shares/${token}`, { as: null })).status
  expect(await status(first)).toBe(200)
  library.now.advance(1_000)
  expect(await status(first)).toBe(404)
  const second = await share({})
  expect([await status(first), await status(second)]).toEqual([404, 200])
  await library.ask(`/api/library/items/${id}`, { method: 'DELETE' })
  await library.ask(`/api/library/items/${id}/restore`, { body: {} })
  expect(await status(second)).toBe(404)
})

test('what cannot be recorded is not shared', async () => {
  const library = createTestLibrary()
  const { id } = await make(library)
  library.state.auditFails = true
  expect((await library.ask(`/api/library/items/${id}/share`, { method: 'PUT', body: {} })).status).toBe(503)
  expect((await library.ask(`/api/library/items/${id}`)).body.share).toBeNull()
})

test('a body may be left out where everything in it may be', async () => {
  const library = createTestLibrary()
  const { id } = await make(library)
  expect((await library.ask(`/api/library/items/${id}/links`, { method: 'POST' })).status).toBe(201)
  expect((await library.ask(`/api/library/items/${id}/share`, { method: 'PUT' })).status).toBe(200)
})

test('a signed address opens until it ends, and only as it was signed', async () => {
  const library = createTestLibrary()
  const { id } = await make(library)
  const link = await library.ask(`/api/library/items/${id}/links`, {
    body: { expires_in_seconds: 60, rendition: 'thumbnail' },
  })
  const path = (link.body.url as string).replace('https://riwaq.example', '')
  const { response } = await library.ask(path, { as: null })
  expect(response.headers.get('content-type')).toBe('image/webp')
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([7, 7]))
  const [payload, signature] = path.slice('/media/'.length).split('.') as [string, string]
  const changed = [
    `${payload}x.${signature}`,
    `${payload}.${signature.slice(1)}`,
    payload,
    `${payload}.`,
    `.${signature}`,
    '',
    '%00',
    'a.b.c',
  ]
  for (const token of changed) expect((await library.ask(`/media/${token}`, { as: null })).status, token).toBe(404)
  library.now.advance(60_000)
  expect((await library.ask(path, { as: null })).status).toBe(404)
})

test('a file opens with the session of whoever sees it, as what it is', async () => {
  const library = createTestLibrary()
  const { id, urls } = await make(library, { title: 'قطة' })
  const { response } = await library.ask(`${urls.original}?download=true`)
  expect(response.headers.get('content-type')).toBe('image/png')
  expect(response.headers.get('content-disposition')).toContain('attachment')
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  // Its original, where there is no such rendition.
  expect((await library.ask(`/api/library/items/${id}/file?rendition=web`)).status).toBe(200)
})

test('what a job keeps can be opened by its owner before it is published, and never was once it is discarded', async () => {
  const library = createTestLibrary()
  const input = stageInput()
  await stage({ input, ctx: library.system })
  const open = (change = {}) => openItem({ ...salma, itemId: input.itemId, ...change, ctx: library.system })
  expect(await open()).toBeNull()
  expect((await open({ staged: true }))?.bytes).toEqual(new Uint8Array([...input.bytes, 1]))
  expect(await open({ staged: true, userId: omar.userId })).toBeNull()
  await discard({ organizationId: 'org_2', itemIds: [input.itemId], ctx: library.system })
  expect(await open({ staged: true })).not.toBeNull()
  await discard({ organizationId: 'org_1', itemIds: [input.itemId], ctx: library.system })
  await discard({ organizationId: 'org_1', itemIds: [input.itemId], ctx: library.system })
  expect(await open({ staged: true })).toBeNull()
  expect(library.media.objects.size).toBe(0)
})

test('a member takes all of it along, also what can still be restored', async () => {
  const library = createTestLibrary()
  const { id: collection } = (await library.ask('/api/library/collections', { body: { name: 'c' } })).body
  const [kept, deleted] = [await make(library), await make(library)]
  await make(library, omar)
  await library.ask(`/api/library/items/${deleted.id}`, { method: 'DELETE' })
  const { response } = await library.ask('/api/library/export')
  const lines = (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ type, id }) => [type, id])).toEqual([
    ['collection', collection],
    ['item', kept.id],
    ['item', deleted.id],
  ])
})

test('where no clock runs, whoever looks at the library has it swept now and then', async () => {
  const library = createTestLibrary()
  await make(library, { temporary: true })
  library.now.advance(86_400_000)
  library.system.swept.at = 0
  await library.ask('/api/library/items')
  expect(library.media.objects.size).toBe(0)
})

test('what is kept for a day is not in the library and costs no room', async () => {
  const library = createTestLibrary({ quotaBytes: 0 })
  const item = await make(library, { temporary: true })
  expect((await library.ask(`/api/library/items/${item.id}`)).status).toBe(200)
  expect((await library.ask('/api/library/items')).body.data).toEqual([])
  expect((await library.ask('/api/library/items?q=cat')).body.data).toEqual([])
  expect((await library.ask('/api/library/storage')).body).toEqual({
    used_bytes: 0,
    quota_bytes: 0,
    item_count: 0,
    deleted_bytes: 0,
  })
  expect((await library.ask(`/api/library/items/${item.id}/share`, { method: 'PUT', body: {} })).status).toBe(409)
})
