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
import answered from './__fixtures__/image-answer.json' with { type: 'json' }
import refused from './__fixtures__/image-refused.json' with { type: 'json' }
import { createOpenAIImages } from './image.ts'

const create = ({ respond, traits }: { respond: RespondWithPictures; traits: ImageTraits }) =>
  createOpenAIImages({ apiKey: SECRET, fetch: pictureFetch(respond, linkedFiles) }).image('gpt-image-2', traits)

const usage = { image_input_tokens: 323, input_tokens: 43, image_output_tokens: 392 }

function vendor(act: VendorAct): RespondWithPictures {
  return () => {
    switch (act.does) {
      case 'makes':
        return Response.json({ ...answered, data: act.pictures.map((b64_json) => ({ b64_json })) })
      case 'links':
        return Response.json({ created: 1, data: act.urls.map((url) => ({ url })) })
      case 'refuses':
        return Response.json(refused, { status: 400 })
      case 'fails':
        return Response.json({ error: { message: act.message, type: 'x', param: null, code: null } }, act)
      case 'says':
        return new Response(act.body, { headers: { 'content-type': act.contentType } })
    }
  }
}

imageModelConformance({ name: 'OpenAI', create, fixtures: { vendor, gives: ['bytes', 'links'], usage } })

const base64 = Buffer.from(onePixel).toString('base64')

function asked(traits: ImageTraits = everyImageTrait) {
  const calls: ImageUpstreamCall[] = []
  const answer = vendor({ does: 'makes', pictures: [base64] })
  return { calls, model: create({ respond: (call) => (calls.push(call), answer(call)), traits }) }
}

const sent = ({ form }: ImageUpstreamCall) => [...(form ?? [])].map(([name, value]) => [name, String(value)])

test('a prompt alone goes to generations as JSON, with what was asked for and nothing else', async () => {
  const { calls, model } = asked()
  await makePictures(model, {
    ...catRequest,
    size: { width: 1536, height: 864 },
    quality: 'high',
    background: 'transparent',
    format: 'webp',
    compression: 80,
    endUser: 'user-1',
  })
  expect(calls[0]).toMatchObject({ method: 'POST', url: 'https://api.openai.com/v1/images/generations' })
  expect(calls[0]!.headers.get('authorization')).toBe(`Bearer ${SECRET}`)
  expect(JSON.parse(calls[0]!.body)).toEqual({
    model: 'gpt-image-2',
    prompt: 'قطة a cat',
    n: 1,
    size: '1536x864',
    quality: 'high',
    background: 'transparent',
    output_format: 'webp',
    output_compression: 80,
    safety_identifier: 'user-1',
  })
})

test('pictures and a mask go to edits as files, under the names that the official client gives them', async () => {
  const { calls, model } = asked()
  const images = [inputPicture, { ...inputPicture, mediaType: 'image/webp' as const }]
  await makePictures(model, { ...catRequest, operation: 'edit', images, mask: inputPicture, inputFidelity: 'high' })
  const [call] = calls
  expect(call!.url).toBe('https://api.openai.com/v1/images/edits')
  expect(call!.headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/)
  expect(sent(call!).map(([name]) => name)).toEqual([
    'model',
    'prompt',
    'n',
    'input_fidelity',
    'image[]',
    'image[]',
    'mask',
  ])
  const [first, second] = call!.form!.getAll('image[]') as File[]
  expect([first!.type, second!.name]).toEqual(['image/png', 'image-2.webp'])
  expect(new Uint8Array(await first!.arrayBuffer())).toEqual(onePixel)
})

test('a variation without words is an edit that says what a variation is', async () => {
  const { calls, model } = asked()
  await makePictures(model, { ...catRequest, operation: 'variation', prompt: '', images: [inputPicture] })
  expect(calls[0]!.form!.get('prompt')).toContain('another version')
})

test('a transparent JPEG is made as PNG, for there is no such thing', async () => {
  const { calls, model } = asked()
  await makePictures(model, { ...catRequest, background: 'transparent', format: 'jpeg' })
  expect(JSON.parse(calls[0]!.body)).toMatchObject({ background: 'transparent', output_format: 'png' })
})

