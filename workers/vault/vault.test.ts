import { describe, expect, test } from 'vitest'
import type { Principal } from '#shared/contracts/principal'
import { ProviderKey, ProviderKeyPage } from '#shared/contracts/vault'
import { openProviderKeys } from './open-provider-keys.ts'
import { createSeal } from './seal.ts'
import { createVaultWorld, person, VAULT_SECRET } from './testing.ts'

const apiKey = 'sk-own-0123456789abcdef'
const owner = person('org_a')
const stranger = person('org_b')
const openai = { vendor: 'openai', api_key: apiKey }
const server = { vendor: 'compatible', api_key: 'x', base_url: 'https://llm.example/v1', models: [{ id: 'qwen3' }] }

const add = (world: ReturnType<typeof createVaultWorld>, body: object = openai, principal = owner) =>
  world.done<ProviderKey>('POST', '', principal, body)

describe('adding a key', () => {
  test('it is listed by its last characters, and never shown again', async () => {
    const world = createVaultWorld()
    const added = ProviderKey.parse(await add(world))
    expect(added).toMatchObject({ vendor: 'openai', hint: 'cdef', base_url: null, models: null, last_used_at: null })
    expect(added).toMatchObject({ id: expect.stringMatching(/^pky_/), created_by: 'usr_org_a' })
    const page = await world.done('GET', '', owner)
    expect(ProviderKeyPage.parse(page)).toEqual({ data: [added], next_cursor: null })
    expect(JSON.stringify(page)).not.toContain(apiKey.slice(0, 10))
  })

  test('the database holds nothing of it that can be read', async () => {
    const world = createVaultWorld()
    await add(world)
    const { results } = await world.database.prepare('select * from provider_keys').all()
    expect(JSON.stringify(results)).not.toContain('sk-own')
    expect(await openProviderKeys({ organizationId: 'org_a', ctx: world.ctx })).toMatchObject([{ apiKey }])
  })

  test('the organization’s next paid call is told of it', async () => {
    const world = createVaultWorld()
    const { id } = await add(world)
    expect(await world.ledgerOf('org_a').policy()).toMatchObject({
      version: 1,
      providerKeys: [{ vendor: 'openai', keyId: id }],
    })
    expect(await world.ledgerOf('org_b').policy()).toMatchObject({ version: 0, providerKeys: [] })
  })

  test('a second key for the same vendor takes the first one’s place', async () => {
    const world = createVaultWorld()
    const first = await add(world)
    const second = await add(world, { ...openai, api_key: 'sk-new-0123456789' })
    const { data } = await world.done<{ data: ProviderKey[] }>('GET', '', owner)
    expect(data.map(({ id }) => id)).toEqual([second.id])
    expect(await world.ledgerOf('org_a').policy()).toMatchObject({
      version: 2,
      providerKeys: [{ vendor: 'openai', keyId: second.id }],
    })
    expect(world.audits.map(({ action, targetId }) => [action, targetId])).toEqual([
      ['provider-key.created', first.id],
      ['provider-key.replaced', second.id],
    ])
    expect(await openProviderKeys({ organizationId: 'org_a', ctx: world.ctx })).toMatchObject([
      { keyId: second.id, apiKey: 'sk-new-0123456789' },
    ])
  })

  test('who did it is on record and told to those who listen, and the key is in neither', async () => {
    const world = createVaultWorld()
    const { id } = await add(world)
    expect(world.audits).toEqual([
      {
        organizationId: 'org_a',
        actor: { userId: 'usr_org_a', keyId: null },
        action: 'provider-key.created',
        targetId: id,
        facts: { vendor: 'openai' },
      },
    ])
    expect(world.notices).toMatchObject([
      {
        organizationId: 'org_a',
        type: 'provider_key.changed',
        data: { provider_key_id: id, vendor: 'openai', change: 'created', user_id: 'usr_org_a' },
      },
    ])
    expect(JSON.stringify([world.audits, world.notices, world.logged])).not.toContain('sk-own')
  })

  test('of a short key not even the end is shown', async () => {
    const world = createVaultWorld()
    expect(await add(world, { ...openai, api_key: 'short-key' })).toMatchObject({ hint: '' })
  })

  test('a server of one’s own says where it is and what it offers', async () => {
    const world = createVaultWorld()
    const added = await add(world, { ...server, base_url: 'https://LLM.example/v1//' })
    expect(added).toMatchObject({
      base_url: 'https://llm.example/v1',
      models: [{ id: 'qwen3', kind: 'language', context_tokens: 32_768, max_output_tokens: 8_192 }],
    })
    expect(await openProviderKeys({ organizationId: 'org_a', ctx: world.ctx })).toEqual([
      {
        vendor: 'compatible',
        keyId: added.id,
        apiKey: 'x',
        baseURL: 'https://llm.example/v1',
        models: added.models,
      },
    ])
  })

  test.each<[string, object, string]>([
    ['no key', { vendor: 'openai' }, 'api_key'],
    ['an empty key', { ...openai, api_key: '  ' }, 'api_key'],
    ['a key with a line break, which would end its header', { ...openai, api_key: 'sk\r\nx-evil: 1' }, 'api_key'],
    ['a key in letters that no header carries', { ...openai, api_key: 'مفتاح' }, 'api_key'],
    ['a key that is a book', { ...openai, api_key: 'x'.repeat(1_001) }, 'api_key'],
    ['a vendor that there is not', { ...openai, vendor: 'nobody' }, 'vendor'],
    ['a vendor that sells no keys', { ...openai, vendor: 'workers-ai' }, 'vendor'],
    ['the platform’s own sandbox', { ...openai, vendor: 'riwaq' }, 'vendor'],
    ['something that is not asked for', { ...openai, organization_id: 'org_b' }, 'organization_id'],
    ['a server of one’s own that is nowhere', { ...server, base_url: null }, 'base_url'],
    ['a server of one’s own that offers nothing', { ...server, models: null }, 'models'],
    ['a model without a name', { ...server, models: [{ id: ' ' }] }, 'models[0].id'],
    ['the same model twice', { ...server, models: [{ id: 'a' }, { id: 'a' }] }, 'models'],
    ['models of a vendor whose models are known', { ...openai, models: [{ id: 'gpt' }] }, 'models'],
    ['an address that is none', { ...openai, base_url: 'somewhere' }, 'base_url'],
    ['an address without https', { ...openai, base_url: 'http://llm.example/v1' }, 'base_url'],
    ['an address inside a network', { ...openai, base_url: 'https://10.0.0.7/v1' }, 'base_url'],
    ['the cloud’s own metadata', { ...openai, base_url: 'https://169.254.169.254/latest' }, 'base_url'],
    ['this very machine', { ...openai, base_url: 'https://localhost/v1' }, 'base_url'],
    ['an address with a password', { ...openai, base_url: 'https://a:b@llm.example/v1' }, 'base_url'],
    ['an address with a query', { ...openai, base_url: 'https://llm.example/v1?x=1' }, 'base_url'],
  ])('%s is refused, and the parameter is named', async (_name, body, param) => {
    const world = createVaultWorld()
    const response = await world.ask('POST', '', owner, body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'invalid_request', param })
    expect(world.audits).toEqual([])
    expect(await world.ledgerOf('org_a').policy()).toMatchObject({ version: 0 })
  })

  test.each(['', 'not json', '[]', 'null'])('the body “%s” is refused', async (body) => {
    expect((await createVaultWorld().ask('POST', '', owner, body)).status).toBe(400)
  })

  test('on a platform on one’s own machine its own servers may be named', async () => {
    const world = createVaultWorld({ local: true })
    expect(await add(world, { ...server, base_url: 'http://localhost:11434/v1' })).toMatchObject({
      base_url: 'http://localhost:11434/v1',
    })
  })
})

