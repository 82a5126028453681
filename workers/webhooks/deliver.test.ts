import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { sweep } from './sweep.ts'
import { addWebhook, createWorld, deliveriesOf, NOON, notice, stranger } from './testing.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const QUEUE = 'riwaq-webhook-deliveries'

const verified = (
  secret: string,
  { body, headers }: { body: string; headers: Record<string, string> },
  now: number,
) => {
  // The package looks at the real clock for the time; the signature covers it all the same.
  const receiver = new Webhook(secret)
  const signature = receiver.sign(headers['webhook-id']!, new Date(now), body)
  return headers['webhook-signature']!.split(' ').includes(signature)
}

test('what happens is told to every webhook that asked for it, signed with its own secret', async () => {
  const world = createWorld()
  const a = await addWebhook(world)
  const b = await addWebhook(world, { url: 'https://hooks.example/b', event_types: ['key.created'] })
  await addWebhook(world, { url: 'https://hooks.example/c', event_types: ['key.revoked'] })
  await addWebhook(world, { url: 'https://hooks.example/d', enabled: false })
  world.put('riwaq-notices', notice())
  await world.settle()
  expect(world.told.map(({ url }) => url).toSorted()).toEqual(['https://hooks.example/a', 'https://hooks.example/b'])
  for (const { secret, url } of [a, b]) {
    const told = world.told.find((each) => each.url === url)!
    expect(verified(secret, told, NOON)).toBe(true)
    expect(JSON.parse(told.body)).toEqual({
      id: 'evt_1',
      type: 'key.created',
      timestamp: '2026-01-15T12:00:00.000Z',
      organization_id: 'org_1',
      data: { key_id: 'key_1' },
    })
    expect(told.headers['webhook-id']).toBe('evt_1')
  }
  expect(world.mailed.map(({ id }) => id)).toEqual(['evt_1'])
  expect(await deliveriesOf(world, a.id)).toMatchObject([{ status: 'delivered', attempts: 1, response_status: 200 }])
})

test('a notice of one organization is told to no other', async () => {
  const world = createWorld()
  await addWebhook(world)
  world.put('riwaq-notices', notice({ organizationId: 'org_2' }))
  await world.settle()
  expect(world.told).toEqual([])
})

test('two organizations may have notices of the same id', async () => {
  const world = createWorld()
  await addWebhook(world)
  await addWebhook(world, { url: 'https://hooks.example/theirs' }, stranger)
  world.put('riwaq-notices', notice())
  world.put('riwaq-notices', notice({ organizationId: 'org_2', data: { key_id: 'key_2' } }))
  await world.settle()
  expect(world.told.map(({ url, body }) => `${url} ${JSON.parse(body).data.key_id}`).toSorted()).toEqual([
    'https://hooks.example/a key_1',
    'https://hooks.example/theirs key_2',
  ])
})

test('a notice that comes again is delivered and mailed once, also to a webhook that came in between', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  world.put('riwaq-notices', notice())
  world.put('riwaq-notices', notice())
  await world.settle()
  const late = await addWebhook(world, { url: 'https://hooks.example/late' })
  world.put('riwaq-notices', notice())
  await world.settle()
  expect(world.told).toHaveLength(1)
  expect(world.mailed).toHaveLength(1)
  expect(await deliveriesOf(world, id)).toHaveLength(1)
  expect(await deliveriesOf(world, late.id)).toEqual([])
})

test('a failure is tried again after growing pauses, the same to the byte but for its time', async () => {
  const world = createWorld()
  const { id, secret } = await addWebhook(world)
  const times: number[] = []
  world.state.answer = () => {
    times.push(world.clock())
    return new Response('not yet', { status: times.length < 3 ? 503 : 200 })
  }
  world.put('riwaq-notices', notice())
  await world.runDry()
  expect(times.map((at) => (at - NOON) / 1_000)).toEqual([0, 5, 65])
  expect(new Set(world.told.map(({ body }) => body)).size).toBe(1)
  expect(new Set(world.told.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(['evt_1']))
  world.told.forEach((told, at) => expect(verified(secret, told, times[at]!)).toBe(true))
  const [delivery] = await deliveriesOf(world, id)
  expect(delivery).toMatchObject({ status: 'delivered', attempts: 3, response_status: 200, next_attempt_at: null })
  const { json } = await world.ask('GET', `/deliveries/${delivery!.id}`)
  expect(json.attempt_log.map((each: object) => each)).toMatchObject([
    { number: 1, at: NOON, response_status: 503, response_body: 'not yet', error: 'refused' },
    { number: 2, at: NOON + 5_000, response_status: 503 },
    { number: 3, at: NOON + 65_000, response_status: 200, error: null },
  ])
  expect(json.payload).toBe(world.told[0]!.body)
})

test('after about a day it is given up, and says so', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  world.state.answer = () => Promise.reject(new TypeError('connection refused'))
  world.put('riwaq-notices', notice())
  await world.runDry()
  expect(world.told).toHaveLength(8)
  expect(world.clock() - NOON).toBeGreaterThan(20 * 60 * MINUTE)
  expect(await deliveriesOf(world, id)).toMatchObject([
    { status: 'failed', attempts: 8, response_status: null, next_attempt_at: null },
  ])
  expect(world.queued).toEqual([])
})

