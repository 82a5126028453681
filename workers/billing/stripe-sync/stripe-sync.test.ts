import { expect, test } from 'vitest'
import Stripe from 'stripe'
import { createTestDatabase } from '#db/testing'
import { createTestClock } from '#shared/lib/clock'
import { checkedFetch } from '#test/stripe/request-check'
import { createLocalStripe } from '../../local-stripe/testing.ts'
import { createStripe } from '../stripe.ts'
import { targetsOf } from '../stripe-events/targets-of.ts'
import { Coupon, type Catalogue } from './catalogue.ts'
import { handledEvents } from './handled-events.ts'
import { overageRates } from './overage-rates.ts'
import { priceStatements, seedCatalogue, storedCatalogue } from './stored-catalogue.ts'
import { syncStripe } from './sync-stripe.ts'

const half = Coupon.parse({ id: 'half', name: 'Half', percent_off: 50, duration: 'once', codes: ['HALF-2026'] })

function account() {
  const local = createLocalStripe({ clock: createTestClock() })
  const answer = checkedFetch((url, request) => local.fetch(url, request))
  const state = { writes: [] as string[], breakAt: null as number | null, runs: 0 }
  const send = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    if (request.method === 'POST') {
      if (state.writes.length === state.breakAt) throw new Error('the line is cut')
      state.writes.push(new URL(request.url).pathname)
    }
    return answer(request)
  }
  const stripe = createStripe({ secretKey: 'sk_test_local', apiBase: 'http://stripe.test', fetch: send, retries: 0 })
  const sync = (change: Partial<Parameters<typeof syncStripe>[0]> = {}) => {
    const catalogue = change.catalogue ?? seedCatalogue([half])
    return syncStripe({
      stripe,
      catalogue,
      publicUrl: 'https://ai.example.com',
      events: handledEvents,
      apiVersion: Stripe.API_VERSION,
      overageRates: overageRates(catalogue),
      tax: { on: false, code: 'txcd_10103001' },
      runId: `run-${++state.runs}`,
      dryRun: false,
      ...change,
    })
  }
  return { stripe, sync, state }
}

const withTwice = (catalogue: Catalogue): Catalogue => ({
  ...catalogue,
  plans: catalogue.plans.map((plan) =>
    plan.id === 'pro'
      ? {
          ...plan,
          version: 2,
          body: {
            ...plan.body,
            prices: plan.body.prices.map((price) => ({ ...price, amount_minor: price.amount_minor * 2 })),
          },
        }
      : plan,
  ),
})

test('a fresh account is told everything that is sold', async () => {
  const { stripe, sync } = account()
  const { changes, warnings, prices, webhookSecret, portalId } = await sync()
  expect(warnings).toEqual([])
  expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(['create']))
  expect(new Set(changes.map(({ kind }) => kind))).toEqual(
    new Set(['product', 'price', 'meter', 'portal', 'coupon', 'promotion_code', 'webhook']),
  )
  expect(webhookSecret).toMatch(/^whsec_/)
  expect(portalId).toMatch(/^bpc_/)
  const monthly = prices.find(({ wanted }) => wanted.lookupKey === 'riwaq:plan:pro:1:month:usd')!
  expect(await stripe.prices.retrieve(monthly.id)).toMatchObject({
    product: 'riwaq_plan_pro',
    recurring: { interval: 'month' },
    tax_behavior: 'exclusive',
    metadata: { riwaq_kind: 'plan', riwaq_item: 'pro', riwaq_version: '1' },
  })
})

test('a second run changes nothing', async () => {
  const { sync, state } = account()
  await sync()
  state.writes = []
  const { changes, webhookSecret, prices } = await sync()
  expect(changes).toEqual([])
  expect(state.writes).toEqual([])
  expect(webhookSecret).toBeNull()
  expect(prices.length).toBeGreaterThan(10)
})

test('a dry run says what would change and writes nothing', async () => {
  const { sync, state } = account()
  const { changes, prices } = await sync({ dryRun: true })
  expect(state.writes).toEqual([])
  expect(prices).toEqual([])
  const real = await sync()
  expect(changes).toEqual(real.changes)
})

test('a run that breaks in the middle goes on when it is run again, wherever it broke', async () => {
  const whole = account()
  const { changes } = await whole.sync()
  const broken = account()
  const done: string[] = []
  for (let at = 1; at < changes.length; at += 7) {
    broken.state.breakAt = at
    await expect(broken.sync()).rejects.toThrow()
    done.push(...broken.state.writes)
    broken.state.breakAt = null
  }
  broken.state.breakAt = null
  await broken.sync()
  expect(broken.state.writes.length).toBe(whole.state.writes.length)
  expect((await broken.sync()).changes).toEqual([])
})

