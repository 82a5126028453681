import { expect, test } from 'vitest'
import {
  catRequest,
  everyImageTrait,
  imageModelConformance,
  inputPicture,
  linkedFiles,
  pictureFetch,
  type RespondWithPictures,
  type VendorAct,
} from '../kit/image-model-conformance.ts'
import { PICTURE_HOST, SECRET } from '../kit/image-samples.ts'
import type { ImageRequest, JobImageModel } from '../spec/image-model.ts'
import { endpointOf } from './families.ts'
import { createFal } from './index.ts'

const QUEUE = 'https://queue.fal.run/fal-ai/flux-2/requests/1'
const order = { request_id: '1', status_url: `${QUEUE}/status`, response_url: QUEUE, cancel_url: `${QUEUE}/cancel` }

const resultOf = (act: VendorAct): Response => {
  if (act.does === 'links') return Response.json({ images: act.urls.map((url) => ({ url })), seed: 5 })
  const detail = [{ loc: ['body', 'prompt'], msg: 'flagged', type: 'content_policy_violation' }]
  return Response.json({ detail }, { status: 422 })
}

const vendor =
  (act: VendorAct): RespondWithPictures =>
  ({ method, url }) => {
    if (act.does === 'fails')
      return Response.json({ detail: act.message }, { status: act.status, headers: act.headers ?? {} })
    if (act.does === 'says') return new Response(act.body, { headers: { 'content-type': act.contentType } })
    if (method === 'POST') return Response.json(order)
    return url.includes('/status') ? Response.json({ status: 'COMPLETED', ...order }) : resultOf(act)
  }

const modelOf = (respond: RespondWithPictures, id = 'fal-ai/flux-2', traits = everyImageTrait) =>
  createFal({ apiKey: SECRET, fetch: pictureFetch(respond, linkedFiles) }).image(id, traits) as JobImageModel

imageModelConformance({
  name: 'fal',
  create: ({ respond, traits }) => modelOf(respond, 'fal-ai/flux-2', traits),
  fixtures: { vendor, gives: ['links'], usage: null },
})

/** What is sent for a request. */
async function sent(id: string, request: Partial<ImageRequest>, webhookUrl: string | null = null) {
  let call: { url: string; body: unknown; key: string | null } | null = null
  const model = modelOf((seen) => {
    call = { url: seen.url, body: JSON.parse(seen.body), key: seen.headers.get('authorization') }
    return Response.json(order)
  }, id)
  const { warnings } = await model.start(
    { ...catRequest, ...request },
    { signal: new AbortController().signal, idempotencyKey: 'key', webhookUrl },
  )
  return { ...call!, warnings: warnings.map(({ parameter }) => parameter) }
}

const data = expect.stringMatching(/^data:image\/png;base64,/) as string

test('an order goes to its model’s queue with the key and the address to be told at', async () => {
  const { url, key, body } = await sent(
    'fal-ai/flux-2-pro',
    { seed: 7 },
    'https://riwaq.example/webhooks/images/fal/job_1',
  )
  expect(url).toBe(
    'https://queue.fal.run/fal-ai/flux-2-pro?fal_webhook=https%3A%2F%2Friwaq.example%2Fwebhooks%2Fimages%2Ffal%2Fjob_1',
  )
  expect(key).toBe(`Key ${SECRET}`)
  expect(body).toEqual({ prompt: catRequest.prompt, seed: 7, output_format: 'png' })
})

test.each<[string, Partial<ImageRequest>, string, Record<string, unknown>]>([
  [
    'fal-ai/flux-2-pro',
    { operation: 'edit', images: [inputPicture, inputPicture], size: { width: 1_280, height: 720 } },
    'fal-ai/flux-2-pro/edit',
    { image_urls: [data, data], image_size: { width: 1_280, height: 720 }, output_format: 'png' },
  ],
  [
    'fal-ai/nano-banana-2',
    { size: { width: 2_752, height: 1_536 }, count: 3 },
    'fal-ai/nano-banana-2',
    { aspect_ratio: '16:9', resolution: '2K', num_images: 3, output_format: 'png' },
  ],
  [
    'fal-ai/bytedance/seedream/v5/lite/text-to-image',
    { operation: 'edit', images: [inputPicture] },
    'fal-ai/bytedance/seedream/v5/lite/edit',
    { image_urls: [data] },
  ],
  [
    'fal-ai/qwen-image-2/text-to-image',
    { negativePrompt: 'rain' },
    'fal-ai/qwen-image-2/text-to-image',
    { negative_prompt: 'rain', output_format: 'png' },
  ],
  ['fal-ai/ideogram/v3', { quality: 'high' }, 'fal-ai/ideogram/v3', { rendering_speed: 'HIGH' }],
  [
    'fal-ai/ideogram/v3',
    { operation: 'outpaint', images: [inputPicture], extend: { top: 0, bottom: 76, left: 100, right: 0 } },
    'fal-ai/ideogram/v3/reframe',
    { image_url: data, image_size: { width: 1_124, height: 1_100 } },
  ],
])('%s is asked in its own words (%o)', async (id, request, path, body) => {
  const call = await sent(id, request)
  expect(call.url).toBe(`https://queue.fal.run/${path}`)
  expect(call.body).toEqual({ prompt: catRequest.prompt, ...body })
})

