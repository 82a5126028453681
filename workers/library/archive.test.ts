import { expect, test } from 'vitest'
import type { StageInput } from '#shared/contracts/library'
import { fileNameOf, uniqueNames } from './archive.ts'
import { publish } from './publish.ts'
import { stage } from './stage.ts'
import { createTestLibrary, omar, stageInput, type TestLibrary } from './testing.ts'

async function make(library: TestLibrary, change: Partial<StageInput> = {}): Promise<string> {
  const input = stageInput(change)
  await stage({ input, ctx: library.system })
  await publish({ organizationId: input.organizationId, itemIds: [input.itemId], ctx: library.system })
  return input.itemId
}

/** Names and bytes, by the directory at the end of a ZIP whose files are stored as they are. */
function unzip(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const files = new Map<string, Uint8Array>()
  const end = bytes.length - 22
  expect(view.getUint32(end, true)).toBe(0x06054b50)
  let at = view.getUint32(end + 16, true)
  for (let count = view.getUint16(end + 10, true); count > 0; count--) {
    const [size, nameLength, extra, comment] = [24, 28, 30, 32].map((offset) =>
      offset === 24 ? view.getUint32(at + offset, true) : view.getUint16(at + offset, true),
    ) as [number, number, number, number]
    // Bit 11: the name is UTF-8.
    expect(view.getUint16(at + 8, true) & 0x800).toBe(0x800)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    const local = view.getUint32(at + 42, true)
    const data = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    files.set(name, bytes.subarray(data, data + size))
    at += 46 + nameLength + extra + comment
  }
  return files
}

async function download(library: TestLibrary, body: object): Promise<Map<string, Uint8Array>> {
  const { status, body: answer } = await library.ask('/api/library/archives', { body })
  expect(status).toBe(201)
  const { response } = await library.ask(answer.url.replace('https://riwaq.example', ''), { as: null })
  expect(response.headers.get('content-type')).toBe('application/zip')
  return unzip(new Uint8Array(await response.arrayBuffer()))
}

test('a ZIP holds every picture under a name of its own, and beside them how they were made', async () => {
  const library = createTestLibrary()
  const ids = [
    await make(library, { title: 'قطة' }),
    await make(library, { title: 'قطة' }),
    await make(library, { title: '../../etc/passwd' }),
    await make(library, { title: 'provenance', bytes: new Uint8Array([5, 5, 5]) }),
  ]
  const files = await download(library, { ids })
  expect([...files.keys()]).toEqual(['قطة.png', 'قطة (2).png', 'etc passwd.png', 'provenance.png', 'provenance.json'])
  expect(files.get('provenance.png')).toEqual(new Uint8Array([5, 5, 5, 1]))
  const { items } = JSON.parse(new TextDecoder().decode(files.get('provenance.json')))
  expect(items.map((item: { id: string; file: string }) => [item.id, item.file])).toEqual(
    ids.map((id, at) => [id, [...files.keys()][at]]),
  )
  expect(items[0].provenance).toMatchObject({ model: 'riwaq/sandbox-image', seed: 7 })
})

test('a collection is downloaded as it is when its address is opened', async () => {
  const library = createTestLibrary()
  const [kept, deleted, hidden] = [
    await make(library, { title: 'kept' }),
    await make(library, { title: 'deleted' }),
    await make(library, { title: 'hidden', userId: omar.userId }),
  ]
  await library.ask(`/api/library/items/${hidden}`, { as: omar, method: 'PATCH', body: { visibility: 'organization' } })
  const { id } = (await library.ask('/api/library/collections', { body: { name: 'c' } })).body
  await library.ask('/api/library/bulk', {
    body: { ids: [kept, deleted, hidden], action: 'collect', collection_id: id },
  })
  const names = async () => [...(await download(library, { collection_id: id })).keys()]
  expect(await names()).toEqual(['kept.png', 'deleted.png', 'hidden.png', 'provenance.json'])
  await library.ask(`/api/library/items/${deleted}`, { method: 'DELETE' })
  await library.ask(`/api/library/items/${hidden}`, { as: omar, method: 'PATCH', body: { visibility: 'private' } })
  expect(await names()).toEqual(['kept.png', 'provenance.json'])
})

test('pictures are read one after the other, as they are taken', async () => {
  const library = createTestLibrary()
  const ids = []
  for (let count = 0; count < 30; count++) ids.push(await make(library))
  const opened: string[] = []
  const { get } = library.media.bucket
  library.media.bucket.get = ((key: string) => (
    opened.push(key),
    get.call(library.media.bucket, key as never)
  )) as typeof get
  const { body } = await library.ask('/api/library/archives', { body: { ids } })
  const { response } = await library.ask(body.url.replace('https://riwaq.example', ''), { as: null })
  const reader = response.body!.getReader()
  await reader.read()
  expect(opened.length).toBeLessThan(5)
  await reader.cancel()
})

test('names are unique also where letters of two sizes are the same, and never empty', () => {
  const unique = uniqueNames()
  expect(['a.png', 'A.png', 'a (2).png', 'a.png'].map(unique)).toEqual([
    'a.png',
    'A (2).png',
    'a (2) (2).png',
    'a (3).png',
  ])
  expect(fileNameOf({ title: '/', id: 'itm_1', mediaType: 'image/jpeg' })).toBe('itm_1.jpg')
})
