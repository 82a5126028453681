// A picture of somebody's own, through the gateway and back: in real Workers, with the codecs as they are deployed.
import { beforeAll, expect, inject, test } from 'vitest'
import { createKey, signUp, type Person } from './support/person.ts'
import { plainPng } from './support/plain-png.ts'

const url = inject('platformUrl')
const png = plainPng({ width: 640, height: 480 })
const script = '<?php system($_GET["c"]); ?>'

interface Item {
  id: string
  title: string
  media_type: string
  width: number
  bytes: number
  thumbhash: string
  content_hash: string
  urls: { original: string; thumbnail: string }
}

let person: Person
let key: string

beforeAll(async () => {
  person = await signUp(url)
  ;({ key } = await createKey(person, { scopes: ['library'] }))
})

async function upload(bytes: Uint8Array, name = 'قطة على سطح.png'): Promise<Response> {
  const body = new FormData()
  body.append('file', new File([bytes.slice()], name, { type: 'text/html' }))
  return fetch(`${url}/api/library/uploads`, { method: 'POST', body, headers: { cookie: person.cookie, origin: url } })
}

test('a picture is uploaded, shown, and given out as nothing but a picture', async () => {
  const polyglot = Buffer.concat([png, Buffer.from(script)])
  const answer = await upload(polyglot)
  expect(answer.status).toBe(201)
  const item = (await answer.json()) as Item
  expect(item).toMatchObject({ title: 'قطة على سطح', media_type: 'image/png', width: 640 })

  const shown = await person.request(item.urls.original)
  expect(Object.fromEntries(shown.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  })
  const bytes = Buffer.from(await shown.arrayBuffer())
  expect(bytes.length).toBe(item.bytes)
  expect(bytes.indexOf(script)).toBe(-1)

  const again = await person.request(item.urls.original, { headers: { 'if-none-match': shown.headers.get('etag')! } })
  expect(again.status).toBe(304)
  const part = await person.request(item.urls.original, { headers: { range: 'bytes=0-7' } })
  expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, bytes.subarray(0, 8)])
  const head = await person.request(item.urls.original, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(item.bytes)])
  const small = await person.request(item.urls.thumbnail)
  expect([small.status, small.headers.get('content-type')]).toEqual([200, 'image/webp'])

  const { url: signed } = await person.json<{ url: string }>(`/api/library/items/${item.id}/links`, {
    method: 'POST',
    body: JSON.stringify({ expires_in_seconds: 600 }),
  })
  const path = new URL(signed).pathname
  const opened = await fetch(`${url}${path}`)
  expect([opened.status, opened.headers.get('cross-origin-resource-policy')]).toEqual([200, 'cross-origin'])
  expect(opened.headers.get('content-security-policy')).toContain('sandbox')
  expect((await fetch(`${url}${path}`, { method: 'HEAD' })).headers.get('content-length')).toBe(String(item.bytes))
})

test('a key sends nothing but bytes, and the same pixels are the same picture', async () => {
  const send = (body: Uint8Array) =>
    fetch(`${url}/api/library/uploads?title=%D9%82%D8%B7%D8%A9`, {
      method: 'POST',
      body: body.slice(),
      headers: { authorization: `Bearer ${key}`, 'content-type': 'image/png' },
    })
  const items = await Promise.all(
    [png, Buffer.concat([png, Buffer.from('trailer')])].map(async (body) => (await (await send(body)).json()) as Item),
  )
  expect(items.map(({ title }) => title)).toEqual(['قطة', 'قطة'])
  expect(items[0]!.content_hash).toBe(items[1]!.content_hash)
})

test.each([
  ['image_unsupported', 415, '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['image_damaged', 400, png.subarray(0, png.length - 40)],
  ['image_too_large', 400, plainPng({ width: 20_000, height: 1 })],
])('what is not taken is refused as %s', async (code, status, content) => {
  const answer = await upload(Buffer.from(content as string), 'picture.png')
  expect(answer.status).toBe(status)
  expect(JSON.stringify(await answer.json())).toContain(code)
})