test('what a model cannot do at all is refused before anything is sent', async () => {
  const { calls, model } = asked({ ...everyImageTrait, operations: ['generate'], mask: false, maxInputImages: 1 })
  for (const request of [
    { ...catRequest, operation: 'edit' as const, images: [inputPicture] },
    { ...catRequest, images: [inputPicture, inputPicture] },
    { ...catRequest, images: [inputPicture], mask: inputPicture },
    { ...catRequest, count: 11 },
  ])
    await expect(makePictures(model, request)).rejects.toMatchObject({ code: 'unsupported_parameter' })
  expect(calls).toEqual([])
})

const events = (kind: string) => [
  { type: `${kind}.partial_image`, b64_json: base64, partial_image_index: 0 },
  { type: `${kind}.partial_image`, b64_json: '%%%', partial_image_index: 1 },
  { type: `${kind}.completed`, b64_json: base64, usage: answered.usage },
]

const stream = (list: object[], size = 40) => {
  const bytes = new TextEncoder().encode(
    list.map((event) => `event: e\r\ndata: ${JSON.stringify(event)}\r\n\r\n`).join(''),
  )
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, (at += size)))
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
}

test.each(['image_generation', 'image_edit'])('%s events show pictures before the final one', async (kind) => {
  const shown: number[] = []
  const calls: ImageUpstreamCall[] = []
  const model = create({
    respond: (call) => (calls.push(call), stream(events(kind))),
    traits: everyImageTrait,
  })
  const images = kind === 'image_edit' ? [inputPicture] : []
  const operation = kind === 'image_edit' ? 'edit' : 'generate'
  const result = await model.generate(
    { ...catRequest, operation, images, partialImages: 2 },
    {
      signal: new AbortController().signal,
      idempotencyKey: 'k',
      onPartial: ({ index, mediaType, bytes }) => {
        expect([mediaType, bytes]).toEqual(['image/png', onePixel])
        shown.push(index)
      },
    },
  )
  // The second is no picture: what is not final may be broken without any harm.
  expect(shown).toEqual([0])
  expect(result).toMatchObject({ images: [{ bytes: onePixel }], usage, warnings: [] })
  const said = kind === 'image_edit' ? Object.fromEntries(sent(calls[0]!)) : JSON.parse(calls[0]!.body)
  expect(String(said.partial_images)).toBe('2')
  expect(String(said.stream)).toBe('true')
})

test('a stream that ends in an error, or in nothing, is no picture', async () => {
  const code = async (list: object[]) => {
    const model = create({ respond: () => stream(list), traits: everyImageTrait })
    const onPartial = () => undefined
    const options = { signal: new AbortController().signal, idempotencyKey: 'k', onPartial }
    return model.generate({ ...catRequest, partialImages: 1 }, options).catch((error: { code: string }) => error.code)
  }
  const [partial] = events('image_generation')
  expect(await code([partial!, { type: 'error', error: { code: 'moderation_blocked', message: 'no' } }])).toBe(
    'content_rejected',
  )
  expect(await code([partial!, { type: 'error', error: { message: 'broken' } }])).toBe('provider_error')
  expect(await code([partial!])).toBe('provider_no_image')
  expect(await code([partial!, { type: 'image_generation.completed' }])).toBe('provider_bad_image')
})

test('several pictures are not streamed, and that is said', async () => {
  const answer = vendor({ does: 'makes', pictures: [base64, base64] })
  const calls: ImageUpstreamCall[] = []
  const model = create({ respond: (call) => (calls.push(call), answer(call)), traits: everyImageTrait })
  const options = { signal: new AbortController().signal, idempotencyKey: 'k', onPartial: () => undefined }
  const { warnings } = await model.generate({ ...catRequest, count: 2, partialImages: 2 }, options)
  expect(warnings).toMatchObject([{ parameter: 'partial_images' }])
  expect(calls[0]!.body).not.toContain('stream')
})
