// The whole road over real HTTP, with everything that can go wrong on it.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startFalServer, type FalServer } from '#test/support/fal-server'
import { catRequest, everyImageTrait } from '../kit/image-model-conformance.ts'
import type { ImageJobState, JobImageModel } from '../spec/image-model.ts'
import { createFal } from './index.ts'

let server: FalServer
let model: JobImageModel

const { signal } = new AbortController()

beforeAll(async () => {
  server = await startFalServer()
  model = createFal({ apiKey: 'fal-key', baseURL: server.url, local: true }).image(
    'fal-ai/flux-2',
    everyImageTrait,
  ) as JobImageModel
})
beforeEach(() => server.behave({}))
afterAll(() => server.close())

const start = (count = 1) => model.start({ ...catRequest, count }, { signal, idempotencyKey: 'key', webhookUrl: null })

/** Every state that is seen, up to the last. */
async function statesOf(count = 1): Promise<ImageJobState[]> {
  const { operation } = await start(count)
  const states: ImageJobState[] = []
  do states.push(await model.poll(operation, { signal }))
  while (states.at(-1)!.state === 'pending' && states.length < 10)
  return states
}

test('an order waits, is worked at and is done, and its pictures are fetched from their links', async () => {
  server.behave({ looks: 3 })
  const states = await statesOf(2)
  expect(states.map(({ state }) => state)).toEqual(['pending', 'pending', 'pending', 'done'])
  expect(states[0]).toMatchObject({ progress: null })
  expect(states[1]).toMatchObject({ progress: 0.4 })
  expect(states.at(-1)).toMatchObject({ result: { images: [{ seed: 4_711 }, { seed: 4_711 }], usage: null } })
})

test.each([
  ['failed', 'provider_error', true],
  ['refused', 'content_rejected', false],
  ['vanished', 'provider_image_lost', true],
  ['wrong-count', 'provider_wrong_count', true],
  ['no-image', 'provider_no_image', true],
  ['not-an-image', 'provider_bad_image', true],
] as const)('%s ends as %s', async (fault, code, retry) => {
  server.behave({ fault })
  expect((await statesOf()).at(-1)).toMatchObject({ state: 'failed', problem: { code }, retry })
})

test('a queue that takes no more orders says when to come again', async () => {
  server.behave({ fault: 'rate-limited' })
  await expect(start()).rejects.toMatchObject({ code: 'provider_overloaded', details: { retryAfterSeconds: 1 } })
})

test('a look that is not answered changes nothing: the order stands', async () => {
  const { operation } = await start()
  const deaf: typeof fetch = () => Promise.resolve(new Response('busy', { status: 503 }))
  const unlucky = createFal({ apiKey: 'fal-key', baseURL: server.url, fetch: deaf }).image(
    'fal-ai/flux-2',
    everyImageTrait,
  ) as JobImageModel
  expect(await unlucky.poll(operation, { signal })).toMatchObject({ state: 'pending', progress: null })
})

test('an order that the queue has forgotten is lost, and not waited for', async () => {
  const { operation } = await start()
  const forgotten = operation.replaceAll(/requests\/[\w-]+/g, 'requests/none')
  await expect(model.poll(forgotten, { signal })).rejects.toMatchObject({ code: 'provider_error' })
})

test('an order can be cancelled, also one that is over', async () => {
  const { operation } = await start()
  await model.cancel(operation, { signal })
  expect(server.orders.at(-1)!.cancelled).toBe(true)
  await expect(
    model.cancel(operation.replaceAll(/requests\/[\w-]+/g, 'requests/none'), { signal }),
  ).resolves.toBeUndefined()
})

test('links to this machine are followed only where the platform itself runs on it', async () => {
  const deployed = createFal({ apiKey: 'fal-key', baseURL: server.url }).image(
    'fal-ai/flux-2',
    everyImageTrait,
  ) as JobImageModel
  server.behave({ looks: 0 })
  const { operation } = await start()
  expect(await deployed.poll(operation, { signal })).toMatchObject({ problem: { code: 'provider_image_lost' } })
})
