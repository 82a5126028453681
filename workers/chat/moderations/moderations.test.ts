// The official client has things judged.
import OpenAI from 'openai'
import { expect, test } from 'vitest'
import { ModerationsResponse } from '#shared/contracts/moderations'
import { fetchOf } from '#shared/providers/kit/upstream-fake'
import { createModerationModels, type ModerationModelSettings } from '#shared/providers/moderation-models'
import { createChatWorld, sayingModel } from '../testing.ts'

const { model: words } = sayingModel([])
const verdict = { flagged: true, categories: { violence: true }, category_scores: { violence: 0.9 } }

function worldOf({
  settings = {},
  respond = () => Response.json({ results: [verdict] }),
}: {
  settings?: ModerationModelSettings
  respond?: Parameters<typeof fetchOf>[0]
} = {}) {
  const sent: Record<string, unknown>[] = []
  const fetch = fetchOf((request) => {
    sent.push(request.body)
    return respond(request)
  })
  const models = createModerationModels({ settings, fetch })
  const world = createChatWorld({ models: { 'fake/words': words }, outside: { moderationsOf: () => models } })
  const client = new OpenAI({
    apiKey: 'rq_test',
    baseURL: 'https://riwaq.test/v1',
    maxRetries: 0,
    fetch: async (url, init) =>
      world.ask(new URL(String(url)).pathname, String(init?.body), {
        headers: Object.fromEntries(new Headers(init?.headers as HeadersInit)),
      }),
  })
  return { world, client, sent }
}
const OPENAI = { OPENAI_API_KEY: 'k' }

test('with no key the platform judges by itself, in Arabic and English, for nothing', async () => {
  const { client, world } = worldOf()
  const answer = await client.moderations.create({ input: ['Good morning', 'سأقتلك'] })
  expect(answer.model).toBe('riwaq/sandbox-moderation')
  expect(answer.results.map(({ flagged }) => flagged)).toEqual([false, true])
  expect(answer.results[1]!.categories['harassment/threatening']).toBe(true)
  expect(answer.results[1]!.category_scores['harassment/threatening']).toBeGreaterThan(0.5)
  expect(answer.results[1]!.category_applied_input_types.violence).toEqual(['text'])
  await world.settled()
  expect(await world.charges()).toMatchObject([{ model: 'riwaq/sandbox-moderation', amountMicros: 0 }])
})

test('OpenAI judges where it is configured, texts and images of one thing together', async () => {
  const { client, sent } = worldOf({ settings: OPENAI })
  const { results } = await client.moderations.create({
    model: 'omni-moderation-latest',
    input: [
      { type: 'text', text: 'look' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
    ],
  })
  expect(results).toMatchObject([{ flagged: true, categories: { violence: true, hate: false } }])
  expect(sent[0]).toMatchObject({ model: 'omni-moderation-latest', input: [{ type: 'text' }, { type: 'image_url' }] })
})

test('the answer has its shape, its price and its name', async () => {
  const response = await worldOf().world.ask('/v1/moderations', { input: 'hello' })
  expect(response.headers.get('x-riwaq-cost-micros')).toBe('0')
  expect(ModerationsResponse.parse(await response.json()).id).toMatch(/^modr-\w{24}$/)
})

test.each([
  [{ input: 'x', model: 'gpt-4.1' }, 400, 'model'],
  [{ input: 'x', model: 'text-embedding-3-small' }, 400, 'model'],
  [{ input: 'x', model: 'nobody/knows' }, 404, 'model'],
  [{}, 400, 'input'],
  [{ input: [] }, 400, 'input'],
  [{ input: [{ type: 'audio' }] }, 400, 'input[0].type'],
  [{ input: [{ type: 'image_url', image_url: { url: 'http://10.0.0.1/a.png' } }] }, 400, 'input[0].image_url.url'],
  [{ input: 'x', n: 2 }, 400, 'n'],
])('%j is refused with the parameter that is at fault', async (body, status, param) => {
  const { world, sent } = worldOf({ settings: OPENAI })
  const response = await world.ask('/v1/moderations', body)
  expect(await response.json()).toMatchObject({ error: { param } })
  expect(response.status).toBe(status)
  expect(sent).toHaveLength(0)
})

test('the sandbox does not pretend to have looked at an image', async () => {
  const input = [{ type: 'image_url', image_url: { url: 'https://pictures.example/a.png' } }]
  const response = await worldOf().world.ask('/v1/moderations', { input })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { code: 'unsupported_parameter', param: 'input' } })
})

test('a vendor that does not answer is no verdict', async () => {
  const { world } = worldOf({ settings: OPENAI, respond: () => new Response('', { status: 500 }) })
  expect((await world.ask('/v1/moderations', { input: 'x' })).status).toBe(502)
  await world.settled()
  expect(await world.charges()).toHaveLength(0)
})

test('a free call still counts against the limit of requests', async () => {
  const { world } = worldOf()
  await world.ledger.setRateLimit({ requestsPerMinute: 1 })
  expect((await world.ask('/v1/moderations', { input: 'x' })).status).toBe(200)
  expect((await world.ask('/v1/moderations', { input: 'x' })).status).toBe(429)
})
