import { expect, test } from 'vitest'
import type { OpenedProviderKey } from '../contracts/vault.ts'
import { createImageCatalog, imageCatalogOf } from './image-catalog.ts'
import { createImageModels, type ImageModelSettings, type SandboxDrawing } from './image-models.ts'
import { catRequest, makePictures, pictureFetch, type ImageUpstreamCall } from './kit/image-model-conformance.ts'
import { onePixel } from './kit/image-samples.ts'
import { createOwnKeys } from './own-keys.ts'

const AI = { run: async () => ({ image: Buffer.from(onePixel).toString('base64') }) }

const everything: ImageModelSettings = {
  OPENAI_API_KEY: 'platform-key',
  GEMINI_API_KEY: 'k',
  FAL_KEY: 'k',
  REPLICATE_API_TOKEN: 'k',
  COMPATIBLE_BASE_URL: 'http://localhost:8080/v1',
  COMPATIBLE_MODELS: JSON.stringify([{ id: 'sdxl', kind: 'image', image: 0.02, sizes: ['1024x1024'] }]),
  AI,
}

const draw: SandboxDrawing = {
  toPng: async () => onePixel,
  toPixels: async () => ({ width: 1, height: 1, rgba: new Uint8Array(4) }),
  bounds: async () => null,
}

const answer = { data: [{ b64_json: Buffer.from(onePixel).toString('base64') }] }

function world(settings: ImageModelSettings, providerKeys: OpenedProviderKey[] = []) {
  const calls: ImageUpstreamCall[] = []
  const fetch = pictureFetch((call) => (calls.push(call), Response.json(answer)))
  const own = providerKeys.length > 0 ? createOwnKeys({ providerKeys, fetch }) : undefined
  return { calls, models: createImageModels({ settings, fetch, sandbox: draw, own }) }
}

const idsOf = (models: { list(): readonly { id: string }[] }) => models.list().map(({ id }) => id)
const problemOf = (call: () => unknown) => {
  try {
    call()
  } catch (error) {
    return error
  }
  return null
}

test('with no key there is the sandbox alone, and it is the default', () => {
  const { models } = world({})
  expect(idsOf(models)).toEqual(['riwaq/sandbox-image', 'riwaq/sandbox-image-queued'])
  expect(models.default().id).toBe('riwaq/sandbox-image')
})

test('with no key and without the sandbox there is nothing, and that is said', () => {
  const { models } = world({ SANDBOX: 'off' })
  expect(idsOf(models)).toEqual([])
  expect(problemOf(() => models.default())).toMatchObject({ code: 'model_not_found' })
})

test('real ones come before the sandbox, and the operator’s own server is among them', () => {
  const { models } = world(everything)
  const ids = idsOf(models)
  expect(models.default().id).toBe(ids[0])
  expect(ids[0]).toBe('openai/gpt-image-2.5-flare')
  expect(new Set(models.list().map(({ vendor }) => vendor))).toEqual(
    new Set(['openai', 'google', 'workers-ai', 'fal', 'replicate', 'compatible', 'riwaq']),
  )
  expect(ids).toContain('compatible/sdxl')
  expect(ids.at(-1)).toBe('riwaq/sandbox-image-queued')
  expect(ids).not.toContain('openai/gpt-image-2.6-flare')
})

test.each([
  ['openai/gpt-image-2', 'direct'],
  ['gemini-3-pro-image', 'direct'],
  ['@cf/black-forest-labs/flux-2-klein-9b', 'direct'],
  ['compatible/sdxl', 'direct'],
  ['fal-ai/flux-2-pro', 'job'],
  ['black-forest-labs/flux-dev', 'job'],
  ['sandbox-image', 'direct'],
  ['sandbox-image-queued', 'job'],
])('%s is called as its catalogue says: %s', (id, delivery) => {
  const { model, image, ownKey } = world(everything).models.resolve(id)
  expect([model.image.delivery, image.delivery, ownKey]).toEqual([delivery, delivery, undefined])
})

test('every model that is listed has an adapter that delivers as it says', () => {
  const { models } = world(everything)
  for (const { id, image } of models.list()) expect(models.resolve(id).image.delivery, id).toBe(image.delivery)
})

