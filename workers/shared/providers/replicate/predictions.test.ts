// The whole road over real HTTP, with everything that can go wrong on it.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startReplicateServer, type ReplicateServer } from '#test/support/replicate-server'
import { catRequest, everyImageTrait } from '../kit/image-model-conformance.ts'
import type { ImageJobState, JobImageModel } from '../spec/image-model.ts'
import { createReplicate } from './index.ts'

const FLUX = 'black-forest-labs/flux-schnell'
const { signal } = new AbortController()

let server: ReplicateServer
let model: JobImageModel

const modelWith = (more: { fetch?: typeof fetch; apiKey?: string }) =>
  createReplicate({ apiKey: 'replicate-key', baseURL: server.url, local: true, ...more }).image(
    FLUX,
    everyImageTrait,
  ) as JobImageModel

beforeAll(async () => {
  server = await startReplicateServer()
  model = modelWith({})
})
beforeEach(() => server.behave({}))
afterAll(() => server.close())

const start = (count = 1) =>
  model.start({ ...catRequest, count, seed: 8 }, { signal, idempotencyKey: 'key', webhookUrl: null })

async function statesOf(count = 1): Promise<ImageJobState[]> {
  const { operation } = await start(count)
  const states: ImageJobState[] = []
  do states.push(await model.poll(operation, { signal }))
  while (states.at(-1)!.state === 'pending' && states.length < 10)
  return states
}

test.each([1, 3])('a prediction of %d pictures starts, is worked at and succeeds', async (count) => {
  server.behave({ looks: 2 })
  const states = await statesOf(count)
  expect(states.map(({ state }) => state)).toEqual(['pending', 'pending', 'done'])
  expect(states[1]).toMatchObject({ progress: 0.4 })
  const last = states.at(-1)!
  expect(last.state === 'done' && last.result.images.map(({ seed }) => seed)).toEqual(Array(count).fill(8))
})

test.each([
  ['failed', 'provider_error', true],
  ['refused', 'content_rejected', false],
  ['nsfw', 'content_rejected', false],
  ['vanished', 'provider_image_lost', true],
  ['wrong-count', 'provider_wrong_count', true],
  ['no-image', 'provider_no_image', true],
  ['not-an-image', 'provider_bad_image', true],
] as const)('%s ends as %s', async (fault, code, retry) => {
  server.behave({ fault })
  expect((await statesOf()).at(-1)).toMatchObject({ state: 'failed', problem: { code }, retry })
})

test('a key that Replicate does not know is the operator’s to mend', async () => {
  const asked = modelWith({ apiKey: 'wrong' }).start(catRequest, { signal, idempotencyKey: 'key', webhookUrl: null })
  await expect(asked).rejects.toMatchObject({ code: 'provider_misconfigured' })
})

test('too many orders are put off until it says', async () => {
  server.behave({ fault: 'rate-limited' })
  await expect(start()).rejects.toMatchObject({ code: 'provider_overloaded', details: { retryAfterSeconds: 1 } })
})

test('a look that is not answered changes nothing: the prediction stands', async () => {
  const { operation } = await start()
  const unlucky = modelWith({ fetch: () => Promise.reject(new TypeError('fetch failed')) })
  expect(await unlucky.poll(operation, { signal })).toMatchObject({ state: 'pending', progress: null })
})

test('a prediction can be cancelled, and is then found to be', async () => {
  const { operation } = await start()
  await model.cancel(operation, { signal })
  expect(server.orders.at(-1)!.cancelled).toBe(true)
  expect(await model.poll(operation, { signal })).toMatchObject({ state: 'failed' })
})
