import { expect, test } from 'vitest'
import type { ProviderKey, ProviderKeyTest } from '#shared/contracts/vault'
import { createVaultWorld, person, type VaultWorldOptions } from './testing.ts'

const owner = person('org_a')
const apiKey = 'sk-own-0123456789abcdef'

async function tryKey(respond: VaultWorldOptions['respond'], body: object = { vendor: 'openai' }) {
  const world = createVaultWorld({ respond })
  const { id } = await world.done<ProviderKey>('POST', '', owner, { api_key: apiKey, ...body })
  const outcome = await world.done<ProviderKeyTest>('POST', `/${id}/test`, owner)
  return { world, outcome }
}

const list = (count: number) => () =>
  Response.json({ data: Array.from({ length: count }, (_, at) => ({ id: `m${at}` })) })

test.each([
  ['openai', 'https://api.openai.com/v1/models', 'authorization', `Bearer ${apiKey}`],
  ['anthropic', 'https://api.anthropic.com/v1/models?limit=1000', 'x-api-key', apiKey],
  ['google', 'https://generativelanguage.googleapis.com/v1beta/openai/models', 'authorization', `Bearer ${apiKey}`],
  ['groq', 'https://api.groq.com/openai/v1/models', 'authorization', `Bearer ${apiKey}`],
])('a key of %s is tried by asking for the models', async (vendor, url, header, value) => {
  const { world, outcome } = await tryKey(list(3), { vendor })
  expect(outcome).toEqual({ ok: true, fault: null, status: 200, models: 3 })
  expect(world.calls.map((call) => [call.url, call.init.method ?? 'GET', call.headers.get(header)])).toEqual([
    [url, 'GET', value],
  ])
})

test('a key with an address of its own is tried there', async () => {
  const { world } = await tryKey(list(1), {
    vendor: 'compatible',
    base_url: 'https://llm.example/v1/',
    models: [{ id: 'qwen3' }],
  })
  expect(world.calls.map(({ url }) => url)).toEqual(['https://llm.example/v1/models'])
})

test.each([400, 401, 403, 404, 429])('a vendor that answers %i has refused it', async (status) => {
  const { outcome } = await tryKey(() => Response.json({ error: { message: `bad key ${apiKey}` } }, { status }))
  expect(outcome).toEqual({ ok: false, fault: 'refused', status, models: null })
})

test('a vendor that is down says nothing of the key', async () => {
  const { outcome } = await tryKey(() => new Response('down', { status: 503 }))
  expect(outcome).toEqual({ ok: false, fault: 'unreachable', status: 503, models: null })
})

test.each(['<html>', '{}', '{"data":1}', 'null', ''])('an answer like “%s” is no list of models', async (text) => {
  const { outcome } = await tryKey(() => new Response(text))
  expect(outcome).toMatchObject({ ok: false, fault: 'misunderstood' })
})

test('a server that cannot be reached is said to be so', async () => {
  const { outcome } = await tryKey(() => Promise.reject(new Error(`connect failed for ${apiKey}`)))
  expect(outcome).toEqual({ ok: false, fault: 'unreachable', status: null, models: null })
})

test('a server that redirects is not followed: the key would go along', async () => {
  const { world, outcome } = await tryKey(
    () => new Response(null, { status: 302, headers: { location: 'https://thief.example/' } }),
  )
  expect(outcome).toMatchObject({ ok: false, fault: 'unreachable' })
  expect(world.calls).toHaveLength(1)
})

test('a server that does not answer is given up', async () => {
  const asked = Promise.withResolvers<void>()
  const world = createVaultWorld({
    respond: ({ init }) =>
      new Promise((_, reject) => {
        init.signal!.addEventListener('abort', () => reject(init.signal!.reason))
        asked.resolve()
      }),
  })
  const { id } = await world.done<ProviderKey>('POST', '', owner, { vendor: 'openai', api_key: apiKey })
  const outcome = world.done<ProviderKeyTest>('POST', `/${id}/test`, owner)
  await asked.promise
  await world.timers.pass(15_000)
  expect(await outcome).toMatchObject({ ok: false, fault: 'unreachable' })
})

test('a key that the vault cannot open is to be replaced, and nobody is asked', async () => {
  const world = createVaultWorld({ respond: list(1) })
  const { id } = await world.done<ProviderKey>('POST', '', owner, { vendor: 'openai', api_key: apiKey })
  await world.database.prepare("update provider_keys set sealed = 'v1.a.b.c'").run()
  expect(await world.done('POST', `/${id}/test`, owner)).toEqual({
    ok: false,
    fault: 'unreadable',
    status: null,
    models: null,
  })
  expect(world.calls).toEqual([])
})

test('what a vendor says of a key is neither shown nor logged', async () => {
  const { world, outcome } = await tryKey(() => Response.json({ error: { message: apiKey } }, { status: 401 }))
  expect(JSON.stringify([outcome, world.logged, world.audits])).not.toContain(apiKey)
})
