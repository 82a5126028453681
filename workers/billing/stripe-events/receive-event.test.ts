import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { stripeEvents } from '#db/schema/billing'
import { createLogger } from '#shared/http/log'
import { createServiceApp } from '#shared/http/create-service-app'
import { principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import { billingSystem, type BillingEnv } from '../context.ts'
import { createTestDatabase } from '#db/testing'
import { receiveEvent } from './receive-event.ts'
import { stripeEventRoutes } from './routes.ts'
import { sweepEvents } from './sweep-money.ts'
import { createMoneyWorld } from './testing/money-world.ts'

const event = (change: Record<string, unknown> = {}) => ({
  id: 'evt_1',
  object: 'event',
  type: 'invoice.paid',
  created: 1_768_003_200,
  livemode: false,
  data: { object: { id: 'in_1', object: 'invoice' } },
  ...change,
})

const sign = (payload: string, { secret = 'whsec_one', at }: { secret?: string; at: number }) =>
  Stripe.webhooks.generateTestHeaderStringAsync({
    payload,
    secret,
    timestamp: Math.floor(at / 1_000),
    cryptoProvider: Stripe.createSubtleCryptoProvider(),
  })

async function createDoor() {
  const world = await createMoneyWorld()
  const lines: string[] = []
  world.ctx.logger = createLogger({}, (_level, line) => void lines.push(line))
  const knock = async (payload: string, signature?: string) => {
    const bytes = new TextEncoder().encode(payload)
    return receiveEvent({
      bytes,
      signature: signature ?? (await sign(payload, { at: world.clock() })),
      ctx: world.ctx,
    }).then(
      () => 200,
      (error: { status?: number }) => error.status ?? String(error),
    )
  }
  return { ...world, lines, knock, rows: () => world.db.select().from(stripeEvents) }
}

test('what Stripe has signed is stored as it came, and put on the queue', async () => {
  const door = await createDoor()
  const payload = JSON.stringify(event())
  expect(await door.knock(payload)).toBe(200)
  expect(await door.rows()).toMatchObject([
    {
      id: 'evt_1',
      type: 'invoice.paid',
      objectId: 'in_1',
      state: 'received',
      deliveries: 1,
      body: payload,
      createdAt: 1_768_003_200_000,
    },
  ])
  expect(door.jobs).toEqual([{ kind: 'event', id: 'evt_1' }])
})

test('a repetition is counted and answered like the first', async () => {
  const door = await createDoor()
  for (const time of [1, 2, 3]) expect([time, await door.knock(JSON.stringify(event()))]).toEqual([time, 200])
  expect(await door.rows()).toMatchObject([{ deliveries: 3 }])
})

test('a secret that is about to be replaced is good beside its successor', async () => {
  const door = await createDoor()
  const payload = JSON.stringify(event())
  expect(await door.knock(payload, await sign(payload, { secret: 'whsec_two', at: door.clock() }))).toBe(200)
})

test('an event that only names its object is taken as well', async () => {
  const door = await createDoor()
  const { data: _, ...rest } = event({
    object: 'v2.core.event',
    type: 'v1.billing.meter.error_report_triggered',
    created: '2026-01-10T00:00:00Z',
  })
  expect(await door.knock(JSON.stringify({ ...rest, related_object: { id: 'mtr_1', type: 'billing.meter' } }))).toBe(
    200,
  )
  expect(await door.rows()).toMatchObject([{ objectId: 'mtr_1' }])
})

const bad: [string, string, (payload: string, at: number) => Promise<string>][] = [
  ['forged', JSON.stringify(event()), (payload, at) => sign(payload, { secret: 'whsec_forged', at })],
  ['forged', JSON.stringify(event()), (_payload, at) => sign('another body', { at })],
  ['forged', JSON.stringify(event()), async () => 'nonsense'],
  ['forged', JSON.stringify(event()), async () => 't=1,v1='],
  ['old', JSON.stringify(event()), (payload, at) => sign(payload, { at: at - 301_000 })],
  ['malformed', 'not json', (payload, at) => sign(payload, { at })],
  ['malformed', '[]', (payload, at) => sign(payload, { at })],
  ['malformed', JSON.stringify(event({ id: undefined })), (payload, at) => sign(payload, { at })],
  ['malformed', JSON.stringify(event({ object: 'charge' })), (payload, at) => sign(payload, { at })],
  ['malformed', JSON.stringify(event({ type: 'a type\nwith a line' })), (payload, at) => sign(payload, { at })],
  ['unknown', JSON.stringify(event({ type: 'invoice.dreamt_of' })), (payload, at) => sign(payload, { at })],
  ['wrong_mode', JSON.stringify(event({ livemode: true })), (payload, at) => sign(payload, { at })],
]

test.each(bad)(
  'what is %s is answered 400, said in the log and changes nothing',
  async (reason, payload, signature) => {
    const door = await createDoor()
    expect(await door.knock(payload, await signature(payload, door.clock()))).toBe(400)
    expect(await door.rows()).toEqual([])
    expect(door.jobs).toEqual([])
    expect(door.lines.map((line) => JSON.parse(line))).toMatchObject([{ event: 'stripe-event-refused', reason }])
    expect(door.lines.join('')).not.toContain('in_1')
  },
)

test('bytes that are no text are malformed, whoever signed them', async () => {
  const door = await createDoor()
  const bytes = new Uint8Array([0xff, 0xfe])
  await expect(receiveEvent({ bytes, signature: 't=1,v1=0', ctx: door.ctx })).rejects.toMatchObject({ status: 400 })
})

test('without a secret nothing is taken', async () => {
  const door = await createDoor()
  door.ctx.settings.stripe!.webhookSecret = null
  expect(await door.knock(JSON.stringify(event()))).toBe(400)
})

test('an event that could not be put on the queue waits in its row until it is found', async () => {
  const door = await createDoor()
  const { send } = door.ctx.jobs
  door.ctx.jobs.send = () => Promise.reject(new Error('the queue is away'))
  expect(await door.knock(JSON.stringify(event()))).toBe(200)
  door.ctx.jobs.send = send
  expect(await sweepEvents({ ctx: door.ctx })).toBe(0)
  door.clock.advance(11 * 60_000)
  expect(await sweepEvents({ ctx: door.ctx })).toBe(1)
  expect(door.jobs).toEqual([{ kind: 'event', id: 'evt_1' }])
})

test('an event that cannot be stored is not answered as if it were', async () => {
  const door = await createDoor()
  door.mortal.dead = true
  const payload = JSON.stringify(event())
  const signature = await sign(payload, { at: door.clock() })
  await expect(receiveEvent({ bytes: new TextEncoder().encode(payload), signature, ctx: door.ctx })).rejects.toThrow()
})

async function createEntrance(settings: Partial<BillingEnv>) {
  const queued: unknown[] = []
  const env = {
    DB: createTestDatabase(),
    STRIPE_EVENTS: { send: async (job: unknown) => void queued.push(job) },
    PRINCIPAL_KEY: TEST_PRINCIPAL_KEY,
    ...settings,
  } as unknown as BillingEnv
  const app = createServiceApp<BillingEnv>('billing', stripeEventRoutes)
  const headers = await principalHeaders({ kind: 'anonymous' })
  const post = (body: BodyInit, signature: string) =>
    app.request(
      '/webhooks/stripe',
      { method: 'POST', body, headers: { ...headers, 'stripe-signature': signature } },
      env,
    )
  return { post, queued, now: billingSystem(env).clock() }
}

const selling = { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_one' }

test('the door is open to whoever signs, and to nobody else', async () => {
  const { post, queued, now } = await createEntrance(selling)
  const payload = JSON.stringify(event())
  expect((await post(payload, await sign(payload, { at: now }))).status).toBe(200)
  expect((await post(payload, await sign(payload, { at: now, secret: 'whsec_other' }))).status).toBe(400)
  expect((await post('x'.repeat(1024 * 1024 + 1), 't=1,v1=0')).status).toBe(413)
  expect(queued).toEqual([{ kind: 'event', id: 'evt_1' }])
})

test('where nothing is sold there is no event to take', async () => {
  const { post, queued, now } = await createEntrance({ BILLING_MODE: 'granted' })
  const payload = JSON.stringify(event())
  expect((await post(payload, await sign(payload, { at: now }))).status).toBe(400)
  expect(queued).toEqual([])
})
