// What every kind of call tells the ledger that its provider took: the list price, rounded up once, whatever it is sold for.
import { expect, test } from 'vitest'
import type { AdmitInput, SettleInput } from '#shared/contracts/ledger'
import { defaultPolicy } from '#shared/contracts/policy'
import type { OpenedProviderKey } from '#shared/contracts/vault'
import { silentLogger } from '#shared/http/log'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { sampleAdmission } from '#shared/metering/ledger-samples'
import { createEmbeddingModels } from '#shared/providers/embedding-models'
import { createLanguageModels } from '#shared/providers/language-models'
import { createModerationModels } from '#shared/providers/moderation-models'
import { complete } from './complete.ts'
import { settleInterrupted } from './conversations/settle-interrupted.ts'
import { createGuardrails } from '#shared/guardrails/guardrails'
import { createOwnModels, type OwnModelsEnv } from './own-keys/own-models.ts'
import { createCircuits } from './routing/circuits.ts'
import { createPolicyCache } from '#shared/policy/policy-cache'
import { createChatWorld, organizationId } from './testing.ts'

const usage = { prompt_tokens: 1_000, completion_tokens: 501, total_tokens: 1_501 }
/** Per million: 1 dollar a prompt token, 3 an answer's; so 1,000 and 1,503 micros. */
const mine = { id: 'words', input: 1, output: 3, cached_input: 1, context: 32_000, max_output: 4_000 }
const LIST = 1_000 + 1_503
const settings = {
  COMPATIBLE_BASE_URL: 'http://localhost:1/v1',
  COMPATIBLE_MODELS: JSON.stringify([mine, { id: 'vectors', kind: 'embedding', input: 0.1, context: 8_000 }]),
  OPENAI_API_KEY: 'sk-platform-0123456789',
  PRICE_MARKUP_PERCENT: '50',
}

const sse = (...events: object[]) =>
  new Response([...events.map((event) => `data: ${JSON.stringify(event)}\n\n`), 'data: [DONE]\n\n'].join(''), {
    headers: { 'content-type': 'text/event-stream' },
  })
const chunk = (content: string, reason: string | null = null) => ({
  choices: [{ index: 0, delta: { content }, finish_reason: reason }],
})

/** A vendor of every kind: it answers, turns into vectors and judges. */
const upstream = (async (url: string | URL | Request, init?: RequestInit) => {
  const path = String(url instanceof Request ? url.url : url)
  if (path.endsWith('/embeddings'))
    return Response.json({
      data: [{ index: 0, embedding: [0.5] }],
      usage: { prompt_tokens: 1_001, total_tokens: 1_001 },
    })
  if (path.endsWith('/moderations'))
    return Response.json({ results: [{ flagged: false, categories: {}, category_scores: {} }] })
  const { stream } = JSON.parse(String(init?.body)) as { stream?: boolean }
  if (stream) return sse(chunk('Hello.'), chunk('', 'stop'), { choices: [], usage })
  return Response.json({
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
    usage,
  })
}) as typeof globalThis.fetch

async function createWorld({ opened = [] as OpenedProviderKey[], guarded = false, prices = settings } = {}) {
  const registry = createLanguageModels({ settings: prices, fetch: upstream })
  const moderations = createModerationModels({ settings: prices, fetch: upstream })
  const vault = { providerKeysOf: async () => opened, markUsed: async () => undefined }
  const world = createChatWorld({
    models: {},
    balanceMicros: 100_000_000,
    settings: { ...prices, VAULT_RPC: vault },
    outside: {
      modelsOf: () => registry,
      embeddingsOf: () => createEmbeddingModels({ settings: prices, fetch: upstream }),
      moderationsOf: () => moderations,
      guardrailsOf: () => createGuardrails({ moderationsOf: () => moderations }),
      ownModels: createOwnModels({ fetch: upstream, platform: () => registry }) as (env: OwnModelsEnv) => never,
    },
  })
  await world.ledger.setPolicy({
    policy: {
      ...defaultPolicy,
      ...(guarded && { guardrails: [{ type: 'moderation', model: null, action: 'block', stage: 'input' } as const] }),
    },
    providerKeys: opened.map(({ vendor, keyId }) => ({ vendor, keyId })),
  })
  const settled: SettleInput[] = []
  const admitted: AdmitInput[] = []
  const { settle, admit } = world.ledger
  world.ledger.settle = (input) => (settled.push(input), settle(input))
  world.ledger.admit = (input) => (admitted.push(input), admit(input))
  const ask = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await world.ask(path, body, { headers })
    const text = await response.text()
    await world.settled()
    expect(response.status, text).toBe(200)
    return settled
  }
  const read = async (path: string) => (await world.ask(path, null, { method: 'GET' })).json()
  return { ...world, ask, read, settled, admitted, registry }
}

const messages = [{ role: 'user', content: 'Hello' }]
const chat = { model: 'compatible/words', messages }

test.each([
  ['a conversation of the official SDKs', '/v1/chat/completions', chat],
  ['one in Anthropic’s words', '/v1/messages', { ...chat, max_tokens: 1_000 }],
  ['a response', '/v1/responses', { model: 'compatible/words', input: 'Hello', store: false }],
] as const)('%s costs its list price and is sold at the markup, whole or streamed', async (_name, path, body) => {
  for (const stream of [false, true]) {
    const { ask, admitted } = await createWorld()
    const [settlement] = await ask(path, { ...body, stream })
    expect(settlement).toMatchObject({ costMicros: LIST, amountMicros: 1_500 + 2_255 })
    const [{ abandoned }] = admitted as [AdmitInput]
    expect(abandoned!.costMicros, 'a call that nobody could end').toBeGreaterThan(0)
    expect(abandoned!.costMicros).toBe(abandoned!.usage.input_tokens)
  }
})

