import { expect, test } from 'vitest'
import { MAX_WEBHOOKS } from '#shared/contracts/webhooks'
import type { Role, Scope } from '#shared/contracts/permissions'
import type { Principal } from '#shared/contracts/principal'
import { addWebhook, createWorld, deliveriesOf, NOON, notice, owner, stranger } from './testing.ts'

const as = (role: Role): Principal => ({ ...(owner as Extract<Principal, { kind: 'user' }>), role })
const key = (scopes: Scope[]): Principal => ({
  kind: 'api-key',
  organizationId: 'org_1',
  keyId: 'key_1',
  userId: 'usr_1',
  scopes,
})

test('a webhook is made with a secret that is shown once', async () => {
  const world = createWorld()
  const body = {
    url: 'https://hooks.example/a?b=c#part',
    description: ' Books ',
    event_types: ['key.created', 'key.created'],
  }
  const created = await world.ask('POST', '', { body })
  expect(created.status).toBe(201)
  expect(created.headers.get('cache-control')).toBe('no-store')
  const { secret, ...webhook } = created.json
  expect(secret).toMatch(/^whsec_/)
  expect(webhook).toEqual({
    id: expect.stringMatching(/^whe_/),
    url: 'https://hooks.example/a?b=c',
    description: 'Books',
    event_types: ['key.created'],
    enabled: true,
    disabled_reason: null,
    failing_since: null,
    previous_secret_until: null,
    created_at: NOON,
    updated_at: NOON,
  })
  expect((await world.ask('GET', '')).json).toEqual({ data: [webhook], next_cursor: null })
  expect((await world.ask('GET', `/${webhook.id}`)).json).toEqual(webhook)
})

test('a description is one line of whole characters', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world, { description: 'Books\u0000\r\nand more \ud800' })
  expect((await world.ask('GET', `/${id}`)).json.description).toBe('Books and more \uFFFD')
})

test('the secret is nowhere at rest', async () => {
  const world = createWorld()
  const { secret } = await addWebhook(world)
  const rows = await world.ctx.endpoints.list({ organizationId: 'org_1' })
  expect(JSON.stringify(rows)).not.toContain(secret.slice(6))
})

test.each([
  ['url', { url: 'http://hooks.example/' }],
  ['url', { url: 'https://127.0.0.1/' }],
  ['url', { url: 'https://0x7f.1/' }],
  ['url', { url: 'https://[::ffff:10.0.0.1]/' }],
  ['url', { url: 'https://localhost./' }],
  ['url', { url: 'https://user:pass@hooks.example/' }],
  ['url', { url: 'https://hooks.example:6379/' }],
  ['url', { url: 'hooks.example' }],
  ['url', {}],
  ['event_types[0]', { url: 'https://hooks.example/', event_types: ['key.stolen'] }],
  ['event_types[0]', { url: 'https://hooks.example/', event_types: ['webhook.test'] }],
  ['event_types', { url: 'https://hooks.example/', event_types: [] }],
  ['description', { url: 'https://hooks.example/', description: 'a'.repeat(201) }],
  ['secret', { url: 'https://hooks.example/', secret: 'whsec_mine' }],
])('a wrong %s is refused by name: %j', async (param, body) => {
  const world = createWorld()
  expect(await world.ask('POST', '', { body })).toMatchObject({ status: 400, json: { param } })
  expect((await world.ask('GET', '')).json.data).toEqual([])
  expect(world.audits).toEqual([])
})

test('on somebody’s own machine that machine may be told, in the open', async () => {
  const body = { url: 'http://localhost:3000/hook' }
  expect((await createWorld().ask('POST', '', { body })).status).toBe(400)
  const local = createWorld({ settings: { PUBLIC_URL: undefined } })
  expect((await local.ask('POST', '', { body })).status).toBe(201)
  expect((await local.ask('POST', '', { body: { url: 'http://192.168.1.1/' } })).status).toBe(400)
})

test('an organization has so many webhooks and no more, however many are made at once', async () => {
  const world = createWorld()
  const made = await Promise.all(
    Array.from({ length: MAX_WEBHOOKS + 5 }, () => world.ask('POST', '', { body: { url: 'https://hooks.example/' } })),
  )
  expect(made.filter(({ status }) => status === 201)).toHaveLength(MAX_WEBHOOKS)
  expect(made.filter(({ status }) => status === 409)).toHaveLength(5)
  expect((await world.ask('GET', '')).json.data).toHaveLength(MAX_WEBHOOKS)
  expect((await world.ask('POST', '', { body: { url: 'https://hooks.example/' }, as: stranger })).status).toBe(201)
})