test('a new version of a plan has prices of its own, and the older ones stay for those who pay them', async () => {
  const { stripe, sync } = account()
  const before = await sync()
  const { changes } = await sync({ catalogue: withTwice(seedCatalogue([half])) })
  expect(
    changes.every(({ kind, action, name }) => kind === 'price' && action === 'create' && name.includes(':pro:2:')),
  ).toBe(true)
  const old = before.prices.find(({ wanted }) => wanted.item === 'pro')!
  expect((await stripe.prices.retrieve(old.id)).active).toBe(true)
})

test('what somebody changed at Stripe by hand is put right, and a price that differs is told', async () => {
  const { stripe, sync } = account()
  const { prices, portalId } = await sync()
  await stripe.products.update('riwaq_plan_pro', { name: 'Changed by hand' })
  await stripe.billingPortal.configurations.update(portalId!, {
    features: { payment_method_update: { enabled: false } },
  })
  const [first] = prices
  await stripe.prices.update(first!.id, { active: false })
  const { changes } = await sync()
  expect(changes).toEqual(
    expect.arrayContaining([
      { kind: 'product', name: 'riwaq_plan_pro', action: 'update', fields: ['name'] },
      { kind: 'price', name: first!.wanted.lookupKey, action: 'update', fields: ['active'] },
      { kind: 'portal', name: 'portal', action: 'update', fields: ['payment_method_update'] },
    ]),
  )
  const other = seedCatalogue([])
  other.plans.find(({ id }) => id === 'pro')!.body.prices[0]!.amount_minor += 100
  expect((await sync({ catalogue: other })).warnings).toHaveLength(1)
})

test('the webhook endpoint is told exactly the events that are looked at', async () => {
  const { stripe, sync } = account()
  await sync()
  const { data } = await stripe.webhookEndpoints.list()
  expect(data.map(({ url }) => url)).toEqual(['https://ai.example.com/webhooks/stripe'])
  expect(data[0]!.enabled_events.toSorted()).toEqual([...handledEvents].toSorted())
  const body = JSON.stringify({
    data: { object: { id: 'x_1', customer: 'cus_1', subscription: 'sub_1', invoice: 'in_1' } },
  })
  const unseen = handledEvents.filter((type) => type !== 'invoice.upcoming' && targetsOf({ type, body }).length === 0)
  expect(unseen).toEqual([])
})

test('without an address that Stripe can reach there is no webhook endpoint', async () => {
  const { stripe, sync } = account()
  const { webhookSecret } = await sync({ publicUrl: null })
  expect(webhookSecret).toBeNull()
  expect((await stripe.webhookEndpoints.list()).data).toEqual([])
})

test('the rows that it writes name each price once, however often it is run', async () => {
  const { sync } = account()
  const { prices } = await sync()
  const database = createTestDatabase()
  for (const statement of [...priceStatements(prices), ...priceStatements(prices)])
    await database.prepare(statement).run()
  const { results } = await database.prepare('SELECT kind, item_id, amount_minor FROM stripe_prices').all()
  expect(results).toHaveLength(prices.length)
  expect(results).toContainEqual({ kind: 'overage', item_id: 'overage', amount_minor: 100 })
})

test('an empty database sells what a fresh platform sells', () => {
  expect(storedCatalogue({ plans: [], packs: [], coupons: [] })).toEqual(seedCatalogue([]))
  const { plans } = seedCatalogue([])
  const stored = plans.slice(0, 2).map((plan) => ({ ...plan, version: 7, body: JSON.stringify(plan.body) }))
  const read = storedCatalogue({ plans: stored, packs: [], coupons: [] })
  expect(read.plans.map(({ version }) => version)).toEqual([7, 7])
})

test('where tax is on, the account is told what is sold and that prices are before tax; once', async () => {
  const { sync, stripe } = account()
  const tax = { on: true, code: 'txcd_10103001' }
  await sync({ tax })
  expect((await stripe.tax.settings.retrieve()).defaults).toMatchObject({
    tax_code: tax.code,
    tax_behavior: 'exclusive',
  })
  expect((await sync({ tax })).changes).toEqual([])
})

test('a coupon gives either a share or an amount', () => {
  const coupon = { id: 'x', name: 'X', duration: 'once' }
  expect(Coupon.safeParse(coupon).success).toBe(false)
  expect(
    Coupon.safeParse({ ...coupon, percent_off: 10, amount_off: { currency: 'usd', amount_minor: 5 } }).success,
  ).toBe(false)
  expect(Coupon.safeParse({ ...coupon, percent_off: 10, duration: 'repeating' }).success).toBe(false)
})