test('notices overtake each other: each is delivered under its own id', async () => {
  const world = createWorld()
  await addWebhook(world)
  world.state.answer = ({ headers }) =>
    new Response(null, { status: headers['webhook-id'] === 'evt_1' && world.told.length === 1 ? 500 : 200 })
  world.put('riwaq-notices', notice())
  await world.settle()
  world.put('riwaq-notices', notice({ id: 'evt_2', at: NOON - MINUTE }))
  await world.runDry()
  expect(world.told.map(({ headers }) => headers['webhook-id'])).toEqual(['evt_1', 'evt_2', 'evt_1'])
})

test('nudges that come twice, early or after the end change nothing', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  world.state.answer = () => new Response(null, { status: world.told.length === 1 ? 500 : 200 })
  world.put('riwaq-notices', notice())
  await world.settle()
  const [{ id: deliveryId } = { id: '' }] = await deliveriesOf(world, id)
  const nudge = { organizationId: 'org_1', deliveryId }
  for (let more = 0; more < 3; more++) world.put(QUEUE, nudge)
  await world.settle()
  expect(world.told).toHaveLength(1)
  await world.runDry()
  world.put(QUEUE, nudge)
  await world.settle()
  expect(world.told).toHaveLength(2)
  expect(await deliveriesOf(world, id)).toMatchObject([{ status: 'delivered', attempts: 2 }])
})

test('a nudge with another organization’s id does nothing', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  world.state.answer = () => new Response(null, { status: 500 })
  world.put('riwaq-notices', notice())
  await world.settle()
  const [{ id: deliveryId } = { id: '' }] = await deliveriesOf(world, id)
  world.clock.advance(DAY)
  world.queued.length = 0
  world.put(QUEUE, { organizationId: 'org_2', deliveryId })
  await world.settle()
  expect(world.told).toHaveLength(1)
})

test('410 switches the webhook off; what waits for it is canceled, and people are told', async () => {
  const world = createWorld()
  const gone = await addWebhook(world)
  const other = await addWebhook(world, { url: 'https://hooks.example/other', event_types: ['webhook.disabled'] })
  world.put('riwaq-notices', notice())
  world.put('riwaq-notices', notice({ id: 'evt_2' }))
  world.state.answer = ({ url }) => new Response(null, { status: url.endsWith('/a') ? 410 : 200 })
  await world.runDry()
  expect((await world.ask('GET', `/${gone.id}`)).json).toMatchObject({ enabled: false, disabled_reason: 'gone' })
  expect((await deliveriesOf(world, gone.id)).map(({ status }) => status).toSorted()).toEqual(['canceled', 'failed'])
  expect(world.told.filter(({ url }) => url === gone.url)).toHaveLength(1)
  expect(world.audits.at(-1)).toMatchObject({
    action: 'webhook.disabled',
    targetId: gone.id,
    actor: { userId: null, keyId: null },
  })
  expect(world.mailed.map(({ type }) => type)).toContain('webhook.disabled')
  const [told] = world.told.filter(({ url }) => url === other.url)
  expect(JSON.parse(told!.body).data).toMatchObject({ webhook_id: gone.id, host: 'hooks.example', reason: 'gone' })
})