describe('who may', () => {
  const apiKeyPrincipal: Principal = {
    kind: 'api-key',
    organizationId: 'org_a',
    keyId: 'key_a',
    userId: 'usr_org_a',
    scopes: ['models', 'chat', 'conversations', 'usage', 'keys', 'organization'],
  }
  const requests: [string, string, object?][] = [
    ['GET', ''],
    ['POST', '', openai],
    ['DELETE', '/pky_00000001'],
    ['POST', '/pky_00000001/test'],
  ]

  test.each(requests)('a stranger may not (%s %s)', async (method, path, body) => {
    expect((await createVaultWorld().ask(method, path, { kind: 'anonymous' }, body)).status).toBe(401)
  })

  test.each(['member', 'billing', 'viewer'] as const)('a %s may not', async (role) => {
    for (const [method, path, body] of requests) {
      const response = await createVaultWorld().ask(method, path, person('org_a', role), body)
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ code: 'permission_denied' })
    }
  })

  test('no API key may, whatever its scopes are', async () => {
    for (const [method, path, body] of requests)
      expect((await createVaultWorld().ask(method, path, apiKeyPrincipal, body)).status).toBe(403)
  })

  test('an admin may', async () => {
    expect((await createVaultWorld().ask('GET', '', person('org_a', 'admin'))).status).toBe(200)
  })

  test('another organization’s key is not there: not to be seen, tried or deleted', async () => {
    const world = createVaultWorld()
    const { id } = await add(world)
    expect(await world.done('GET', '', stranger)).toEqual({ data: [], next_cursor: null })
    for (const [method, path] of [
      ['DELETE', `/${id}`],
      ['POST', `/${id}/test`],
    ] as const) {
      const response = await world.ask(method, path, stranger)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ code: 'not_found' })
    }
    expect(await world.done('GET', '', owner)).toMatchObject({ data: [{ id }] })
  })

  test('each organization is given its own keys alone', async () => {
    const world = createVaultWorld()
    await add(world)
    await add(world, { ...openai, api_key: 'sk-theirs-0123456789' }, stranger)
    expect(await openProviderKeys({ organizationId: 'org_a', ctx: world.ctx })).toMatchObject([{ apiKey }])
    expect(await openProviderKeys({ organizationId: 'org_b', ctx: world.ctx })).toMatchObject([
      { apiKey: 'sk-theirs-0123456789' },
    ])
  })
})