test('a webhook is changed in parts, and the audit log says who changed which', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world, { description: 'Books', event_types: ['key.created'] })
  world.clock.advance(1_000)
  const { json } = await world.ask('PATCH', `/${id}`, { body: { enabled: false, event_types: null } })
  expect(json).toMatchObject({ description: 'Books', enabled: false, event_types: null, updated_at: NOON + 1_000 })
  expect(world.audits).toEqual([
    expect.objectContaining({ action: 'webhook.created', targetId: id, actor: { userId: 'usr_1', keyId: null } }),
    expect.objectContaining({ action: 'webhook.updated', targetId: id, facts: { fields: 'event_types enabled' } }),
  ])
  expect((await world.ask('PATCH', `/${id}`, { body: { url: 'https://10.0.0.1/' } })).status).toBe(400)
  expect((await world.ask('PATCH', `/${id}`, { body: {} })).status).toBe(200)
  expect(world.audits).toHaveLength(2)
})

test('switching a webhook on again is a new start', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  world.state.answer = () => new Response(null, { status: 410 })
  world.put('riwaq-notices', notice())
  await world.runDry()
  expect((await world.ask('GET', `/${id}`)).json).toMatchObject({ enabled: false, failing_since: NOON })
  expect((await world.ask('PATCH', `/${id}`, { body: { enabled: true } })).json).toMatchObject({
    enabled: true,
    disabled_reason: null,
    failing_since: null,
  })
})

test('what cannot be recorded is not done', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  world.state.accountsAway = true
  const answers = await Promise.all([
    world.ask('POST', '', { body: { url: 'https://hooks.example/b' } }),
    world.ask('PATCH', `/${id}`, { body: { enabled: false } }),
    world.ask('POST', `/${id}/rotate-secret`),
    world.ask('DELETE', `/${id}`),
  ])
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503])
  expect((await world.ask('GET', '')).json.data).toMatchObject([{ id, enabled: true, previous_secret_until: null }])
})

test('a new secret replaces the old one after a day', async () => {
  const world = createWorld()
  const { id, secret } = await addWebhook(world)
  const { status, json } = await world.ask('POST', `/${id}/rotate-secret`)
  expect(status).toBe(200)
  expect(json.secret).not.toBe(secret)
  expect(json.previous_secret_until).toBe(NOON + 86_400_000)
  world.clock.advance(86_400_000)
  expect((await world.ask('GET', `/${id}`)).json.previous_secret_until).toBeNull()
})

test('a webhook that is deleted is gone with its log', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  world.put('riwaq-notices', notice())
  await world.settle()
  const [delivery] = await deliveriesOf(world, id)
  expect((await world.ask('DELETE', `/${id}`)).status).toBe(204)
  for (const path of [`/${id}`, `/${id}/deliveries`, `/deliveries/${delivery!.id}`])
    expect((await world.ask('GET', path)).status).toBe(404)
})

test('another organization’s webhooks and deliveries are not there', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  world.put('riwaq-notices', notice())
  await world.settle()
  const [delivery] = await deliveriesOf(world, id)
  const calls: [string, string, unknown?][] = [
    ['GET', `/${id}`],
    ['PATCH', `/${id}`, { enabled: false }],
    ['DELETE', `/${id}`],
    ['POST', `/${id}/rotate-secret`],
    ['POST', `/${id}/test`],
    ['GET', `/${id}/deliveries`],
    ['GET', `/deliveries/${delivery!.id}`],
    ['POST', `/deliveries/${delivery!.id}/redeliver`],
  ]
  for (const [method, path, body] of calls)
    expect(await world.ask(method, path, { body, as: stranger })).toMatchObject({
      status: 404,
      json: { code: 'not_found' },
    })
  expect((await world.ask('GET', '', { as: stranger })).json.data).toEqual([])
  expect((await world.ask('GET', `/${id}`)).json.enabled).toBe(true)
  expect(world.audits).toHaveLength(1)
})

test.each([
  ['an owner', as('owner'), 200],
  ['an admin', as('admin'), 200],
  ['a member', as('member'), 403],
  ['who pays the bills', as('billing'), 403],
  ['a viewer', as('viewer'), 403],
  ['a key with the scope', key(['organization']), 200],
  ['a key without it', key(['chat', 'keys']), 403],
  ['a stranger', { kind: 'anonymous' } as const, 401],
  [
    'a key that was only claimed',
    { kind: 'key-claim', organizationId: 'org_1', keyId: 'k', secretHash: 'h' } as const,
    401,
  ],
])('%s', async (_who, principal, status) => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  for (const path of ['', `/${id}`, `/${id}/deliveries`])
    expect((await world.ask('GET', path, { as: principal })).status).toBe(status)
})