test('after days of nothing but failures it is switched off; one success in between, and it is not', async () => {
  for (const recovers of [false, true]) {
    const world = createWorld()
    const { id } = await addWebhook(world)
    for (let day = 0; day < 7; day++) {
      const works = recovers && day === 4
      world.state.answer = () => new Response(null, { status: works ? 200 : 500 })
      world.put('riwaq-notices', notice({ id: `evt_${day}` }))
      await world.runDry()
      world.clock.set(NOON + (day + 1) * DAY)
    }
    expect((await world.ask('GET', `/${id}`)).json).toMatchObject(
      recovers ? { enabled: true, disabled_reason: null } : { enabled: false, disabled_reason: 'failing' },
    )
    expect(world.mailed.filter(({ type }) => type === 'webhook.disabled')).toHaveLength(recovers ? 0 : 1)
  }
})

test('while a secret is replaced both sign, for a day', async () => {
  const world = createWorld()
  const { id, secret } = await addWebhook(world)
  const { json } = await world.ask('POST', `/${id}/rotate-secret`)
  world.put('riwaq-notices', notice())
  await world.settle()
  world.clock.advance(DAY)
  world.put('riwaq-notices', notice({ id: 'evt_2' }))
  await world.settle()
  const [during, after] = world.told
  expect(verified(secret, during!, NOON)).toBe(true)
  expect(verified(json.secret, during!, NOON)).toBe(true)
  expect(verified(secret, after!, NOON + DAY)).toBe(false)
  expect(verified(json.secret, after!, NOON + DAY)).toBe(true)
})

test('where the secret cannot be read nothing is sent unsigned, and a new one heals it', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  const { box } = world.ctx
  world.ctx.box = { ...box, open: async () => null }
  world.put('riwaq-notices', notice())
  await world.settle()
  expect(world.told).toEqual([])
  const [delivery] = await deliveriesOf(world, id)
  expect((await world.ask('GET', `/deliveries/${delivery!.id}`)).json.attempt_log).toMatchObject([
    { error: 'secret_unreadable' },
  ])
  world.ctx.box = box
  await world.ask('POST', `/${id}/rotate-secret`)
  await world.runDry()
  expect(world.told).toHaveLength(1)
})

test('a webhook that is deleted in mid-attempt takes its log with it, and nothing breaks', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  world.state.answer = async () => {
    await world.ask('DELETE', `/${id}`)
    return new Response()
  }
  world.put('riwaq-notices', notice())
  await world.runDry()
  expect(world.told).toHaveLength(1)
  expect(world.queued).toEqual([])
  expect((await world.ask('GET', `/${id}`)).status).toBe(404)
})

test('a delivery that the queue has lost is found again', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  world.state.answer = () => new Response(null, { status: world.told.length === 1 ? 500 : 200 })
  world.put('riwaq-notices', notice())
  await world.settle()
  world.queued.length = 0
  await sweep({ ctx: world.ctx })
  expect(world.queued).toEqual([])
  world.clock.advance(20 * MINUTE)
  await sweep({ ctx: world.ctx })
  // The one that looks a moment later leaves it alone.
  await sweep({ ctx: world.ctx })
  expect(world.queued).toHaveLength(1)
  await world.settle()
  expect(await deliveriesOf(world, id)).toMatchObject([{ status: 'delivered', attempts: 2 }])
})

test('who looks at a log finds what was forgotten, without a cron', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  world.state.answer = () => new Response(null, { status: world.told.length === 1 ? 500 : 200 })
  world.put('riwaq-notices', notice())
  await world.settle()
  world.queued.length = 0
  world.clock.advance(20 * MINUTE)
  for (let looks = 0; looks < 3; looks++) await deliveriesOf(world, id)
  expect(world.queued).toHaveLength(1)
  await world.settle()
  expect(await deliveriesOf(world, id)).toMatchObject([{ status: 'delivered' }])
})

test('what the queue gives up is shown as failed, and can be asked for again', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  world.state.answer = () => new Response(null, { status: world.told.length === 1 ? 500 : 200 })
  world.put('riwaq-notices', notice())
  await world.settle()
  const [{ body } = { body: null }] = world.queued.splice(0)
  world.put(`${QUEUE}-dead`, body)
  await world.settle()
  const [delivery] = await deliveriesOf(world, id)
  expect(delivery).toMatchObject({ status: 'failed', next_attempt_at: null })
  expect(world.lines.join()).toContain('delivery-given-up')
  expect((await world.ask('POST', `/deliveries/${delivery!.id}/redeliver`)).status).toBe(202)
  await world.settle()
  expect(await deliveriesOf(world, id)).toMatchObject([{ status: 'delivered', attempts: 2 }])
})
