// Paid calls of an organization that brings a vendor's key of its own, from the request to the entry in its book.
import { expect, test } from 'vitest'
import type { Principal } from '#shared/contracts/principal'
import { defaultPolicy, type OrganizationPolicy } from '#shared/contracts/policy'
import type { OpenedProviderKey } from '#shared/contracts/vault'
import { createLanguageModels } from '#shared/providers/language-models'
import { createChatWorld, member, type WorldSeed } from '../testing.ts'
import { createOwnModels, type OwnModelsEnv } from './own-models.ts'

const ownKey = 'sk-own-0123456789abcdef'
const platformKey = 'sk-platform-0123456789'
const openai: OpenedProviderKey = { vendor: 'openai', keyId: 'pky_1', apiKey: ownKey }
const model = 'openai/gpt-6-luna'
const hello = { model, messages: [{ role: 'user', content: 'Hello' }] }

const whole = () =>
  Response.json({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'gpt-6-luna',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1_000, completion_tokens: 500, total_tokens: 1_500 },
  })
const refused = () =>
  Response.json(
    { error: { message: `no ${ownKey}`, type: 'invalid_request_error', code: 'invalid_api_key' } },
    {
      status: 401,
    },
  )

interface Seed extends Partial<WorldSeed> {
  opened?: OpenedProviderKey[]
  /** The platform’s own key for the vendor. */
  platform?: string
  policy?: Partial<OrganizationPolicy>
  respond?: (authorization: string) => Response
}

async function createWorld({ opened = [openai], platform, policy, respond = whole, ...seed }: Seed = {}) {
  const used: string[] = []
  const fetch = (async (_url: string, init: RequestInit) => {
    const authorization = new Headers(init.headers).get('authorization') ?? ''
    used.push(authorization.replace('Bearer ', ''))
    return respond(authorization)
  }) as typeof globalThis.fetch
  const settings = { SANDBOX: 'off', ...(platform && { OPENAI_API_KEY: platform }) }
  const registry = createLanguageModels({ settings, fetch })
  const vault = { providerKeysOf: async () => opened, markUsed: async () => undefined }
  const world = createChatWorld({
    models: {},
    settings: { ...settings, VAULT_RPC: vault },
    outside: {
      modelsOf: () => registry,
      ownModels: createOwnModels({ fetch, platform: () => registry }) as (env: OwnModelsEnv) => never,
    },
    ...seed,
  })
  const announce = (keys: OpenedProviderKey[]) =>
    world.ledger.setPolicy({
      policy: { ...defaultPolicy, ...policy },
      providerKeys: keys.map(({ vendor, keyId }) => ({ vendor, keyId })),
    })
  await announce(opened)
  return { ...world, used, announce }
}

const call = (world: Awaited<ReturnType<typeof createWorld>>, body: object = hello) =>
  world.ask('/v1/chat/completions', body)

test('a call with one’s own key is in the book with its usage, at no price', async () => {
  const world = await createWorld({ platform: platformKey })
  const response = await call(world)
  expect(response.status).toBe(200)
  expect(response.headers.get('x-riwaq-cost-micros')).toBe('0')
  await response.text()
  await world.settled()
  expect(world.used).toEqual([ownKey])
  expect(await world.charges()).toMatchObject([
    {
      amountMicros: 0,
      model,
      provider: 'openai',
      usage: { input_tokens: 1_000, output_tokens: 500 },
      estimated: false,
    },
  ])
  expect((await world.ledger.balance()).balanceMicros).toBe(1_000_000)
})

test('an organization without credit can call with its own key, and with nobody else’s', async () => {
  const world = await createWorld({ platform: platformKey, balanceMicros: 0 })
  expect((await call(world)).status).toBe(200)
  await world.announce([])
  const without = await call(world)
  expect(without.status).toBe(402)
  expect(world.used).toEqual([ownKey])
})

test('a vendor that the platform has no key for answers, from the first call on', async () => {
  const world = await createWorld()
  expect((await call(world)).status).toBe(200)
  expect((await call(world, { ...hello, model: 'gpt-6-luna' })).status).toBe(200)
  expect(world.used).toEqual([ownKey, ownKey])
})