test.each([
  ['openai/gpt-image-2.6-flare', 'model_not_priced'],
  ['gpt-4.1', 'invalid_request'],
  ['nonsense', 'model_not_found'],
])('%s is refused as %s', (id, code) => {
  expect(problemOf(() => world(everything).models.resolve(id))).toMatchObject({ code, details: { param: 'model' } })
})

test('a model whose vendor is not configured is told from one that is not there', () => {
  expect(problemOf(() => world({}).models.resolve('openai/gpt-image-2'))).toMatchObject({
    code: 'model_not_found',
    message: expect.stringContaining('openai'),
  })
})

test('without a drawing engine the sandbox is listed, and says why it cannot draw', () => {
  const models = createImageModels({ settings: {} })
  expect(idsOf(models)).toContain('riwaq/sandbox-image')
  expect(problemOf(() => models.resolve('sandbox-image'))).toMatchObject({ code: 'service_unavailable' })
})

const ownOpenAI: OpenedProviderKey = {
  keyId: 'pk_1',
  vendor: 'openai',
  apiKey: 'their-key',
} as OpenedProviderKey

test('an organization’s own key calls its vendor, costs nothing here, and opens what has no price', async () => {
  const { models, calls } = world({ ...everything, PRICE_MARKUP_PERCENT: '50' }, [ownOpenAI])
  const { model, image, ownKey } = models.resolve('openai/gpt-image-2.6-flare')
  expect(ownKey).toBe(true)
  expect(model.image.pricing).toEqual({ unit: 'images', rows: [] })
  const priced = models.resolve('openai/gpt-image-2').model.image.pricing
  expect(priced.unit === 'tokens' && Object.values(priced.prices)).toEqual([0, 0, 0])
  await makePictures(image, catRequest)
  expect(calls[0]!.headers.get('authorization')).toBe('Bearer their-key')
})

test('an own key that is refused is the organization’s to replace', async () => {
  const fetch = pictureFetch(() => Response.json({ error: { message: 'no' } }, { status: 401 }))
  const own = createOwnKeys({ providerKeys: [ownOpenAI], fetch })
  const { image } = createImageModels({ settings: everything, fetch, own }).resolve('gpt-image-2')
  await expect(makePictures(image, catRequest)).rejects.toMatchObject({
    code: 'provider_misconfigured',
    details: { facts: { own_key: true } },
  })
})

test('links of an organization’s own server are fetched from that machine only where the platform runs there itself', async () => {
  const link = 'http://127.0.0.1/1.png'
  const own: OpenedProviderKey = {
    keyId: 'pk_2',
    vendor: 'compatible',
    apiKey: 'k',
    baseURL: 'https://models.example.com/v1',
    models: [{ id: 'theirs', kind: 'image', context_tokens: 1, max_output_tokens: 1 }],
  } as unknown as OpenedProviderKey
  const at = (PUBLIC_URL: string | undefined) => {
    const fetch = pictureFetch(({ url }) =>
      url === link ? new Response(new Uint8Array(onePixel)) : Response.json({ data: [{ url: link }] }),
    )
    const models = createImageModels({
      settings: { PUBLIC_URL },
      fetch,
      own: createOwnKeys({ providerKeys: [own], fetch, local: PUBLIC_URL === undefined }),
    })
    return makePictures(models.resolve('compatible/theirs').image, catRequest)
  }
  await expect(at('https://ai.example.com')).rejects.toMatchObject({ code: 'provider_image_lost' })
  expect((await at(undefined)).images).toHaveLength(1)
})

test('whoever only lists models need not have the keys of all: it is enough to know that there are some', () => {
  const ids = idsOf(createImageCatalog({ settings: { IMAGE_VENDORS: 'fal, replicate', SANDBOX: 'off' } }))
  expect(ids).toContain('fal/fal-ai/flux-2-pro')
  expect(ids).toContain('replicate/black-forest-labs/flux-dev')
  expect(idsOf(createImageCatalog({ settings: { SANDBOX: 'off' } }))).toEqual([])
})

test('the catalogue of an isolate is made once', () => {
  const env = {}
  expect(imageCatalogOf(env)).toBe(imageCatalogOf(env))
})
