import { expect, test } from 'vitest'
import type { LibraryItem } from '#shared/contracts/library'
import { createTestExecutionContext, principalHeaders } from '#test/fake-context'
import { drawPicture } from './pixels/testing-files.ts'
import { encodePng } from './pixels/png/encode-png.ts'
import { testPixels } from './pixels/testing.ts'
import { createTestLibrary, omar, principalOf, salma, type TestLibrary } from './testing.ts'

const png = encodePng(drawPicture(60, 40), { alpha: false })

function createLibrary(options: Parameters<typeof createTestLibrary>[0] = {}) {
  const library = createTestLibrary(options)
  library.system.pixels = testPixels()
  return library
}

async function send(
  { app, env }: TestLibrary,
  bytes: Uint8Array,
  { name = 'قطة.png', as = salma, collection = '' } = {},
) {
  const body = new FormData()
  body.append('file', new File([bytes as Uint8Array<ArrayBuffer>], name, { type: 'image/svg+xml' }))
  if (collection) body.append('collection_id', collection)
  const headers = await principalHeaders(principalOf(as))
  const response = await app.request(
    '/api/library/uploads',
    { method: 'POST', body, headers },
    env,
    createTestExecutionContext() as never,
  )
  return { status: response.status, body: (await response.json()) as LibraryItem }
}

test('a picture that is sent is in the library at once: cleaned, measured, titled by its name', async () => {
  const library = createLibrary()
  const { status, body } = await send(library, png, { name: '/home/salma/قطة على سطح.png' })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    object: 'library_item',
    source: 'uploaded',
    title: 'قطة على سطح',
    media_type: 'image/png',
    width: 60,
    height: 40,
    visibility: 'private',
    mine: true,
    provenance: null,
  })
  expect(body.thumbhash).toMatch(/^[A-Za-z0-9+/=]+$/)
  const list = await library.ask('/api/library/items')
  expect(list.body.data.map(({ id }: { id: string }) => id)).toEqual([body.id])
  const { response } = await library.ask(`/api/library/items/${body.id}/file`)
  expect(response.headers.get('content-type')).toBe('image/png')
  expect(response.headers.get('content-security-policy')).toContain('sandbox')
})

test.each([
  [
    'image_unsupported',
    415,
    new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    { format: 'svg' },
  ],
  ['image_damaged', 400, png.subarray(0, 200), {}],
])('what is not taken is refused as %s, with nothing kept', async (code, status, bytes, facts) => {
  const library = createLibrary()
  const refused = await send(library, bytes)
  expect(refused.status).toBe(status)
  expect(JSON.stringify(refused.body)).toContain(code)
  for (const value of Object.values(facts)) expect(JSON.stringify(refused.body)).toContain(value)
  expect(library.media.objects.size).toBe(0)
  expect((await library.ask('/api/library/items')).body.data).toEqual([])
})

test('where there is no room, nothing is kept', async () => {
  const library = createLibrary({ quotaBytes: 100 })
  const refused = await send(library, png)
  expect([refused.status, JSON.stringify(refused.body)]).toEqual([409, expect.stringContaining('storage_exhausted')])
  expect(library.media.objects.size).toBe(0)
})

test('a picture goes into a collection of one’s own, and into nobody else’s', async () => {
  const library = createLibrary()
  const { body: collection } = await library.ask('/api/library/collections', {
    method: 'POST',
    body: { name: 'Roofs' },
  })
  expect((await send(library, png, { collection: collection.id })).body.collection_ids).toEqual([collection.id])
  const before = library.media.objects.size
  expect((await send(library, png, { collection: collection.id, as: omar })).status).toBe(404)
  expect(library.media.objects.size).toBe(before)
})
