import { expect, test } from 'vitest'
import type { ImageRequest } from '#shared/providers/spec/image-model'
import { claim, createImagesWorld, drawn, painting, PICTURE_MICROS, png } from '../testing.ts'

const path = '/v1/images/edits'

const file = (bytes: Uint8Array, name = 'picture.png', type = 'image/png') =>
  new File([bytes as Uint8Array<ArrayBuffer>], name, { type })

/** As OpenAI's client sends it. */
function form(fields: Record<string, string | File | File[]>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields))
    if (Array.isArray(value)) for (const each of value) data.append(`${name}[]`, each)
    else data.append(name, value)
  return data
}

function watching() {
  const asked: ImageRequest[] = []
  const model = painting(async (request) => {
    asked.push(request)
    return drawn(request)
  })
  return { asked, models: [model] }
}

const sent = { prompt: 'make it blue', image: file(png()) }

test('a picture and a mask reach the provider, and nothing of them stays', async () => {
  const { asked, models } = watching()
  const world = await createImagesWorld({ models })
  const response = await world.ask(path, form({ ...sent, mask: file(png({ mark: 1 })) }))
  expect(response.status).toBe(200)
  expect(asked[0]).toMatchObject({
    operation: 'edit',
    images: [{ mediaType: 'image/png', width: 64, height: 64 }],
    mask: { width: 64, height: 64 },
  })
  expect(asked[0]!.images![0]!.bytes).toEqual(png())
  expect(world.waiting()).toEqual([])
  expect(world.published()).toMatchObject([{ source: 'edited' }])
  expect(await world.charges()).toEqual([PICTURE_MICROS])
})

test('several pictures keep their order', async () => {
  const { asked, models } = watching()
  const world = await createImagesWorld({ models })
  await world.ask(path, form({ ...sent, image: [1, 2, 3].map((mark) => file(png({ mark }))) }))
  expect(asked[0]!.images!.map(({ bytes }) => bytes[39])).toEqual([1, 2, 3])
})

test('pictures come as data URLs in JSON as well', async () => {
  const { asked, models } = watching()
  const world = await createImagesWorld({ models })
  const url = `data:image/png;base64,${Buffer.from(png()).toString('base64')}`
  expect((await world.ask(path, { prompt: 'make it blue', images: [{ image_url: url }] })).status).toBe(200)
  expect(asked[0]!.images).toHaveLength(1)
})

test('a variation needs no words', async () => {
  const { asked, models } = watching()
  const world = await createImagesWorld({ models })
  expect((await world.ask('/v1/images/variations', form({ image: file(png()), n: '2' }))).status).toBe(200)
  expect(asked[0]).toMatchObject({ operation: 'variation', prompt: '', count: 2 })
})

const gif = new TextEncoder().encode('GIF89a and the rest')
const svg = new TextEncoder().encode('<svg onload="alert(1)"/>')

const bad: [string, () => FormData, string, string | null][] = [
  ['no picture', () => form({ prompt: 'x' }), 'invalid_request', 'image'],
  ['an empty file', () => form({ ...sent, image: file(new Uint8Array(0)) }), 'image_damaged', 'image'],
  ['a file that is cut off', () => form({ ...sent, image: file(png().slice(0, 20)) }), 'image_damaged', 'image'],
  ['active content that is called a picture', () => form({ ...sent, image: file(svg) }), 'image_unsupported', 'image'],
  ['a picture that moves', () => form({ ...sent, image: file(gif) }), 'image_animated', 'image'],
  [
    'a bomb of pixels',
    () => form({ ...sent, image: file(png({ width: 60_000, height: 60_000 })) }),
    'image_too_large',
    'image',
  ],
  ['a mask of another size', () => form({ ...sent, mask: file(png({ width: 32 })) }), 'invalid_request', 'mask'],
  [
    'a mask that lets nothing change',
    () => form({ ...sent, mask: file(png({ alpha: false })) }),
    'invalid_request',
    'mask',
  ],
  [
    'more pictures than the model takes',
    () => form({ ...sent, image: [0, 1, 2, 3].map((mark) => file(png({ mark }))) }),
    'unsupported_parameter',
    'image',
  ],
  ['text instead of a file', () => form({ ...sent, image: 'no file' }), 'invalid_request', 'image'],
  [
    'a field that is said twice',
    () => {
      const data = form(sent)
      data.append('prompt', 'another')
      return data
    },
    'invalid_request',
    'prompt',
  ],
]

test.each(bad)('%s is refused by name, costs nothing and leaves nothing', async (_, make, code, param) => {
  const world = await createImagesWorld()
  expect(await world.json(path, make())).toMatchObject({ error: { code, param } })
  expect([await world.charges(), world.ledger.liveHolds(), world.shelf.size]).toEqual([[], [], 0])
})

test('a model that cannot edit says what it can', async () => {
  const world = await createImagesWorld()
  const { error } = await world.json<{ error: { message: string } }>(path, form({ ...sent, model: 'fake/pencil' }))
  expect(error.message).toBe('fake/pencil cannot edit pictures; it can make pictures from words.')
})

test('a body that is no form is told so', async () => {
  const world = await createImagesWorld()
  const headers = { 'content-type': 'text/plain' }
  expect(await world.json(path, 'hello', { headers })).toMatchObject({ error: { code: 'unsupported_media_type' } })
  const broken = { 'content-type': 'multipart/form-data; boundary=x' }
  expect(await world.json(path, 'hello', { headers: broken })).toMatchObject({ error: { code: 'invalid_request' } })
})

test('nobody looks at a stranger’s files', async () => {
  let looked = 0
  const world = await createImagesWorld()
  const { clean } = world.library
  world.library.clean = (input) => {
    looked++
    return clean(input)
  }
  expect((await world.ask(path, form(sent), { principal: await claim('another secret') })).status).toBe(401)
  expect(looked).toBe(0)
})

test('pictures of a request that was refused credit were never put anywhere', async () => {
  const world = await createImagesWorld({ balanceMicros: 1 })
  expect(await world.json(path, form(sent))).toMatchObject({ error: { code: 'insufficient_credits' } })
  expect(world.shelf.size).toBe(0)
})

test('what was sent waits for a second try where the first has failed, and the money does not', async () => {
  const world = await createImagesWorld({
    models: [painting(async (request) => drawn(request, { images: [] }))],
  })
  await world.ask(path, form(sent))
  expect(world.waiting()).toHaveLength(1)
  expect(world.ledger.liveHolds()).toEqual([])
})

test('the same key with another picture is another request', async () => {
  const world = await createImagesWorld()
  const again = { headers: { 'idempotency-key': 'once' } }
  expect((await world.ask(path, form(sent), again)).status).toBe(200)
  expect((await world.ask(path, form(sent), again)).status).toBe(200)
  expect(await world.json(path, form({ ...sent, image: file(png({ mark: 9 })) }), again)).toMatchObject({
    error: { code: 'idempotency_mismatch' },
  })
  expect(await world.charges()).toEqual([PICTURE_MICROS])
})

test('a body without end is not read to its end', async () => {
  const world = await createImagesWorld()
  let sentBytes = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sentBytes += 1_048_576
      controller.enqueue(new Uint8Array(1_048_576))
    },
  })
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  const response = await world.ask(path, endless as never, { headers })
  expect([response.status, sentBytes < 60 * 1_048_576]).toEqual([413, true])
})
