import { expect, test } from 'vitest'
import { sweep } from './sweep.ts'
import { addWebhook, createWorld, deliveriesOf, NOON, notice, owner, stranger } from './testing.ts'

const DAY = 86_400_000

test('mails that fail hold up no webhook, and are tried again', async () => {
  const world = createWorld()
  await addWebhook(world)
  world.state.mailFails = 2
  world.put('riwaq-notices', notice())
  await world.settle()
  expect(world.told).toHaveLength(1)
  expect(world.queued).toMatchObject([{ queue: 'riwaq-notices', attempts: 1 }])
  world.state.mailFails = 0
  await world.runDry()
  expect(world.mailed).toHaveLength(1)
  expect(world.told).toHaveLength(1)
})

test('where nobody has a webhook people are told all the same, and nothing is kept', async () => {
  const world = createWorld()
  world.put('riwaq-notices', notice())
  await world.settle()
  expect(world.mailed).toHaveLength(1)
  expect(await world.ctx.events.findEvent({ organizationId: 'org_1', id: 'evt_1' })).toBeUndefined()
})

test('a notice whose mail was given up is still delivered', async () => {
  const world = createWorld()
  await addWebhook(world)
  world.state.mailFails = 1
  world.put('riwaq-notices-dead', notice())
  await world.settle()
  expect(world.told).toHaveLength(1)
  expect(world.lines.join()).toContain('notice-mail-given-up')
})

test('what is no notice is put aside and named, without what it said', async () => {
  const world = createWorld()
  await addWebhook(world)
  world.put('riwaq-notices', { ...notice(), type: 'a secret' })
  world.put('riwaq-notices', null)
  world.put('riwaq-webhook-deliveries', { deliveryId: 7 })
  await world.settle()
  expect(world.queued).toEqual([])
  expect(world.told).toEqual([])
  expect(world.lines.filter((line) => line.includes('message-unreadable'))).toHaveLength(3)
  expect(world.lines.join()).not.toContain('a secret')
})

test('no log line holds an address, a secret or what was sent', async () => {
  const world = createWorld()
  const { secret } = await addWebhook(world, { url: 'https://hooks.example/token-in-the-path' })
  world.state.answer = () => new Response('an answer', { status: 500 })
  world.put('riwaq-notices', notice({ data: { key_id: 'key_of_the_data' } }))
  await world.runDry()
  const log = world.lines.join('\n')
  expect(log).toContain('webhook-attempt')
  for (const word of ['token-in-the-path', secret, 'key_of_the_data', 'an answer']) expect(log).not.toContain(word)
})

test('a database that is away loses nothing and puts nothing into the log', async () => {
  const world = createWorld()
  await addWebhook(world)
  const { findEvent } = world.ctx.events
  world.ctx.events.findEvent = () =>
    Promise.reject(new Error('Failed query: select\nparams: a secret', { cause: new Error('D1_ERROR: away') }))
  world.put('riwaq-notices', notice())
  await world.settle()
  expect(world.queued).toMatchObject([{ attempts: 1, dueAt: NOON + 5_000 }])
  expect(world.lines.join()).toContain('D1_ERROR: away')
  expect(world.lines.join()).not.toContain('a secret')
  world.ctx.events.findEvent = findEvent
  await world.runDry()
  expect(world.told).toHaveLength(1)
})

test('a sweep that fails is no fault of what was delivered before it', async () => {
  const world = createWorld()
  await addWebhook(world)
  world.ctx.upkeep.takeForgotten = () => Promise.reject(new Error('away'))
  world.put('riwaq-notices', notice())
  await world.settle()
  expect(world.told).toHaveLength(1)
  expect(world.queued).toEqual([])
  expect(world.lines.join()).toContain('sweep-failed')
})

test('after thirty days events and their deliveries are gone', async () => {
  const world = createWorld()
  const { id } = await addWebhook(world)
  world.put('riwaq-notices', notice())
  await world.settle()
  world.clock.set(NOON + 29 * DAY)
  await sweep({ ctx: world.ctx })
  const [delivery] = await deliveriesOf(world, id)
  expect(delivery).toBeDefined()
  world.put('riwaq-notices', notice({ id: 'evt_2' }))
  await world.settle()
  world.clock.set(NOON + 31 * DAY)
  await sweep({ ctx: world.ctx, thorough: true })
  expect((await deliveriesOf(world, id)).map(({ event_id }) => event_id)).toEqual(['evt_2'])
  expect((await world.ask('GET', `/deliveries/${delivery!.id}`)).status).toBe(404)
  expect(await world.ctx.events.findEvent({ organizationId: 'org_1', id: 'evt_1' })).toBeUndefined()
  expect(await world.ctx.events.findEvent({ organizationId: 'org_1', id: 'evt_2' })).toBeDefined()
})

test('with an organization everything of its webhooks goes, and nothing of another’s; with a member nothing', async () => {
  const world = createWorld()
  const mine = await addWebhook(world)
  const theirs = await addWebhook(world, {}, stranger)
  for (const organizationId of ['org_1', 'org_2']) world.put('riwaq-notices', notice({ organizationId }))
  await world.settle()
  world.put('riwaq-webhook-erasures', { userId: 'usr_1' })
  await world.settle()
  expect(await deliveriesOf(world, mine.id)).toHaveLength(1)
  world.put('riwaq-webhook-erasures', { organizationId: 'org_1', userId: 'usr_1' })
  await world.settle()
  expect((await world.ask('GET', '', { as: owner })).json.data).toEqual([])
  expect(await world.ctx.events.findEvent({ organizationId: 'org_1', id: 'evt_1' })).toBeUndefined()
  expect(await deliveriesOf(world, theirs.id, stranger)).toHaveLength(1)
})

test('a queue that nobody knows is said to be one', async () => {
  const world = createWorld()
  world.put('riwaq-something-else', {})
  await expect(world.settle()).rejects.toThrow('riwaq-something-else')
})
