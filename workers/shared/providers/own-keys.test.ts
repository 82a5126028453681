import { describe, expect, test } from 'vitest'
import type { OpenedProviderKey } from '../contracts/vault.ts'
import { isProblem } from '../http/problems.ts'
import { freePrice, priceOf, units } from '../lib/money.ts'
import { createEmbeddingModels } from './embedding-models.ts'
import { languageModelsOf, modelsFor, type LanguageModelSettings, type ResolvedModel } from './language-models.ts'
import { createModerationModels } from './moderation-models.ts'
import { createOwnKeys, type OwnKeysInput } from './own-keys.ts'

const apiKey = 'sk-own-0123456789abcdef'
const platformKey = 'sk-platform-0123456789'
const openai: OpenedProviderKey = { vendor: 'openai', keyId: 'pky_1', apiKey }
const server: OpenedProviderKey = {
  vendor: 'compatible',
  keyId: 'pky_2',
  apiKey: 'own-server',
  baseURL: 'https://llm.example/v1',
  models: [{ id: 'qwen3', kind: 'language', context_tokens: 4_096, max_output_tokens: 1_024 }],
}

interface Asked {
  url: string
  authorization: string | null
}

const answer = () =>
  new Response(
    'data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\ndata: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}\n\ndata: [DONE]\n\n',
    { headers: { 'content-type': 'text/event-stream' } },
  )

function world(
  settings: LanguageModelSettings,
  keys: Partial<OwnKeysInput> & { providerKeys: OpenedProviderKey[] },
  respond: () => Response = answer,
) {
  const asked: Asked[] = []
  const send = (async (url: string | URL, init?: RequestInit) => {
    const headers = new Headers(init?.headers)
    asked.push({ url: String(url), authorization: headers.get('authorization') ?? headers.get('x-api-key') })
    return respond()
  }) as typeof fetch
  const own = createOwnKeys({ ...keys, fetch: send })
  return { asked, own, send, models: modelsFor({ settings, own, fetch: send }) }
}

const request = { messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello' }] }] }
const { signal } = new AbortController()

async function call({ language }: ResolvedModel): Promise<string> {
  const { events } = await language.stream(request, { signal })
  let text = ''
  for await (const event of events) if (event.type === 'text-delta') text += event.text
  return text
}

const failure = async (running: Promise<unknown>) => {
  const error: unknown = await running.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!isProblem(error)) throw new Error(`no Problem: ${String(error)}`)
  return error
}

describe('with a key of one’s own', () => {
  test('the vendor is called with it, and not with the platform’s', async () => {
    const { asked, models } = world({ OPENAI_API_KEY: platformKey }, { providerKeys: [openai] })
    const found = models.resolve('openai/gpt-6-luna')
    expect(found).toMatchObject({ ownKey: true, ownKeyId: 'pky_1' })
    expect(await call(found)).toBe('Hi')
    await found.language.native!.send({ model: 'gpt-6-luna', messages: [] }, { signal })
    expect(asked).toEqual([
      { url: 'https://api.openai.com/v1/chat/completions', authorization: `Bearer ${apiKey}` },
      { url: 'https://api.openai.com/v1/chat/completions', authorization: `Bearer ${apiKey}` },
    ])
  })

  test('it costs nothing here, whatever is counted', () => {
    const { models } = world({}, { providerKeys: [openai] })
    const { price } = models.resolve('openai/gpt-6-luna').model
    expect(price).toBe(freePrice)
    const usage = Object.fromEntries(units.map((unit) => [unit, 1_000_000]))
    expect(priceOf(price!, usage)).toBe(0)
  })

  test('a vendor that the platform has no key for can be called', async () => {
    const { asked, models } = world({}, { providerKeys: [{ vendor: 'groq', keyId: 'pky_3', apiKey }] })
    await call(models.resolve('groq/llama-3.3-70b-versatile'))
    expect(asked[0]!.url).toBe('https://api.groq.com/openai/v1/chat/completions')
    expect(models.list().map(({ vendor }) => vendor)).toContain('groq')
    expect(
      languageModelsOf({})
        .list()
        .map(({ vendor }) => vendor),
    ).not.toContain('groq')
  })

  test('every other vendor stays the platform’s, with its key and its price', async () => {
    const settings = { OPENAI_API_KEY: platformKey, GROQ_API_KEY: 'gsk-platform' }
    const { models } = world(settings, { providerKeys: [openai] })
    const other = models.resolve('groq/llama-3.3-70b-versatile')
    expect(other.ownKey).toBeUndefined()
    expect(other.model.price).toEqual(languageModelsOf(settings).resolve(other.model.id).model.price)
    expect(models.resolve('riwaq/sandbox-guide').ownKey).toBeUndefined()
  })

  test('the platform’s own address for a vendor is not the organization’s', async () => {
    const settings = { OPENAI_API_KEY: platformKey, OPENAI_BASE_URL: 'https://proxy.operator.example/v1' }
    const { asked, models } = world(settings, { providerKeys: [openai] })
    await call(models.resolve('openai/gpt-6-luna'))
    expect(asked[0]!.url).toBe('https://api.openai.com/v1/chat/completions')
  })

  test.each([
    ['openai', 'openai/gpt-6-luna', 'https://own.example/v1/chat/completions'],
    ['mistral', 'mistral/mistral-large-4', 'https://own.example/v1/chat/completions'],
    ['anthropic', 'anthropic/claude-sonnet-5-5', 'https://own.example/v1/v1/messages'],
  ] as const)('%s is called at the address that came with the key', async (vendor, id, url) => {
    const { asked, models } = world(
      {},
      { providerKeys: [{ vendor, keyId: 'k', apiKey, baseURL: 'https://own.example/v1' }] },
    )
    await call(models.resolve(id)).catch(() => undefined)
    expect(asked.map((each) => each.url)).toEqual([url])
  })

  test('a server of one’s own offers its own models, in place of the operator’s', async () => {
    const settings = {
      COMPATIBLE_BASE_URL: 'http://localhost:11434/v1',
      COMPATIBLE_API_KEY: 'operator',
      COMPATIBLE_MODELS: JSON.stringify([
        { id: 'llama', input: 1, output: 1, cached_input: 1, context: 8_192, max_output: 1_024 },
      ]),
    }
    const { asked, models } = world(settings, { providerKeys: [server] })
    const found = models.resolve('compatible/qwen3')
    expect(found.model).toMatchObject({ contextTokens: 4_096, maxOutputTokens: 1_024, price: freePrice })
    await call(found)
    expect(asked).toEqual([{ url: 'https://llm.example/v1/chat/completions', authorization: 'Bearer own-server' }])
    expect(() => models.resolve('compatible/llama')).toThrow(expect.objectContaining({ code: 'model_not_found' }))
  })

  test('each use of a key is noticed by its id', async () => {
    const used: string[] = []
    const { models } = world({}, { providerKeys: [openai, server], onUse: (id) => used.push(id) })
    await call(models.resolve('openai/gpt-6-luna'))
    await call(models.resolve('compatible/qwen3'))
    expect(used).toEqual(['pky_1', 'pky_2'])
  })
})

