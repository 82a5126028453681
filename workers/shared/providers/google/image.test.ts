import { expect, test } from 'vitest'
import { geminiSizes } from '#shared/catalog/gemini-image-sizes'
import type { ImageTraits } from '#shared/contracts/model'
import {
  catRequest,
  everyImageTrait,
  imageModelConformance,
  inputPicture,
  makePictures,
  pictureFetch,
  type ImageUpstreamCall,
  type RespondWithPictures,
  type VendorAct,
} from '../kit/image-model-conformance.ts'
import { onePixel, otherPixel, SECRET } from '../kit/image-samples.ts'
import answered from './__fixtures__/image-answer.json' with { type: 'json' }
import refused from './__fixtures__/image-refused.json' with { type: 'json' }
import { createGoogleImages, nativeBaseURL } from './image.ts'

const create = ({ respond, traits }: { respond: RespondWithPictures; traits: ImageTraits }) =>
  createGoogleImages({ apiKey: SECRET, fetch: pictureFetch(respond) }).image('gemini-3.1-flash-image', traits)

const answer = (pictures: string[]) => ({
  ...answered,
  candidates: [
    {
      ...answered.candidates[0],
      content: {
        role: 'model',
        parts: [
          { text: 'A small robot.' },
          { thought: true, inlineData: { mimeType: 'image/png', data: 'a draft' } },
          ...pictures.map((data) => ({ inlineData: { mimeType: 'image/png', data } })),
        ],
      },
    },
  ],
})

/** Asked once for each picture: where there are two calls, each is answered with one. */
function vendor(act: VendorAct): RespondWithPictures {
  let calls = 0
  return async () => {
    const call = calls++
    // So that all calls are there before the first is answered.
    await Promise.resolve()
    switch (act.does) {
      case 'makes':
        return Response.json(answer(calls > 1 ? act.pictures.slice(call, call + 1) : act.pictures))
      case 'links':
        return Response.json(answer([]))
      case 'refuses':
        return Response.json(refused)
      case 'fails':
        return Response.json({ error: { code: act.status, message: act.message, status: 'UNKNOWN' } }, act)
      case 'says':
        return new Response(act.body, { headers: { 'content-type': act.contentType } })
    }
  }
}

imageModelConformance({
  name: 'Google',
  create,
  fixtures: {
    vendor,
    gives: ['bytes'],
    onePerCall: true,
    usage: {
      input_tokens: 20,
      image_input_tokens: 2_240,
      image_output_tokens: 2_240,
      output_tokens: 340,
      reasoning_tokens: 400,
    },
  },
})

const base64 = Buffer.from(onePixel).toString('base64')
const traits: ImageTraits = { ...everyImageTrait, sizes: geminiSizes() }

function asked(given: ImageTraits = traits) {
  const calls: ImageUpstreamCall[] = []
  const respond: RespondWithPictures = (call) => (calls.push(call), Response.json(answer([base64])))
  return { calls, model: create({ respond, traits: given }) }
}

test('it is told a shape and a resolution, and the pictures come before the words', async () => {
  const { calls, model } = asked()
  const size = { width: 2752, height: 1536 }
  await makePictures(model, { ...catRequest, operation: 'edit', images: [inputPicture], size })
  expect(calls[0]!.url).toBe(
    'https://generativelanguage.googleapis.com/v1beta/models/gemini-3.1-flash-image:generateContent',
  )
  expect(calls[0]!.headers.get('x-goog-api-key')).toBe(SECRET)
  expect(JSON.parse(calls[0]!.body)).toEqual({
    contents: [
      { role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: base64 } }, { text: 'قطة a cat' }] },
    ],
    generationConfig: { responseModalities: ['IMAGE'], imageConfig: { aspectRatio: '16:9', imageSize: '2K' } },
  })
})

test('a size that no model of theirs makes is refused before anything is sent', async () => {
  const { calls, model } = asked()
  await expect(makePictures(model, { ...catRequest, size: { width: 1000, height: 1000 } })).rejects.toMatchObject({
    code: 'unsupported_parameter',
    details: { param: 'size' },
  })
  expect(calls).toEqual([])
})

test('several pictures of one seed are not the same picture', async () => {
  const { calls, model } = asked()
  await makePictures(model, { ...catRequest, count: 3, seed: 5 })
  expect(calls.map(({ body }) => JSON.parse(body).generationConfig.seed)).toEqual([5, 6, 7])
})

test('where one of several fails, the others are given up', async () => {
  const signals: AbortSignal[] = []
  let calls = 0
  const respond: RespondWithPictures = ({ signal }) => {
    signals.push(signal!)
    return calls++ === 0 ? new Response('{}', { status: 500 }) : new Promise(() => undefined)
  }
  const model = create({ respond, traits })
  await expect(makePictures(model, { ...catRequest, count: 2 })).rejects.toMatchObject({ code: 'provider_error' })
  expect(signals[1]!.aborted).toBe(true)
})

test.each([
  [{ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } }, 'content_rejected'],
  [{ candidates: [{ finishReason: 'RECITATION' }] }, 'content_rejected'],
  [{ candidates: [{ finishReason: 'NO_IMAGE', content: { parts: [{ text: 'I cannot.' }] } }] }, 'provider_no_image'],
  [{ candidates: [] }, 'provider_no_image'],
])('%j ends as %s', async (body, code) => {
  const model = create({ respond: () => Response.json(body), traits })
  await expect(makePictures(model, catRequest)).rejects.toMatchObject({ code })
})

test('a key that Google does not know is the operator’s trouble, though it is called an invalid argument', async () => {
  const body = { error: { code: 400, status: 'INVALID_ARGUMENT', details: [{ reason: 'API_KEY_INVALID' }] } }
  const model = create({ respond: () => Response.json(body, { status: 400 }), traits })
  await expect(makePictures(model, catRequest)).rejects.toMatchObject({ code: 'provider_misconfigured' })
})

test('the address of its look-alike of OpenAI leads to its own protocol', () => {
  expect(nativeBaseURL(undefined)).toBe('https://generativelanguage.googleapis.com/v1beta')
  expect(nativeBaseURL('http://localhost:4000/v1beta/openai/')).toBe('http://localhost:4000/v1beta')
  expect(nativeBaseURL('http://localhost:4000/v1beta')).toBe('http://localhost:4000/v1beta')
})

test('an answer without counts counts nothing', async () => {
  const { usageMetadata: _, ...uncounted } = answer([Buffer.from(otherPixel).toString('base64')])
  const { usage } = await makePictures(create({ respond: () => Response.json(uncounted), traits }), catRequest)
  expect(usage).toBeNull()
})