describe('deleting a key', () => {
  test('it is gone from the list, from the database and from what paid calls are told', async () => {
    const world = createVaultWorld()
    const { id } = await add(world)
    const kept = await add(world, { ...openai, vendor: 'anthropic' })
    expect(await world.done('DELETE', `/${id}`, owner)).toMatchObject({ id })
    expect(await world.done('GET', '', owner)).toMatchObject({ data: [{ id: kept.id }] })
    expect((await world.ledgerOf('org_a').policy()).providerKeys).toEqual([{ vendor: 'anthropic', keyId: kept.id }])
    expect(await openProviderKeys({ organizationId: 'org_a', ctx: world.ctx })).toMatchObject([{ keyId: kept.id }])
    expect(world.audits.at(-1)).toMatchObject({ action: 'provider-key.deleted', targetId: id })
    expect(world.notices.at(-1)).toMatchObject({ data: { change: 'deleted', provider_key_id: id } })
    expect((await world.ask('DELETE', `/${id}`, owner)).status).toBe(404)
  })

  test('an organization that ends takes its keys along', async () => {
    const world = createVaultWorld()
    await add(world)
    await world.database.prepare("delete from organizations where id = 'org_a'").run()
    expect(await world.ctx.keys.listOf('org_a')).toEqual([])
  })
})

