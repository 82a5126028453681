import { expect, test } from 'vitest'
import type { Principal } from '#shared/contracts/principal'
import { AnthropicModelList, Model, ModelList } from '#shared/contracts/models'
import { imageModels } from '#shared/catalog/image-models'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { createEmbeddingModels } from '#shared/providers/embedding-models'
import { createImageCatalog } from '#shared/providers/image-catalog'
import { createModerationModels } from '#shared/providers/moderation-models'
import { createChatWorld, sayingModel } from '../testing.ts'
import { toModelResponse } from './to-models-response.ts'

const { model } = sayingModel([])
const anonymous: Principal = { kind: 'anonymous' }
const world = createChatWorld({
  models: { 'fake/words': model, 'riwaq/sandbox-guide': { catalog: { vendor: 'riwaq' }, model } },
  outside: {
    embeddingsOf: () => createEmbeddingModels({ settings: { OPENAI_API_KEY: 'k' } }),
    moderationsOf: () => createModerationModels({ settings: {} }),
    imagesOf: () => createImageCatalog({ settings: { IMAGE_VENDORS: 'replicate' } }),
  },
})
const get = (path: string, headers: Record<string, string> = {}) =>
  world.ask(path, undefined, { method: 'GET', principal: anonymous, headers })

test('anyone may read the models with their prices, and which of them is the sandbox', async () => {
  const list = ModelList.parse(await (await get('/v1/models')).json())
  expect(list.data.map(({ id, sandbox }) => [id, sandbox])).toEqual([
    ['fake/words', false],
    ['riwaq/sandbox-guide', true],
    ['replicate/black-forest-labs/flux-1.1-pro', false],
    ['replicate/black-forest-labs/flux-dev', false],
    ['replicate/black-forest-labs/flux-schnell', false],
    ['replicate/ideogram-ai/ideogram-v3-quality', false],
    ['riwaq/sandbox-image', true],
    ['riwaq/sandbox-image-queued', true],
    ['openai/text-embedding-3-small', false],
    ['openai/text-embedding-3-large', false],
    ['openai/text-embedding-ada-002', false],
    ['riwaq/sandbox-embedding', true],
    ['riwaq/sandbox-moderation', true],
  ])
  expect(list.data.map(({ kind }) => kind).slice(-3)).toEqual(['embedding', 'embedding', 'moderation'])
  expect(list.data[8]).toMatchObject({
    kind: 'embedding',
    input_modalities: ['text'],
    output_modalities: ['embedding'],
    dimensions: 1_536,
    price: { prices: { input_tokens: 20_000 } },
  })
  expect(list.data[0]).toMatchObject({
    object: 'model',
    owned_by: 'compatible',
    kind: 'language',
    input_modalities: ['text', 'image'],
    output_modalities: ['text'],
    context_window: 8_000,
    price: { unit: 'micros_per_million', prices: { output_tokens: 2_000_000 } },
  })
})

test.each(['/v1/models/fake/words', '/v1/models/fake%2Fwords'])('%s is one model', async (path) => {
  expect(await (await get(path)).json()).toMatchObject({ id: 'fake/words', object: 'model' })
})

test('a model that is not there has a code of its own', async () => {
  const response = await get('/v1/models/nobody/knows')
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ error: { code: 'model_not_found' } })
})

test('an address that cannot be read is a 404, not a fault', async () => {
  expect((await get('/v1/models/%E0%A4%A')).status).toBe(404)
})

test('Anthropic’s clients get their own shape, page by page', async () => {
  const headers = { 'anthropic-version': '2023-06-01' }
  const first = AnthropicModelList.parse(await (await get('/v1/models?limit=1', headers)).json())
  expect(first).toMatchObject({
    data: [{ type: 'model', id: 'fake/words', display_name: 'Words' }],
    has_more: true,
    last_id: 'fake/words',
  })
  const second = AnthropicModelList.parse(
    await (await get(`/v1/models?limit=1&after_id=${encodeURIComponent(first.last_id!)}`, headers)).json(),
  )
  expect(second).toMatchObject({ data: [{ id: 'riwaq/sandbox-guide' }], has_more: false })
  expect(await (await get('/v1/models/fake/words', headers)).json()).toMatchObject({ type: 'model' })
})

const fetchOf: typeof fetch = async (url, init) => {
  const { pathname, search } = new URL(String(url))
  return get(`${pathname}${search}`, Object.fromEntries(new Headers(init?.headers as HeadersInit)))
}

