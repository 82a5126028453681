import { expect, test } from 'vitest'
import type { Principal } from '#shared/contracts/principal'
import { AnthropicModelList, ModelList } from '#shared/contracts/models'
import { createChatWorld, sayingModel } from '../testing.ts'

const { model } = sayingModel([])
const anonymous: Principal = { kind: 'anonymous' }
const world = createChatWorld({
  models: { 'fake/words': model, 'riwaq/sandbox-guide': { catalog: { vendor: 'riwaq' }, model } },
})
const get = (path: string, headers: Record<string, string> = {}) =>
  world.ask(path, undefined, { method: 'GET', principal: anonymous, headers })

test('anyone may read the models with their prices, and which of them is the sandbox', async () => {
  const list = ModelList.parse(await (await get('/v1/models')).json())
  expect(list.data.map(({ id, sandbox }) => [id, sandbox])).toEqual([
    ['fake/words', false],
    ['riwaq/sandbox-guide', true],
  ])
  expect(list.data[0]).toMatchObject({
    object: 'model',
    owned_by: 'compatible',
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