describe('when something fails on the way', () => {
  test('what cannot be recorded is not done', async () => {
    const world = createVaultWorld()
    const { id } = await add(world)
    world.ctx.recordAudit = () => Promise.reject(new Error('no auth service'))
    for (const [method, path, body] of [
      ['POST', '', { ...openai, vendor: 'groq' }],
      ['DELETE', `/${id}`, undefined],
    ] as const) {
      const response = await world.ask(method, path, owner, body)
      expect(response.status).toBe(503)
    }
    expect(await world.done('GET', '', owner)).toMatchObject({ data: [{ id }] })
    expect((await world.ledgerOf('org_a').policy()).providerKeys).toEqual([{ vendor: 'openai', keyId: id }])
  })

  test('a key is not erased before the ledger knows: it would go on being used where it is remembered', async () => {
    const world = createVaultWorld()
    const { id } = await add(world)
    world.ledgerOf('org_a').failWith(new Error('no ledger'))
    expect((await world.ask('DELETE', `/${id}`, owner)).status).toBe(503)
    world.ledgerOf('org_a').failWith(null)
    expect(await world.done('GET', '', owner)).toMatchObject({ data: [{ id }] })
    await world.done('DELETE', `/${id}`, owner)
    expect((await world.ledgerOf('org_a').policy()).providerKeys).toEqual([])
  })

  test('who is told that the ledger was away can save again, and the ledger then knows', async () => {
    const world = createVaultWorld()
    world.ledgerOf('org_a').failWith(new Error('no ledger'))
    expect((await world.ask('POST', '', owner, openai)).status).toBe(503)
    world.ledgerOf('org_a').failWith(null)
    const { id } = await add(world)
    expect((await world.ledgerOf('org_a').policy()).providerKeys).toEqual([{ vendor: 'openai', keyId: id }])
  })

  test('two who add keys at the same time do not lose each other’s', async () => {
    const world = createVaultWorld()
    const vendors = ['openai', 'anthropic', 'google', 'groq']
    const added = await Promise.all(vendors.map((vendor) => add(world, { ...openai, vendor })))
    const { providerKeys } = await world.ledgerOf('org_a').policy()
    expect(new Set(providerKeys.map(({ keyId }) => keyId))).toEqual(new Set(added.map(({ id }) => id)))
  })

  test('one who changes the rest of the policy meanwhile keeps the keys, and the keys keep the rest', async () => {
    const world = createVaultWorld()
    const ledger = world.ledgerOf('org_a')
    const { policy } = await ledger.policy()
    await ledger.setPolicy({ policy: { ...policy, zero_retention: true } })
    const { id } = await add(world)
    expect(await ledger.policy()).toMatchObject({
      policy: { zero_retention: true },
      providerKeys: [{ vendor: 'openai', keyId: id }],
    })
  })

  test('a notice that cannot be sent does not undo the change', async () => {
    const world = createVaultWorld()
    world.ctx.notices = { send: () => Promise.reject(new Error('no queue')) }
    const { id } = await add(world)
    expect(await world.done('GET', '', owner)).toMatchObject({ data: [{ id }] })
    expect(world.logged.join()).toContain('notice-not-sent')
  })
})

describe('the vault’s own key', () => {
  const later = createSeal({ secret: 'the vault’s next key, also 32 bytes or more', former: VAULT_SECRET })

  test('after it was changed each key is sealed anew as it is opened', async () => {
    const world = createVaultWorld()
    const { id } = await add(world)
    const before = (await world.ctx.keys.findOf({ organizationId: 'org_a', id }))!.sealed
    const rotated = { ...world.ctx, seal: later }
    expect(await openProviderKeys({ organizationId: 'org_a', ctx: rotated })).toMatchObject([{ apiKey }])
    const after = (await world.ctx.keys.findOf({ organizationId: 'org_a', id }))!.sealed
    expect(after).not.toBe(before)
    const withoutFormer = createSeal({ secret: 'the vault’s next key, also 32 bytes or more' })
    expect(
      await openProviderKeys({ organizationId: 'org_a', ctx: { ...world.ctx, seal: withoutFormer } }),
    ).toMatchObject([{ apiKey }])
  })

  test('a key that does not open is left out and said in the log, and the others are given', async () => {
    const world = createVaultWorld()
    const lost = await add(world)
    const kept = await add(world, { ...openai, vendor: 'groq' })
    await world.database.prepare("update provider_keys set sealed = 'v1.a.b.c' where id = ?").bind(lost.id).run()
    expect(await openProviderKeys({ organizationId: 'org_a', ctx: world.ctx })).toMatchObject([{ keyId: kept.id }])
    expect(world.logged.join()).toContain(lost.id)
  })

  test('whoever writes to the database cannot have a key sent elsewhere, nor take it over', async () => {
    const world = createVaultWorld()
    await add(world)
    await world.database.prepare("update provider_keys set base_url = 'https://thief.example/v1'").run()
    expect(await openProviderKeys({ organizationId: 'org_a', ctx: world.ctx })).toEqual([])
    await world.database.prepare("update provider_keys set base_url = null, organization_id = 'org_b'").run()
    expect(await openProviderKeys({ organizationId: 'org_b', ctx: world.ctx })).toEqual([])
  })
})