describe('where the vendor is reached', () => {
  test.each(['http://10.0.0.1/v1', 'https://169.254.169.254/v1', 'https://localhost/v1'])(
    '%s is not, whatever the vault says',
    async (baseURL) => {
      const { asked, models } = world({}, { providerKeys: [{ ...server, baseURL }] })
      expect(await failure(call(models.resolve('compatible/qwen3')))).toMatchObject({ code: 'provider_error' })
      expect(asked).toEqual([])
    },
  )

  test('a server on this machine is, where the platform runs on it too', async () => {
    const keys = { providerKeys: [{ ...server, baseURL: 'http://127.0.0.1:11434/v1' }], local: true }
    expect(await call(world({}, keys).models.resolve('compatible/qwen3'))).toBe('Hi')
  })

  test('a server that redirects is not followed', async () => {
    const { asked, models } = world(
      {},
      { providerKeys: [server] },
      () => new Response(null, { status: 307, headers: { location: 'https://thief.example/' } }),
    )
    expect(await failure(call(models.resolve('compatible/qwen3')))).toMatchObject({ code: 'provider_error' })
    expect(asked).toHaveLength(1)
  })
})

describe('a key that the vendor does not take', () => {
  const bad = (status: number, code: string) => () =>
    Response.json({ error: { message: `Incorrect API key provided: ${apiKey}`, type: code, code } }, { status })

  test.each([
    [401, 'invalid_api_key'],
    [403, 'permission_error'],
    [429, 'insufficient_quota'],
  ])('is the organization’s to see to (%i %s), and is named nowhere', async (status, code) => {
    const { asked, models } = world({ OPENAI_API_KEY: platformKey }, { providerKeys: [openai] }, bad(status, code))
    const found = models.resolve('openai/gpt-6-luna')
    for (const running of [
      call(found),
      found.language.native!.send({ model: 'gpt-6-luna', messages: [] }, { signal }),
    ]) {
      const problem = await failure(running)
      expect(problem).toMatchObject({
        code: 'provider_misconfigured',
        message: expect.stringMatching(/^Your organization’s own key for openai was refused/),
        details: { facts: { vendor: 'openai', own_key: true } },
      })
      expect(JSON.stringify([problem.message, problem.details])).not.toContain('sk-own')
    }
    // Nobody else's key was tried in its place.
    expect(asked.map(({ authorization }) => authorization)).toEqual([`Bearer ${apiKey}`, `Bearer ${apiKey}`])
  })

  test('breaks off a stream in the same words', async () => {
    const stream = `data: {"error":{"message":"key ${apiKey} was revoked","code":"invalid_api_key"}}\n\n`
    const { models } = world({}, { providerKeys: [openai] }, () => {
      return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
    })
    const problem = await failure(call(models.resolve('openai/gpt-6-luna')))
    expect(problem.message).toMatch(/^Your organization’s own key/)
    expect(JSON.stringify([problem.message, problem.details])).not.toContain('sk-own')
  })

  test('what else goes wrong is told as ever, without the key', async () => {
    const respond = () => Response.json({ error: { message: `bad words with ${apiKey}`, code: 'x' } }, { status: 400 })
    const { models } = world({}, { providerKeys: [openai] }, respond)
    const problem = await failure(call(models.resolve('openai/gpt-6-luna')))
    expect(problem.code).toBe('invalid_request')
    expect(JSON.stringify([problem.message, problem.details])).not.toContain('sk-own')
  })

  test('the platform’s own bad key stays the operator’s to see to', async () => {
    const settings = { OPENAI_API_KEY: platformKey }
    const { models } = world(settings, { providerKeys: [server] }, bad(401, 'invalid_api_key'))
    const problem = await failure(call(models.resolve('openai/gpt-6-luna')))
    expect(problem.message).toMatch(/^This platform’s access/)
  })
})