test('a key does no more than the member who made it may do now', async () => {
  const world = createWorld()
  for (const [role, status] of [
    ['admin', 200],
    ['member', 403],
    [null, 401],
  ] as const) {
    world.state.roles.usr_1 = role
    expect((await world.ask('GET', '', { as: key(['organization']) })).status).toBe(status)
  }
})

test('a test reaches the one webhook, whatever it asked for and even where it is switched off', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world, { event_types: ['key.revoked'], enabled: false })
  await addWebhook(world, { url: 'https://hooks.example/other' })
  const { status, json } = await world.ask('POST', `/${id}/test`)
  expect(status).toBe(202)
  expect(json).toMatchObject({ webhook_id: id, event_type: 'webhook.test', status: 'pending', attempts: 0 })
  await world.settle()
  expect(world.told.map(({ url }) => url)).toEqual(['https://hooks.example/a'])
  expect(JSON.parse(world.told[0]!.body)).toMatchObject({ type: 'webhook.test', data: { webhook_id: id } })
  expect(world.mailed).toEqual([])
})

test('tests and repetitions on request have a limit, which is the organization’s own', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  const theirs = await addWebhook(world, {}, stranger)
  for (let sent = 0; sent < 30; sent++) expect((await world.ask('POST', `/${id}/test`)).status).toBe(202)
  const refused = await world.ask('POST', `/${id}/test`)
  expect(refused).toMatchObject({ status: 429, json: { code: 'rate_limit_exceeded' } })
  expect(refused.headers.get('retry-after')).toBe('60')
  expect((await world.ask('POST', `/${theirs.id}/test`, { as: stranger })).status).toBe(202)
  world.clock.advance(60_001)
  expect((await world.ask('POST', `/${id}/test`)).status).toBe(202)
})

test('what was delivered or given up is delivered again under the same id', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  world.put('riwaq-notices', notice())
  await world.settle()
  const [first] = await deliveriesOf(world, id)
  const { status, json } = await world.ask('POST', `/deliveries/${first!.id}/redeliver`)
  expect(status).toBe(202)
  expect(json).toMatchObject({ id: first!.id, status: 'pending', next_attempt_at: NOON })
  await world.settle()
  expect(world.told.map(({ headers }) => headers['webhook-id'])).toEqual(['evt_1', 'evt_1'])
  expect(await deliveriesOf(world, id)).toMatchObject([{ status: 'delivered', attempts: 2 }])
})

test('a delivery is not begun again while it is under way, nor for a webhook that is switched off', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  let during = 0
  world.state.answer = async () => {
    const [delivery] = await deliveriesOf(world, id)
    during = (await world.ask('POST', `/deliveries/${delivery!.id}/redeliver`)).status
    return new Response()
  }
  world.put('riwaq-notices', notice())
  await world.settle()
  expect(during).toBe(409)
  await world.ask('PATCH', `/${id}`, { body: { enabled: false } })
  const [delivery] = await deliveriesOf(world, id)
  expect((await world.ask('POST', `/deliveries/${delivery!.id}/redeliver`)).status).toBe(409)
})

test('the delivery log is read in pages, newest first, and by state', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  for (let at = 0; at < 5; at++) {
    world.state.answer = () => new Response(null, { status: at === 2 ? 410 : 200 })
    world.put('riwaq-notices', notice({ id: `evt_${at}` }))
    await world.settle()
    world.clock.advance(1_000)
    await world.ask('PATCH', `/${id}`, { body: { enabled: true } })
  }
  const pages: string[][] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { json } = await world.ask('GET', `/${id}/deliveries?limit=2${cursor && `&cursor=${cursor}`}`)
    pages.push(
      json.data
        .filter(({ event_type }: { event_type: string }) => event_type === 'key.created')
        .map(({ event_id }: { event_id: string }) => event_id),
    )
    cursor = json.next_cursor
  }
  expect(pages.flat()).toEqual(['evt_4', 'evt_3', 'evt_2', 'evt_1', 'evt_0'])
  const failed = await world.ask('GET', `/${id}/deliveries?status=failed`)
  expect(failed.json.data).toMatchObject([{ event_id: 'evt_2', response_status: 410 }])
  for (const query of ['cursor=nonsense', 'limit=0', 'limit=101', 'status=lost'])
    expect((await world.ask('GET', `/${id}/deliveries?${query}`)).status).toBe(400)
})
