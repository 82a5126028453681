// What users of other platforms complain of most about what their usage costs, one test each.
import { expect, test } from 'vitest'
import { createLanguageModels } from '#shared/providers/language-models'
import { createEmbeddingModels } from '#shared/providers/embedding-models'
import { createModerationModels } from '#shared/providers/moderation-models'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { sampleAdmission, sampleSettlement } from '#shared/metering/ledger-samples'
import { priceOf } from '#shared/lib/money'
import { routes } from '#shared/openapi/routes'
import { createTestApp } from './conversations/testing.ts'
import { createChatWorld } from './testing.ts'

const rows = [
  { id: 'words', input: 1, output: 2, cached_input: 1, context: 8_000, max_output: 1_000 },
  { id: 'vectors', kind: 'embedding', input: 1, context: 8_000 },
  { id: 'unpriced', context: 8_000, max_output: 1_000 },
  { id: 'unpriced-vectors', kind: 'embedding', context: 8_000 },
]

function worldOf({ balanceMicros = 1_000_000, models = rows as unknown[], markup = '0' } = {}) {
  const asked: string[] = []
  const fetch: typeof globalThis.fetch = async (url) => {
    asked.push(String(url))
    return Response.json({ choices: [], data: [], results: [] })
  }
  const settings = {
    SANDBOX: 'off',
    COMPATIBLE_BASE_URL: 'http://localhost:1/v1',
    COMPATIBLE_MODELS: JSON.stringify(models),
    PRICE_MARKUP_PERCENT: markup,
  }
  const registry = createLanguageModels({ settings, fetch })
  const world = createChatWorld({
    models: {},
    balanceMicros,
    settings,
    outside: {
      modelsOf: () => registry,
      embeddingsOf: () => createEmbeddingModels({ settings, fetch }),
      moderationsOf: () => createModerationModels({ settings, fetch }),
    },
  })
  return { ...world, registry, asked }
}

const messages = [{ role: 'user', content: 'Hello' }]
const bodies: Record<string, (model: string) => object> = {
  '/v1/chat/completions': (model) => ({ model, messages }),
  '/v1/messages': (model) => ({ model, messages, max_tokens: 100 }),
  '/v1/responses': (model) => ({ model, input: 'Hello' }),
  '/v1/embeddings': (model) => ({ model, input: 'Hello' }),
}
/** Judging and counting are free at every vendor that does them; they are admitted and count in every other limit. */
const free = new Set(['/v1/moderations', '/v1/messages/count_tokens', '/v1/responses/input_tokens'])

test('whatever kind of model is called, without credit nobody is asked; a new address must say what it costs', async () => {
  // Pictures are another service's, and prove the same there.
  const called = routes
    .filter(({ method, path }) => method === 'post' && /^\/v1\/(?!images\/)/.test(path))
    .map(({ path }) => path)
  expect(called.filter((path) => !free.has(path)).toSorted()).toEqual(Object.keys(bodies).toSorted())
  const world = worldOf({ balanceMicros: 0 })
  for (const [path, body] of Object.entries(bodies)) {
    const model = path === '/v1/embeddings' ? 'compatible/vectors' : 'compatible/words'
    expect((await world.ask(path, body(model))).status, path).toBe(402)
  }
  expect(world.asked).toEqual([])
})

test('a model without a price is refused by name, nobody is asked, and nothing is guessed', async () => {
  const world = worldOf()
  for (const [path, body] of Object.entries(bodies)) {
    const model = path === '/v1/embeddings' ? 'compatible/unpriced-vectors' : 'compatible/unpriced'
    const response = await world.ask(path, body(model))
    expect(response.status, path).toBeGreaterThanOrEqual(400)
    expect(await response.text(), path).toContain('has no price here')
  }
  expect(world.asked).toEqual([])
  expect(await world.charges()).toEqual([])
  const list = (await (await world.ask('/v1/models', null, { method: 'GET' })).json()) as { data: { id: string }[] }
  expect(list.data.map(({ id }) => id)).toEqual(['compatible/words', 'compatible/vectors'])
})

test('no price is below nothing, whoever sets it, and nobody earns credit by using a model', () => {
  const negative = { ...rows[0], id: 'negative', output: -2 }
  const { registry } = worldOf({ models: [rows[0], negative], markup: '-100' })
  expect(registry.faults).toEqual([expect.stringContaining('COMPATIBLE_MODELS: entry 2, "output"')])
  expect(() => registry.resolve('compatible/negative')).toThrow(/no model/)
  const { price } = registry.resolve('compatible/words').model
  expect(Object.values(price!.prices).every((micros) => micros === 0)).toBe(true)
  expect(worldOf({ markup: '-101' }).registry.faults.at(-1)).toContain('PRICE_MARKUP_PERCENT')
  expect(() => priceOf({ prices: { output_tokens: 1 } }, { output_tokens: -5 })).toThrow(RangeError)
})

test('deleting a conversation takes its words and not what it cost', async () => {
  const ledger = createInMemoryLedger({ balanceMicros: 1_000, organizationId: 'org_a' })
  await ledger.admit(sampleAdmission())
  await ledger.settle(sampleSettlement())
  await ledger.setBudget({ account: 'member:usr_1', budget: { limitMicros: 100, period: 'forever' } })
  const app = createTestApp({ settings: { LEDGER: { getByName: () => ledger } } as never })
  const before = {
    balance: await ledger.balance(),
    entries: await ledger.entries({ limit: 10 }),
    budgets: await ledger.budgets(),
  }
  const { json } = await app.call('POST', '', { body: { content: 'hi' } })
  expect((await app.call('DELETE', `/${json.id}`)).status).toBeLessThan(300)
  expect((await app.call('GET', `/${json.id}`)).status).toBe(404)
  expect({
    balance: await ledger.balance(),
    entries: await ledger.entries({ limit: 10 }),
    budgets: await ledger.budgets(),
  }).toEqual(before)
})
