import { expect, test } from 'vitest'
import { createImagesWorld, drawn, ordering, painting, PICTURE_MICROS, png, type Paint } from '../testing.ts'

const path = '/v1/images/generations'

interface Event {
  name: string
  data: Record<string, unknown> & { error?: { code: string } }
}

const eventsOf = (text: string): Event[] =>
  text
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => {
      const [name, data] = block.split('\n')
      return { name: name!.slice(7), data: JSON.parse(data!.slice(6)) as Event['data'] }
    })

const sketching: Paint = async (request, { onPartial }) => {
  for (let index = 0; index < (request.partialImages ?? 0); index++)
    onPartial?.({ index: 0, bytes: png({ mark: index }), mediaType: 'image/png' })
  return drawn(request)
}

const asked = { prompt: 'a fox', stream: true, partial_images: 2 }

test('what is not final is shown first, then what is, with what was counted', async () => {
  const world = await createImagesWorld({ models: [painting(sketching)] })
  const response = await world.ask(path, asked)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const events = eventsOf(await response.text())
  expect(events.map(({ name, data }) => [name, data['type'], data['partial_image_index']])).toEqual([
    ['image_generation.partial_image', 'image_generation.partial_image', 0],
    ['image_generation.partial_image', 'image_generation.partial_image', 1],
    ['image_generation.completed', 'image_generation.completed', undefined],
  ])
  expect(events[2]!.data).toMatchObject({
    b64_json: expect.any(String),
    created_at: expect.any(Number),
    output_format: 'png',
    usage: { total_tokens: 0, input_tokens_details: { text_tokens: 0 } },
  })
  expect(await world.charges()).toEqual([PICTURE_MICROS])
})

test('what is shown on the way is told to the page as well', async () => {
  const world = await createImagesWorld({ models: [painting(sketching)] })
  await (await world.ask(path, asked)).text()
  expect(world.events.filter(({ type }) => type === 'preview')).toHaveLength(2)
})

test('where results are judged first, nothing is shown before that', async () => {
  const world = await createImagesWorld({
    models: [painting(sketching)],
    policy: { guardrails: [{ type: 'moderation', model: null, action: 'block', stage: 'output' }] },
  })
  const text = await (await world.ask(path, asked)).text()
  expect(eventsOf(text).map(({ name }) => name)).toEqual(['error'])
  expect(await world.charges()).toEqual([])
})

test('what fails on the way ends the stream with its name, and nothing is charged', async () => {
  const world = await createImagesWorld({
    models: [
      painting(async (request, { onPartial }) => {
        onPartial?.({ index: 0, bytes: png(), mediaType: 'image/png' })
        return drawn(request, { images: [{ bytes: png(), flagged: 'no' }] })
      }),
    ],
  })
  const events = eventsOf(await (await world.ask(path, asked)).text())
  expect(events.at(-1)).toMatchObject({ name: 'error', data: { error: { code: 'content_rejected' } } })
  expect([await world.charges(), world.shelf.size]).toEqual([[], 0])
})

test('what is refused before anything began is no stream', async () => {
  const world = await createImagesWorld()
  const response = await world.ask(path, { ...asked, prompt: '' })
  expect([response.status, response.headers.get('content-type')]).toEqual([400, 'application/json'])
})

test('a model that shows nothing on the way streams its picture, and says why', async () => {
  const world = await createImagesWorld()
  const response = await world.ask(path, { ...asked, model: 'fake/pencil' })
  expect(response.headers.get('x-riwaq-warnings')).toMatch(/^partial_images: /)
  expect(eventsOf(await response.text()).map(({ name }) => name)).toEqual(['image_generation.completed'])
})

test('several pictures are several events, and what they cost together is said once', async () => {
  const world = await createImagesWorld()
  const events = eventsOf(await (await world.ask(path, { ...asked, n: 3 })).text())
  expect(events.filter(({ name }) => name === 'image_generation.completed')).toHaveLength(3)
  expect(world.published().map(({ costMicros }) => costMicros)).toEqual([2_000, 2_000, 2_000])
})

test('a vendor that takes orders is waited for in the request', async () => {
  let looks = 0
  const world = await createImagesWorld({
    models: [
      ordering({
        start: async () => ({ operation: 'op_1', warnings: [{ parameter: 'quality', message: 'is not known there' }] }),
        poll: async () =>
          ++looks < 3
            ? { state: 'pending', progress: looks / 3 }
            : { state: 'done', result: { images: [{ bytes: png() }], usage: null, warnings: [] } },
        cancel: async () => {},
      }),
    ],
  })
  const response = await world.ask(path, { prompt: 'a fox' })
  expect([response.status, response.headers.get('x-riwaq-warnings')]).toEqual([200, 'quality: is not known there'])
  expect([looks, await world.charges()]).toEqual([3, [PICTURE_MICROS]])
})
