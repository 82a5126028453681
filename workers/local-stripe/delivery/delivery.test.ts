import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { createLocalStripe } from '../testing.ts'

const noon = Date.UTC(2026, 10, 1, 12)
const secret = 'whsec_local'

function start({ answers = [] }: { answers?: number[] } = {}) {
  const time = { now: noon }
  const received: Stripe.Event[] = []
  const client = new Stripe('sk_test_local')
  const local = createLocalStripe({
    clock: () => time.now,
    webhook: { url: 'http://riwaq.test/webhooks/stripe', secret },
    async send(_, init) {
      const signature = new Headers(init.headers).get('stripe-signature') ?? ''
      const at = { receivedAt: time.now }
      received.push(
        await client.webhooks.constructEventAsync(String(init.body), signature, secret, 300, undefined, at.receivedAt),
      )
      return new Response(null, { status: answers.shift() ?? 200 })
    },
  })
  const control = (action: string, body?: object) =>
    local.fetch(`http://stripe.test/_control/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    })
  const emit = (...names: string[]) => {
    for (const name of names) local.engine.emit(`customer.${name}`, { id: name, object: 'customer' })
  }
  const types = () => received.map(({ type }) => type.replace('customer.', ''))
  return { ...local, time, received, control, emit, types }
}

test('an event arrives signed as Stripe signs it, and in its turn', async () => {
  const { emit, deliverer, types, engine } = start()
  emit('a', 'b', 'c')
  await deliverer.pump()
  expect(types()).toEqual(['a', 'b', 'c'])
  expect(engine.store.list('event').every(({ pending_webhooks: left }) => left === 0)).toBe(true)
})

test('an event that was not taken comes again, later each time', async () => {
  const { emit, deliverer, types, time } = start({ answers: [500, 400] })
  emit('a')
  await deliverer.pump()
  await deliverer.pump()
  expect(types()).toEqual(['a'])
  expect(deliverer.nextAt()).toBe(noon + 1000)
  time.now += 1000
  await deliverer.pump()
  expect(deliverer.nextAt()).toBe(noon + 6000)
  time.now += 5000
  await deliverer.pump()
  expect(types()).toEqual(['a', 'a', 'a'])
  expect(deliverer.pending()).toEqual([])
})

test('doubled, each event comes twice with one id', async () => {
  const { emit, deliverer, control, received } = start()
  await control('webhooks', { mode: 'double' })
  emit('a', 'b')
  await deliverer.pump()
  expect(received).toHaveLength(4)
  expect(new Set(received.map(({ id }) => id)).size).toBe(2)
})

test('delayed, nothing comes at once', async () => {
  const { emit, deliverer, control, types, time } = start()
  await control('webhooks', { mode: 'delayed' })
  emit('a')
  await deliverer.pump()
  expect(types()).toEqual([])
  time.now = deliverer.nextAt()!
  await deliverer.pump()
  expect(types()).toEqual(['a'])
})

test('reversed, a batch comes with the newest first', async () => {
  const { emit, control, types } = start()
  await control('webhooks', { mode: 'reversed' })
  emit('a', 'b', 'c')
  expect(await (await control('flush')).json()).toMatchObject({ delivered: 3, pending: 0 })
  expect(types()).toEqual(['c', 'b', 'a'])
})

test('held, events wait until they are let go', async () => {
  const { emit, deliverer, control, types, time } = start()
  await control('webhooks', { mode: 'held' })
  emit('a')
  time.now += 86_400_000
  await deliverer.pump()
  expect(types()).toEqual([])
  await control('flush')
  expect(types()).toEqual(['a'])
})

test('the clock of the account moves, and with a reset everything is forgotten', async () => {
  const { emit, control, engine } = start()
  emit('a')
  expect(await (await control('advance', { days: 2 })).json()).toMatchObject({ now: noon / 1000 + 172_800 })
  expect(await (await control('reset')).json()).toMatchObject({ now: noon / 1000, pending: 0, webhooks: 'normal' })
  expect(engine.store.list('event')).toEqual([])
  expect(engine.store.list('webhook_endpoint')).toHaveLength(1)
})

test('a switch that does not exist is refused', async () => {
  const { control } = start()
  expect((await control('webhooks', { mode: 'sideways' })).status).toBe(400)
  expect((await control('advance', { seconds: -1 })).status).toBe(400)
  expect((await control('explode')).status).toBe(404)
})