test.each<[string, Partial<ImageRequest>, Record<string, unknown>]>([
  ['fal-ai/clarity-upscaler', { operation: 'upscale', scale: 4 }, { image_url: data, upscale_factor: 4 }],
  ['fal-ai/esrgan', { operation: 'upscale' }, { image_url: data, scale: 2, output_format: 'png' }],
  ['fal-ai/birefnet/v2', { operation: 'remove-background' }, { image_url: data, output_format: 'png' }],
  ['fal-ai/bria/background/remove', { operation: 'remove-background' }, { image_url: data, output_format: 'png' }],
])('%s needs no words (%o)', async (id, request, body) => {
  expect((await sent(id, { prompt: '', images: [inputPicture], ...request })).body).toEqual(body)
})

test('what a family has no word for is left out and said', async () => {
  const { body, warnings } = await sent('fal-ai/flux-2', { negativePrompt: 'dogs', quality: 'high' })
  expect(warnings.toSorted()).toEqual(['negative_prompt', 'quality'])
  expect(JSON.stringify(body)).not.toMatch(/dogs|high/)
})

test('what a model cannot is refused before it is asked', () => {
  expect(() => endpointOf('fal-ai/esrgan', 'generate')).toThrow('cannot')
})

test('an order that leads elsewhere is not believed: the key would go there', async () => {
  const model = modelOf(() => Response.json({ ...order, status_url: 'https://thief.example/status' }))
  const options = { signal: new AbortController().signal, idempotencyKey: 'key', webhookUrl: null }
  await expect(model.start(catRequest, options)).rejects.toMatchObject({ code: 'provider_error' })
})

test('a picture that fal holds for unfit comes with that', async () => {
  const model = modelOf(({ method, url }) => {
    if (method === 'POST') return Response.json(order)
    if (url.includes('/status')) return Response.json({ status: 'COMPLETED' })
    return Response.json({ images: [{ url: `${PICTURE_HOST}1.png` }], seed: 9, has_nsfw_concepts: [true] })
  })
  const { signal } = new AbortController()
  const { operation } = await model.start(catRequest, { signal, idempotencyKey: 'key', webhookUrl: null })
  const state = await model.poll(operation, { signal })
  expect(state).toMatchObject({ state: 'done', result: { images: [{ seed: 9, flagged: 'nsfw' }] } })
})

test('what a mask leaves free is white for it, and without a mask it is nothing', async () => {
  const mask = { ...inputPicture, width: 1, height: 1 }
  const edit = { operation: 'edit' as const, images: [inputPicture] }
  const { body } = await sent('fal-ai/flux-pro/v1/fill', { ...edit, mask })
  expect(body).toMatchObject({ image_url: data, mask_url: data })
  await expect(sent('fal-ai/flux-pro/v1/fill', edit)).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(sent('fal-ai/flux-2', { ...edit, mask })).rejects.toMatchObject({
    code: 'unsupported_parameter',
  })
})

test('an order that ended some other way is not waited for', async () => {
  const model = modelOf(({ method, url }) => {
    if (method === 'POST') return Response.json(order)
    if (url.includes('/status')) return Response.json({ status: 'CANCELED' })
    return Response.json({ detail: 'Request was cancelled' }, { status: 400 })
  })
  const { signal } = new AbortController()
  const { operation } = await model.start(catRequest, { signal, idempotencyKey: 'key', webhookUrl: null })
  expect(await model.poll(operation, { signal })).toMatchObject({ state: 'failed', retry: false })
})