test('a deleted key is not used by the next call, although this isolate remembers it', async () => {
  const world = await createWorld()
  expect((await call(world)).status).toBe(200)
  await world.announce([])
  const after = await call(world)
  expect(after.status).toBe(404)
  expect(await after.json()).toMatchObject({ error: { code: 'model_not_found' } })
  expect(world.used).toHaveLength(1)
})

test('a key that its vendor refuses fails the call, and the platform’s is not tried instead', async () => {
  const world = await createWorld({ platform: platformKey, respond: refused })
  const response = await call(world)
  expect(response.status).toBe(502)
  const text = await response.text()
  expect(JSON.parse(text)).toMatchObject({
    error: {
      code: 'provider_misconfigured',
      message: expect.stringContaining('Your organization’s own key for openai'),
    },
  })
  expect(text).not.toContain('sk-own')
  await world.settled()
  expect(world.used).toEqual([ownKey])
  expect(await world.charges()).toEqual([])
})

test('where the organization has said so the platform’s key takes over, at the platform’s price', async () => {
  const world = await createWorld({
    platform: platformKey,
    policy: { provider_key_fallback: true },
    respond: (authorization) => (authorization.includes(ownKey) ? refused() : whole()),
  })
  const response = await call(world)
  expect(response.status).toBe(200)
  expect(response.headers.get('x-riwaq-attempts')).toBe('2')
  await response.text()
  await world.settled()
  expect(world.used).toEqual([ownKey, platformKey])
  const [charge] = await world.charges()
  expect(charge!.amountMicros).toBeLessThan(0)
  expect((await world.ledger.balance()).heldMicros).toBe(0)
})

test('it does not take over for who asks for no fallbacks, or cannot pay', async () => {
  const seed = { platform: platformKey, policy: { provider_key_fallback: true }, respond: refused }
  const asking = await createWorld(seed)
  expect((await call(asking, { ...hello, provider: { allow_fallbacks: false } })).status).toBe(502)
  const poor = await createWorld({ ...seed, balanceMicros: 0 })
  expect((await call(poor)).status).toBeGreaterThanOrEqual(400)
  expect([...asking.used, ...poor.used]).toEqual([ownKey, ownKey])
})

test('a bad key of one organization rests for it alone', async () => {
  const down = () => new Response('down', { status: 500 })
  const world = await createWorld({
    platform: platformKey,
    respond: (authorization) => (authorization.includes(ownKey) ? down() : whole()),
  })
  for (let at = 0; at < 12; at++) await call(world)
  await world.announce([])
  expect((await call(world)).status).toBe(200)
})

test('while the vault cannot be asked nothing is called', async () => {
  const world = await createWorld({ platform: platformKey, settings: { VAULT_RPC: undefined } as never })
  expect((await call(world)).status).toBe(503)
  expect(world.used).toEqual([])
})

test('vectors and verdicts are made with it too', async () => {
  const world = await createWorld({
    respond: () => Response.json({ data: [{ index: 0, embedding: [1] }], usage: { prompt_tokens: 2 } }),
  })
  const response = await world.ask('/v1/embeddings', { model: 'openai/text-embedding-3-small', input: 'Hello' })
  expect(response.status).toBe(200)
  await world.settled()
  expect(world.used).toEqual([ownKey])
  expect(await world.charges()).toMatchObject([{ amountMicros: 0, model: 'openai/text-embedding-3-small' }])
})

test('who is signed in sees what the organization’s keys open, at no price, and a stranger does not', async () => {
  const world = await createWorld()
  const list = async (principal: Principal) => {
    const response = await world.ask('/v1/models', undefined, { method: 'GET', principal })
    return ((await response.json()) as { data: { id: string; price: { prices: object } }[] }).data
  }
  const mine = (await list(member)).find(({ id }) => id === model)
  expect(mine?.price.prices).toMatchObject({ input_tokens: 0, output_tokens: 0 })
  expect(await list({ kind: 'anonymous' })).toEqual([])
  await world.announce([])
  expect(await list(member)).toEqual([])
})

test('a list of models is there also while the vault is not', async () => {
  const world = await createWorld({ platform: platformKey, settings: { VAULT_RPC: undefined } as never })
  const response = await world.ask('/v1/models', undefined, { method: 'GET' })
  expect(JSON.stringify(await response.json())).toContain(model)
})
