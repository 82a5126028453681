// The library on the real runtime: a picture comes in, is found, given away, taken along and erased.
import { expect, inject, test } from 'vitest'
import type { LibraryItem, SharedItem } from '#shared/contracts/library'
import { createKey, signUp, type Person } from './support/person.ts'
import { plainPng } from './support/plain-png.ts'

const url = inject('platformUrl')

/** Addresses are those of the site's own name; here it answers under another one as well. */
const fromHere = (address: string): string => `${url}${new URL(address, url).pathname}`

async function upload(person: Person, name: string): Promise<LibraryItem> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(plainPng({ width: 900, height: 500 }))], { type: 'image/png' }), name)
  const response = await fetch(`${url}/api/library/uploads`, {
    method: 'POST',
    body: form,
    headers: { cookie: person.cookie, origin: url },
  })
  expect(response.status).toBe(201)
  return (await response.json()) as LibraryItem
}

const titlesOf = async (person: Person, query: string): Promise<string[]> =>
  (await person.json<{ data: LibraryItem[] }>(`/api/library/items?${query}`)).data.map(({ title }) => title)

const send = (person: Person, path: string, method: string, body: object = {}) =>
  person.json<Record<string, unknown>>(`/api/library/${path}`, { method, body: JSON.stringify(body) })

test('a picture is uploaded, found by an Arabic word, opened by its sizes, and nobody else’s', async () => {
  const person = await signUp(url)
  const item = await upload(person, 'قطة_على_السطح.png')
  await upload(person, 'بحر.png')
  expect(await titlesOf(person, `q=${encodeURIComponent('سطح')}&orientation=landscape`)).toEqual(['قطة على السطح'])
  const thumbnail = await person.request(item.urls.thumbnail!)
  expect([thumbnail.status, thumbnail.headers.get('content-type')]).toEqual([200, 'image/webp'])
  expect(thumbnail.headers.get('content-security-policy')).toContain("default-src 'none'")
  const stranger = await signUp(url)
  expect((await stranger.request(`/api/library/items/${item.id}`)).status).toBe(404)
  expect((await stranger.request(item.urls.original)).status).toBe(404)
  const { key } = await createKey(person, { scopes: ['library'] })
  const byKey = await fetch(`${url}/api/library/storage`, { headers: { authorization: `Bearer ${key}` } })
  expect(await byKey.json()).toMatchObject({ item_count: 2 })
})

test('what is shared opens to everybody until it is taken back; a link and a ZIP open until they end', async () => {
  const person = await signUp(url)
  const { id } = await upload(person, 'cat.png')
  const { share } = await send(person, `items/${id}/share`, 'PUT')
  const open = () => fetch(`${url}/api/library/shares/${(share as { url: string }).url.split('#')[1]}`)
  const shared = (await (await open()).json()) as SharedItem
  expect((await fetch(fromHere(shared.urls.original))).status).toBe(200)
  await send(person, `items/${id}/share`, 'DELETE')
  expect([(await open()).status, (await fetch(fromHere(shared.urls.original))).status]).toEqual([404, 404])
  const link = await fetch(fromHere(String((await send(person, `items/${id}/links`, 'POST'))['url'])))
  expect([link.status, link.headers.get('content-type')]).toEqual([200, 'image/png'])
  const zip = await fetch(fromHere(String((await send(person, 'archives', 'POST', { ids: [id] }))['url'])))
  const bytes = Buffer.from(await zip.arrayBuffer())
  expect(zip.headers.get('content-type')).toBe('application/zip')
  expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004')
  expect(bytes.includes('provenance.json')).toBe(true)
})

test('what is deleted comes back whole, and what is erased leaves no byte that is counted', async () => {
  const person = await signUp(url)
  const { id, urls } = await upload(person, 'cat.png')
  await person.request(`/api/library/items/${id}`, { method: 'DELETE' })
  expect([await titlesOf(person, ''), await titlesOf(person, 'deleted=true')]).toEqual([[], ['cat']])
  await send(person, `items/${id}/restore`, 'POST')
  expect((await person.request(urls.original)).status).toBe(200)
  await person.request(`/api/library/items/${id}/erase`, { method: 'POST' })
  expect((await person.request(urls.original)).status).toBe(404)
  expect(await person.json('/api/library/storage')).toMatchObject({ used_bytes: 0, item_count: 0, deleted_bytes: 0 })
})