test('OpenAI’s client lists every kind and finds each by its name', async () => {
  const client = new OpenAI({ apiKey: 'rq_test', baseURL: 'https://riwaq.test/v1', maxRetries: 0, fetch: fetchOf })
  expect((await Array.fromAsync(client.models.list())).length).toBe(13)
  for (const id of ['fake/words', 'text-embedding-3-small', 'riwaq/sandbox-moderation'])
    expect((await client.models.retrieve(id)).id).toContain(id)
})

test('Anthropic’s client pages forwards and backwards over models that answer', async () => {
  const client = new Anthropic({ apiKey: 'rq_test', baseURL: 'https://riwaq.test', maxRetries: 0, fetch: fetchOf })
  const forwards = await Array.fromAsync(client.models.list({ limit: 1 }))
  expect(forwards.map(({ id }) => id)).toEqual(['fake/words', 'riwaq/sandbox-guide'])
  const backwards = await Array.fromAsync(client.models.list({ limit: 1, before_id: 'riwaq/sandbox-guide' }))
  expect(backwards.map(({ id }) => id)).toEqual(['fake/words'])
  expect((await client.models.list({ lifecycle: ['retired'] })).data).toEqual([])
  expect((await client.models.list({ lifecycle: ['active', 'deprecated'] })).data).toHaveLength(2)
  expect(await client.models.retrieve('fake/words')).toMatchObject({
    lifecycle: 'active',
    capabilities: {
      image_input: { supported: true },
      pdf_input: { supported: false },
      structured_outputs: { supported: true },
      thinking: { supported: true },
      effort: { supported: true, high: { supported: true } },
      server_tools: { supported: false },
    },
  })
})

test('a workspace at the vendor is refused, though its client sends it as a header', async () => {
  const headers = { 'anthropic-version': '2023-06-01', 'anthropic-workspace-id': 'wrkspc_1' }
  const response = await get('/v1/models', headers)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { param: 'workspace_id' } })
})

test.each([
  ['limit=0', 'limit'],
  ['limit=many', 'limit'],
  ['after_id=nobody/knows', 'after_id'],
  ['before_id=nobody/knows', 'before_id'],
  ['lifecycle=dead', 'lifecycle[0]'],
])('?%s is refused by its name', async (query, param) => {
  const response = await get(`/v1/models?${query}`, { 'anthropic-version': '2023-06-01' })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { param } })
})

test.each(['POST', 'DELETE', 'PUT'])('%s has nothing to do here', async (method) => {
  const init = { method, principal: anonymous }
  for (const path of ['/v1/models', '/v1/models/fake/words'])
    expect((await world.ask(path, method === 'POST' ? {} : undefined, init)).status).toBe(405)
})

test('a model that makes pictures says what it can, and what a picture of it costs at the most', async () => {
  const list = ModelList.parse(await (await get('/v1/models')).json())
  expect(list.data.find(({ id }) => id === 'riwaq/sandbox-image')).toMatchObject({
    kind: 'image',
    input_modalities: ['text', 'image'],
    output_modalities: ['image'],
    price: { prices: { images: 2_000_000_000 } },
    image: {
      mask: true,
      sizes: { kind: 'range', min: 256, max: 2_048 },
      pricing: {
        unit: 'images',
        pictures: [
          { size: '1024x1024', quality: 'standard', max_micros: 2_000 },
          { size: '1024x1024', quality: 'fine', max_micros: 2_000 },
        ],
      },
    },
  })
  expect(list.data.find(({ id }) => id.endsWith('flux-dev'))!.image).toMatchObject({
    sizes: { kind: 'list', sizes: expect.arrayContaining(['1024x1024']) },
    pricing: { pictures: [{ size: '1024x1024', quality: null, max_micros: 25_000 }] },
  })
  expect(list.data.find(({ kind }) => kind === 'language')!.image).toBeUndefined()
})

test.each(imageModels.filter(({ price }) => price !== null).map((entry) => [entry.id, entry] as const))(
  '%s can be listed',
  (id, entry) => {
    const { image, price } = Model.parse(toModelResponse(entry))
    expect(price, id).not.toBeNull()
    for (const { size, max_micros: micros } of image!.pricing.pictures) {
      expect(size).toMatch(/^\d+x\d+$/)
      expect(Number.isSafeInteger(micros)).toBe(true)
    }
  },
)

test('one model that makes pictures can be asked for, by either name', async () => {
  for (const id of ['riwaq/sandbox-image', 'sandbox-image'])
    expect(await (await get(`/v1/models/${id}`)).json()).toMatchObject({ id: 'riwaq/sandbox-image', kind: 'image' })
})
