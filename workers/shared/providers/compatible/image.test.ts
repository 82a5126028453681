import { expect, test } from 'vitest'
import type { ImageTraits } from '#shared/contracts/model'
import {
  catRequest,
  everyImageTrait,
  imageModelConformance,
  inputPicture,
  linkedFiles,
  makePictures,
  pictureFetch,
  type ImageUpstreamCall,
  type RespondWithPictures,
  type VendorAct,
} from '../kit/image-model-conformance.ts'
import { onePixel, SECRET } from '../kit/image-samples.ts'
import { createCompatibleImages } from './image.ts'

const create = ({ respond, traits }: { respond: RespondWithPictures; traits: ImageTraits }) =>
  createCompatibleImages({
    apiKey: SECRET,
    baseURL: 'http://localhost:8080/v1/',
    fetch: pictureFetch(respond, linkedFiles),
    local: false,
  }).image('sdxl', traits)

/** Servers of one's own count nothing, and put plain words where OpenAI puts an object. */
function vendor(act: VendorAct): RespondWithPictures {
  return () => {
    switch (act.does) {
      case 'makes':
        return Response.json({ created: 1, data: act.pictures.map((b64_json) => ({ b64_json, url: null })) })
      case 'links':
        return Response.json({ created: 1, data: act.urls.map((url) => ({ url })) })
      case 'refuses':
        return Response.json({ error: { code: 'content_policy_violation', message: 'no' } }, { status: 400 })
      case 'fails':
        return Response.json({ error: { message: act.message, code: 500 } }, act)
      case 'says':
        return new Response(act.body, { headers: { 'content-type': act.contentType } })
    }
  }
}

imageModelConformance({
  name: 'a compatible server',
  create,
  fixtures: { vendor, gives: ['bytes', 'links'], usage: null },
})

const base64 = Buffer.from(onePixel).toString('base64')

test('a seed and what is not to be seen are passed on, and base64 is asked for', async () => {
  const calls: ImageUpstreamCall[] = []
  const answer = vendor({ does: 'makes', pictures: [`data:image/png;base64,${base64}`] })
  const model = create({ respond: (call) => (calls.push(call), answer(call)), traits: everyImageTrait })
  await makePictures(model, { ...catRequest, seed: 7, negativePrompt: 'dogs' })
  expect(calls[0]!.url).toBe('http://localhost:8080/v1/images/generations')
  expect(JSON.parse(calls[0]!.body)).toEqual({
    model: 'sdxl',
    prompt: 'قطة a cat',
    n: 1,
    seed: 7,
    negative_prompt: 'dogs',
    response_format: 'b64_json',
  })
})

test('a single picture goes as `image`, as servers without arrays want it', async () => {
  const calls: ImageUpstreamCall[] = []
  const answer = vendor({ does: 'makes', pictures: [base64] })
  const model = create({ respond: (call) => (calls.push(call), answer(call)), traits: everyImageTrait })
  await makePictures(model, { ...catRequest, operation: 'edit', images: [inputPicture] })
  expect(calls[0]!.form!.has('image')).toBe(true)
})

test('on somebody’s own machine an address may lead to that machine, and nowhere else to one', async () => {
  const file = 'http://localhost:8080/files/1.png'
  const fetch = pictureFetch(({ url }) =>
    url === file ? new Response(new Uint8Array(onePixel)) : Response.json({ data: [{ url: file }] }),
  )
  const at = (local: boolean) =>
    createCompatibleImages({ apiKey: '', baseURL: 'http://localhost:8080/v1', fetch, local }).image(
      'm',
      everyImageTrait,
    )
  expect((await makePictures(at(true), catRequest)).images[0]!.bytes).toEqual(onePixel)
  await expect(makePictures(at(false), catRequest)).rejects.toMatchObject({ code: 'provider_image_lost' })
})