describe('a key that the vault could not open', () => {
  const announced = [{ vendor: 'openai' as const, keyId: 'pky_9' }]

  test('is said to be lost, and the platform’s does not take its place', async () => {
    const { asked, models } = world({ OPENAI_API_KEY: platformKey }, { providerKeys: [], announced })
    const found = models.resolve('openai/gpt-6-luna')
    expect(found).toMatchObject({ ownKey: true, model: { price: freePrice } })
    for (const running of [call(found), found.language.native!.send({}, { signal })])
      expect(await failure(running)).toMatchObject({
        code: 'provider_misconfigured',
        message: expect.stringContaining('has to add it again'),
      })
    expect(asked).toEqual([])
  })

  test('of a server of one’s own takes its models along', () => {
    const { models } = world({}, { providerKeys: [], announced: [{ vendor: 'compatible', keyId: 'pky_9' }] })
    expect(() => models.resolve('compatible/qwen3')).toThrow(expect.objectContaining({ code: 'model_not_found' }))
  })
})

describe('the platform’s key, where an organization has decided that it may take over', () => {
  test('is there for models that both can call', () => {
    const settings = { OPENAI_API_KEY: platformKey }
    const { models } = world(settings, { providerKeys: [openai, server] })
    const platform = models.resolve('openai/gpt-6-luna').platform!()
    expect(platform).toMatchObject({ model: languageModelsOf(settings).resolve('openai/gpt-6-luna').model })
    expect(platform!.ownKey).toBeUndefined()
    expect(models.resolve('compatible/qwen3').platform!()).toBeNull()
  })
})

describe('models of other kinds', () => {
  const { signal } = new AbortController()
  const embedding: OpenedProviderKey = {
    ...server,
    models: [{ id: 'vectors', kind: 'embedding', context_tokens: 512, max_output_tokens: 1 }],
  }
  const vectors = () => Response.json({ data: [{ index: 0, embedding: [1, 2] }], usage: { prompt_tokens: 3 } })
  const bad = () => Response.json({ error: { message: `no ${apiKey}`, code: 'invalid_api_key' } }, { status: 401 })

  test('vectors are made with the key of one’s own, and cost nothing', async () => {
    const { asked, own, send } = world({ OPENAI_API_KEY: platformKey }, { providerKeys: [openai, embedding] }, vectors)
    const models = createEmbeddingModels({ settings: { OPENAI_API_KEY: platformKey }, own, fetch: send })
    for (const id of ['openai/text-embedding-3-small', 'compatible/vectors']) {
      const found = models.resolve(id)
      expect(found).toMatchObject({ ownKey: true, model: { price: freePrice } })
      await found.embedding.embed({ inputs: ['Hello'], encoding: 'float' }, { signal })
    }
    expect(asked.map(({ authorization }) => authorization)).toEqual([`Bearer ${apiKey}`, 'Bearer own-server'])
    expect(
      createEmbeddingModels({ settings: { OPENAI_API_KEY: platformKey } }).resolve('openai/text-embedding-3-small'),
    ).not.toHaveProperty('ownKey')
  })

  test('a bad key is the organization’s there too', async () => {
    const { own, send } = world({ OPENAI_API_KEY: platformKey }, { providerKeys: [openai] }, bad)
    const made = { settings: { OPENAI_API_KEY: platformKey }, own, fetch: send }
    const embed = createEmbeddingModels(made).resolve('openai/text-embedding-3-small').embedding
    const judge = createModerationModels(made).resolve(null).moderation
    for (const running of [
      embed.embed({ inputs: ['Hello'], encoding: 'float' }, { signal }),
      judge.moderate([{ parts: [{ type: 'text', text: 'Hello' }] }], { signal }),
    ])
      expect((await failure(running)).message).toMatch(/^Your organization’s own key for openai was refused/)
  })
})
