import { expect, test } from 'vitest'
import type { ImageTraits } from '#shared/contracts/model'
import {
  catRequest,
  everyImageTrait,
  imageModelConformance,
  inputPicture,
  makePictures,
  pictureFetch,
  type RespondWithPictures,
  type VendorAct,
} from '../kit/image-model-conformance.ts'
import { halfMask, onePixel } from '../kit/image-samples.ts'
import { createWorkersAiImages } from './image.ts'

const DEV = '@cf/black-forest-labs/flux-2-dev'
const SDXL = '@cf/stabilityai/stable-diffusion-xl-base-1.0'

/** The binding as it is where a raw answer is asked for. */
const create =
  (modelId: string) =>
  ({ respond, traits }: { respond: RespondWithPictures; traits: ImageTraits }) => {
    const send = pictureFetch(respond)
    const ai = {
      run: (_model: string, _inputs: Record<string, unknown>, options?: { signal?: AbortSignal }) =>
        send('https://ai.example.com/', { method: 'POST', body: '{}', signal: options?.signal }),
    }
    return createWorkersAiImages({ ai }).image(modelId, traits)
  }

function vendor(act: VendorAct): RespondWithPictures {
  let calls = 0
  return async () => {
    const call = calls++
    // So that all calls are there before the first is answered.
    await Promise.resolve()
    await Promise.resolve()
    switch (act.does) {
      case 'makes': {
        const pictures = calls > 1 ? act.pictures.slice(call, call + 1) : act.pictures
        return Response.json(pictures.length === 1 ? { image: pictures[0] } : { images: pictures })
      }
      case 'links':
        return Response.json({})
      case 'refuses':
        return Response.json(
          { errors: [{ code: 3030, message: 'Input prompt contains NSFW content.' }] },
          { status: 400 },
        )
      case 'fails':
        return Response.json({ errors: [{ code: 0, message: act.message }], success: false }, act)
      case 'says':
        return new Response(act.body, { headers: { 'content-type': act.contentType } })
    }
  }
}

imageModelConformance({
  name: 'Workers AI',
  create: create(SDXL),
  fixtures: { vendor, gives: ['bytes'], onePerCall: true, usage: null, keyless: true },
})

interface Asked {
  model: string
  inputs: Record<string, unknown>
}

function asked(modelId: string, answer: () => unknown = () => ({ image: Buffer.from(onePixel).toString('base64') })) {
  const calls: Asked[] = []
  const ai = {
    run: async (model: string, inputs: Record<string, unknown>) => {
      calls.push({ model, inputs })
      return answer()
    },
  }
  return { calls, model: createWorkersAiImages({ ai }).image(modelId, everyImageTrait) }
}

const size = { width: 1024, height: 768 }

test('FLUX.2 is asked by a form, with pictures under names of their own', async () => {
  const { calls, model } = asked(DEV)
  await makePictures(model, { ...catRequest, operation: 'edit', size, seed: 7, images: [inputPicture, inputPicture] })
  const { body, contentType } = calls[0]!.inputs['multipart'] as { body: ReadableStream; contentType: string }
  const form = await new Response(body, { headers: { 'content-type': contentType } }).formData()
  expect(Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'))).toEqual({
    prompt: 'قطة a cat',
    width: '1024',
    height: '768',
    seed: '7',
    steps: '25',
  })
  expect(new Uint8Array(await (form.get('input_image_1') as Blob).arrayBuffer())).toEqual(onePixel)
})

test.each([
  ['@cf/black-forest-labs/flux-1-schnell', { prompt: 'قطة a cat', steps: 4 }],
  ['@cf/leonardo/lucid-origin', { prompt: 'قطة a cat', num_steps: 25, width: 1024, height: 768, seed: 7 }],
  [
    '@cf/leonardo/phoenix-1.0',
    { prompt: 'قطة a cat', num_steps: 25, width: 1024, height: 768, seed: 7, negative_prompt: 'dogs' },
  ],
  [SDXL, { prompt: 'قطة a cat', num_steps: 20, width: 1024, height: 768, seed: 7, negative_prompt: 'dogs' }],
])('%s is asked in its own words, and what it has none for is said', async (modelId, inputs) => {
  const { calls, model } = asked(modelId)
  const { images, warnings } = await makePictures(model, { ...catRequest, size, seed: 7, negativePrompt: 'dogs' })
  expect(calls).toEqual([{ model: modelId, inputs }])
  expect(images[0]!.seed).toBe('seed' in inputs ? 7 : undefined)
  const left = ['size', 'seed', 'negative_prompt'].filter(
    (name) => !(name in inputs || (name === 'size' && 'width' in inputs)),
  )
  expect(warnings.map(({ parameter }) => parameter).toSorted()).toEqual(left.toSorted())
})

test('a mask goes as numbers, white where it may change, beside the picture that it is for', async () => {
  const { calls, model } = asked('@cf/runwayml/stable-diffusion-v1-5-inpainting')
  const mask = { ...inputPicture, bytes: halfMask }
  await makePictures(model, { ...catRequest, operation: 'edit', images: [inputPicture], mask })
  const { image, mask: sent, strength } = calls[0]!.inputs as { image: number[]; mask: number[]; strength: number }
  expect(image).toEqual([...onePixel])
  expect(sent.slice(1, 4)).toEqual([0x50, 0x4e, 0x47])
  expect(strength).toBe(1)
})

test('without a mask a picture is where it begins', async () => {
  const { calls, model } = asked(SDXL)
  await makePictures(model, { ...catRequest, operation: 'edit', images: [inputPicture] })
  expect(calls[0]!.inputs).toMatchObject({ image_b64: Buffer.from(onePixel).toString('base64'), strength: 0.75 })
})

test.each([
  ['a bare stream', () => new Blob([new Uint8Array(onePixel)]).stream()],
  ['bytes', () => new Uint8Array(onePixel)],
  ['a buffer', () => new Uint8Array(onePixel).buffer],
  ['a response with bytes', () => new Response(new Uint8Array(onePixel), { headers: { 'content-type': 'image/png' } })],
])('%s is a picture too', async (_name, answer) => {
  const { model } = asked(SDXL, answer)
  expect((await makePictures(model, catRequest)).images[0]!.bytes).toEqual(onePixel)
})

test.each([
  ['nothing', () => new Uint8Array(), 'provider_no_image'],
  ['an empty stream', () => new Blob([]).stream(), 'provider_no_image'],
  ['something else', () => new TextEncoder().encode('not a picture'), 'provider_bad_image'],
  ['null', () => null, 'provider_no_image'],
])('%s is none', async (_name, answer, code) => {
  const { model } = asked(SDXL, answer)
  await expect(makePictures(model, catRequest)).rejects.toMatchObject({ code })
})

test.each([
  [3036, 'provider_misconfigured'],
  [3040, 'provider_overloaded'],
  [3030, 'content_rejected'],
  [5006, 'invalid_request'],
  [5007, 'provider_error'],
])('its error %i, thrown by the binding, is our %s', async (code, ours) => {
  const { model } = asked(SDXL, () => {
    throw new Error(`AiError: ${code}: something`)
  })
  await expect(makePictures(model, catRequest)).rejects.toMatchObject({ code: ours })
})

test('several pictures of one seed are not the same picture', async () => {
  const { calls, model } = asked(SDXL)
  const { images } = await makePictures(model, { ...catRequest, count: 3, seed: 4_294_967_295 })
  expect(calls.map(({ inputs }) => inputs['seed'])).toEqual([4_294_967_295, 0, 1])
  expect(images.map(({ seed }) => seed)).toEqual([4_294_967_295, 0, 1])
})