test('what is listed is what is charged', async () => {
  const { read } = await createWorld()
  expect(await read('/v1/models/compatible/words')).toMatchObject({
    price: { prices: { input_tokens: 1_500_000, output_tokens: 4_500_000 } },
  })
})

test('without a markup what is charged is what it costs', async () => {
  const { ask } = await createWorld({ prices: { ...settings, PRICE_MARKUP_PERCENT: '0' } })
  expect(await ask('/v1/chat/completions', chat)).toMatchObject([{ costMicros: LIST, amountMicros: LIST }])
})

test('what is sold below its list price still costs it', async () => {
  const { ask } = await createWorld({ prices: { ...settings, PRICE_MARKUP_PERCENT: '-100' } })
  expect(await ask('/v1/chat/completions', chat)).toMatchObject([{ costMicros: LIST, amountMicros: 0 }])
})

test('vectors cost their list price, rounded up once', async () => {
  const { ask } = await createWorld()
  const [settlement] = await ask('/v1/embeddings', { model: 'compatible/vectors', input: 'word '.repeat(900) })
  expect(settlement).toMatchObject({ costMicros: 101, amountMicros: 151 })
})

test('a judgement of a vendor who judges for nothing costs nothing, whoever asked for it', async () => {
  const asked = await createWorld()
  expect(await asked.ask('/v1/moderations', { input: 'Hello' })).toMatchObject([{ costMicros: 0, amountMicros: 0 }])
  const guarded = await createWorld({ guarded: true })
  const settled = await guarded.ask('/v1/chat/completions', chat)
  expect(settled.map(({ costMicros }) => costMicros).toSorted()).toEqual([0, LIST])
})

test('the sandbox is nobody’s cost, although it is sold', async () => {
  const { ask } = await createWorld()
  const [answer] = await ask('/v1/chat/completions', { ...chat, model: 'riwaq/sandbox-guide' })
  expect(answer!.costMicros).toBe(0)
  expect(answer!.amountMicros).toBeGreaterThan(0)
  const vectors = (await ask('/v1/embeddings', { model: 'riwaq/sandbox-embedding', input: 'Hello' })).at(-1)!
  expect(vectors.costMicros).toBe(0)
})

test('who brings a key of their own costs the operator nothing', async () => {
  const openai: OpenedProviderKey = { vendor: 'openai', keyId: 'pky_1', apiKey: 'sk-own-0123456789abcdef' }
  const { ask } = await createWorld({ opened: [openai] })
  expect(await ask('/v1/chat/completions', { ...chat, model: 'openai/gpt-6-luna' })).toMatchObject([
    { amountMicros: 0, costMicros: 0, usage: { input_tokens: 1_000, output_tokens: 501 } },
  ])
})

test('what is given again from the cache is had from nobody', async () => {
  const { ask } = await createWorld({ prices: { ...settings, CACHE_HIT_PRICE_PERCENT: '10' } as never })
  const use = { 'x-riwaq-cache': 'use' }
  await ask('/v1/chat/completions', chat, use)
  const settled = await ask('/v1/chat/completions', chat, use)
  expect(settled.map(({ costMicros }) => costMicros)).toEqual([LIST, 0])
  expect(settled[1]!.amountMicros).toBe(376)
})

test('a conversation of the platform’s own pages and its title cost what they cost', async () => {
  const { registry, ledger, settled, clock, timers } = await createWorld()
  for (const purpose of ['answer', 'title']) {
    const { events } = await complete({
      input: {
        requestId: `req_${purpose}`,
        model: 'compatible/words',
        request: { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] },
        service: 'chat',
      },
      ctx: {
        organizationId,
        policies: createPolicyCache(),
        platformRoutes: new Map(),
        random: () => 0,
        circuits: createCircuits(clock),
        known: () => Promise.resolve(),
        models: registry,
        ledger,
        payer: { kind: 'user', userId: 'usr_1', role: 'member' },
        signal: new AbortController().signal,
        waitUntil: () => undefined,
        clock,
        timers,
      },
    })
    for await (const _ of events);
  }
  expect(settled.map(({ costMicros }) => costMicros)).toEqual([LIST, LIST])
})

test('an answer whose writer died cost its prompt and the words that had arrived', async () => {
  const ledger = createInMemoryLedger({ balanceMicros: 1_000_000 })
  await ledger.admit(sampleAdmission({ ceilingMicros: 10_000, floorMicros: 10 }))
  const settled: SettleInput[] = []
  const { settle } = ledger
  ledger.settle = (input) => (settled.push(input), settle(input))
  await settleInterrupted({
    requestId: 'req_1',
    promptTokens: 100,
    message: { content: 'four words of text', reasoning: null },
    price: { prices: { input_tokens: 1_500_000, output_tokens: 3_000_000 } },
    listPrice: { prices: { input_tokens: 1_000_000, output_tokens: 2_000_000 } },
    ledger,
    logger: silentLogger,
  })
  expect(settled).toMatchObject([{ amountMicros: 165, costMicros: 110 }])
})
