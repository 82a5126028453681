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
import { onePixel, SECRET } from '../kit/image-samples.ts'
import type { ImageRequest, JobImageModel } from '../spec/image-model.ts'
import { failureProblem } from './errors.ts'
import { familyOf } from './families.ts'
import { createReplicate } from './index.ts'

const resultOf = (act: VendorAct) => {
  if (act.does === 'links') return { id: 'p1', status: 'succeeded', output: act.urls }
  return { id: 'p1', status: 'failed', error: 'The input was flagged as sensitive (E005)' }
}

const vendor =
  (act: VendorAct): RespondWithPictures =>
  ({ method }) => {
    if (act.does === 'fails')
      return Response.json({ detail: act.message }, { status: act.status, headers: act.headers ?? {} })
    if (act.does === 'says') return new Response(act.body, { headers: { 'content-type': act.contentType } })
    return Response.json(method === 'POST' ? { id: 'p1', status: 'starting' } : resultOf(act))
  }

const modelOf = (respond: RespondWithPictures, id = 'stability-ai/sdxl', traits = everyImageTrait) =>
  createReplicate({ apiKey: SECRET, fetch: pictureFetch(respond, linkedFiles) }).image(id, traits) as JobImageModel

imageModelConformance({
  name: 'Replicate',
  create: ({ respond, traits }) => modelOf(respond, 'stability-ai/sdxl', traits),
  fixtures: { vendor, gives: ['links'], usage: null },
})

interface Sent {
  url: string
  key: string | null
  body: { version?: string; input: Record<string, unknown>; webhook?: string; webhook_events_filter?: string[] }
  /** Of files that were sent before. */
  uploads: number[]
}

async function sent(id: string, request: Partial<ImageRequest>, webhookUrl: string | null = null): Promise<Sent> {
  const uploads: number[] = []
  let call: Omit<Sent, 'uploads'> | null = null
  const model = modelOf((seen) => {
    if (seen.url.endsWith('/v1/files')) {
      uploads.push((seen.form!.get('content') as File).size)
      return Response.json({ urls: { get: 'https://api.replicate.com/v1/files/f1' } })
    }
    call = { url: seen.url, key: seen.headers.get('authorization'), body: JSON.parse(seen.body) as Sent['body'] }
    return Response.json({ id: 'p1', status: 'starting' })
  }, id)
  const { signal } = new AbortController()
  await model.start({ ...catRequest, ...request }, { signal, idempotencyKey: 'key', webhookUrl })
  return { ...call!, uploads }
}

const data = expect.stringMatching(/^data:image\/png;base64,/) as string
const version = 'a'.repeat(64)

test.each([
  ['black-forest-labs/flux-schnell', 'models/black-forest-labs/flux-schnell/predictions', undefined],
  [`someone/model:${version}`, 'predictions', version],
  [version, 'predictions', version],
])('%s is asked for at /v1/%s', async (id, path, asked) => {
  const { url, key, body } = await sent(id, {})
  expect(url).toBe(`https://api.replicate.com/v1/${path}`)
  expect(key).toBe(`Bearer ${SECRET}`)
  expect(body.version).toBe(asked)
})

test('it is told where to say that a prediction is over, and nothing in between', async () => {
  const { body } = await sent('google/nano-banana', {}, 'https://riwaq.example/webhooks/images/replicate/job_1')
  expect(body).toMatchObject({
    webhook: 'https://riwaq.example/webhooks/images/replicate/job_1',
    webhook_events_filter: ['completed'],
  })
})

test.each<[string, Partial<ImageRequest>, Record<string, unknown>]>([
  [
    'black-forest-labs/flux-schnell',
    { size: { width: 1_344, height: 768 }, count: 2, seed: 3 },
    { aspect_ratio: '16:9', num_outputs: 2, seed: 3, output_format: 'png' },
  ],
  [
    'black-forest-labs/flux-2-pro',
    { operation: 'edit', images: [inputPicture, inputPicture], size: { width: 1_280, height: 720 } },
    { aspect_ratio: 'custom', width: 1_280, height: 720, input_images: [data, data], output_format: 'png' },
  ],
  [
    'black-forest-labs/flux-1.1-pro',
    { operation: 'variation', images: [inputPicture] },
    { image_prompt: data, output_format: 'png' },
  ],
  [
    'google/nano-banana-pro',
    { operation: 'edit', images: [inputPicture], quality: 'high' },
    { image_input: [data], resolution: 'high', output_format: 'png' },
  ],
  ['bytedance/seedream-4', { size: { width: 2_048, height: 1_152 } }, { size: 'custom', width: 2_048, height: 1_152 }],
  ['qwen/qwen-image', { negativePrompt: 'rain' }, { negative_prompt: 'rain', output_format: 'png' }],
])('%s is asked in its own words (%o)', async (id, request, input) => {
  expect((await sent(id, request)).body.input).toEqual({ prompt: catRequest.prompt, ...input })
})

test('a picture too large for a request is sent as a file before', async () => {
  const bytes = new Uint8Array(300 * 1_024)
  bytes.set(onePixel)
  const picture = { ...inputPicture, bytes }
  const { uploads, body } = await sent('nightmareai/real-esrgan', { operation: 'upscale', images: [picture], scale: 4 })
  expect(uploads).toEqual([bytes.length])
  expect(body.input).toMatchObject({ image: 'https://api.replicate.com/v1/files/f1', scale: 4 })
})

test('what a model cannot is refused before it is asked', () => {
  expect(() => familyOf('nightmareai/real-esrgan', 'generate')).toThrow('cannot')
})

test.each([
  ['NSFW content detected in all images.', 'content_rejected'],
  ['The input or output was flagged as sensitive. (E005)', 'content_rejected'],
  ['Service is currently unavailable due to high demand. (E003)', 'provider_overloaded'],
  ['Prediction timed out', 'provider_timeout'],
  ['Input validation failed (E006)', 'invalid_request'],
  ['CUDA out of memory', 'provider_error'],
  ['', 'provider_error'],
])('“%s” is %s', (error, code) => {
  const problem = failureProblem(error, SECRET)
  expect(problem.code).toBe(code)
  if (code.startsWith('provider') && error) expect(problem.message).not.toContain(error)
})

test('what a mask leaves free is white for it, and without a mask it is nothing', async () => {
  const mask = { ...inputPicture, width: 1, height: 1 }
  const edit = { operation: 'edit' as const, images: [inputPicture] }
  const { body } = await sent('black-forest-labs/flux-fill-pro', { ...edit, mask })
  expect(body.input).toMatchObject({ image: data, mask: data })
  await expect(sent('black-forest-labs/flux-fill-pro', edit)).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(sent('google/nano-banana', { ...edit, mask })).rejects.toMatchObject({
    code: 'unsupported_parameter',
  })
})
