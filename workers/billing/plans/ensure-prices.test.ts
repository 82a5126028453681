import { expect, test } from 'vitest'
import { createBilling } from '../testing.ts'
import { ensurePrice, lookupKeyOf, wantedOfPack, wantedOfPlan, type Wanted } from './ensure-prices.ts'
import { listPacks } from './packs-repository.ts'
import { listPlans } from './plans-repository.ts'
import { findPriceOf } from './prices-repository.ts'

const wanted: Wanted = {
  item: { kind: 'plan', itemId: 'pro', version: 1, interval: 'month', currency: 'sar' },
  name: { en: 'Pro', ar: 'الاحترافية' },
  amountMinor: 7_500,
}
const KEY = 'riwaq:plan:pro:1:month:sar'

test('a price that nobody has made is made when it is first sold, and says what it sells', async () => {
  const { system, stripe } = createBilling()
  const id = await ensurePrice({ wanted, ctx: system })
  const price = await stripe.prices.retrieve(id)
  expect(price).toMatchObject({
    lookup_key: KEY,
    currency: 'sar',
    unit_amount: 7_500,
    recurring: { interval: 'month' },
    metadata: { riwaq_kind: 'plan', riwaq_item: 'pro', riwaq_version: '1' },
    tax_behavior: 'exclusive',
  })
  expect(await stripe.products.retrieve(price.product as string)).toMatchObject({ id: 'riwaq_plan_pro', name: 'Pro' })
  expect(await findPriceOf({ item: wanted.item, ctx: system })).toMatchObject({ id, amountMinor: 7_500 })
})

test('the same again, or at once by several, makes nothing more', async () => {
  const { system, stripe } = createBilling()
  const ids = await Promise.all([1, 2, 3].map(() => ensurePrice({ wanted, ctx: system })))
  ids.push(await ensurePrice({ wanted, ctx: system }))
  expect(new Set(ids).size).toBe(1)
  expect((await stripe.prices.list({ limit: 100 })).data).toHaveLength(1)
})

test('a price whose row was lost is found by its name', async () => {
  const { system, stripe, env } = createBilling()
  const id = await ensurePrice({ wanted, ctx: system })
  await env.DB.exec('DELETE FROM stripe_prices')
  expect(await ensurePrice({ wanted, ctx: system })).toBe(id)
  expect((await stripe.prices.list({ limit: 100 })).data).toHaveLength(1)
})

test.each([
  ['is sold no more', false],
  ['has another amount', true],
])('a price that %s at Stripe is made anew, under the same name, and that is logged', async (_name, isOther) => {
  const { system, stripe } = createBilling()
  const lines: string[] = []
  Object.assign(system, { logger: { ...system.logger, warn: (event: string) => void lines.push(event) } })
  const id = await ensurePrice({ wanted, ctx: system })
  if (isOther) {
    const { product } = await stripe.prices.retrieve(id)
    await stripe.prices.create({
      product: product as string,
      currency: 'sar',
      unit_amount: 1,
      recurring: { interval: 'month' },
      lookup_key: KEY,
      transfer_lookup_key: true,
    })
    await system.db.$client.exec('DELETE FROM stripe_prices')
  } else await stripe.prices.update(id, { active: false })
  const next = await ensurePrice({ wanted, ctx: system })
  expect(next).not.toBe(id)
  expect(await stripe.prices.retrieve(next)).toMatchObject({ active: true, unit_amount: 7_500, lookup_key: KEY })
  expect(await findPriceOf({ item: wanted.item, ctx: system })).toMatchObject({ id: next })
  expect(lines).toEqual(['stripe-price-replaced'])
})

test('a price that vanished is made anew', async () => {
  const { system, env } = createBilling()
  await ensurePrice({ wanted, ctx: system })
  await env.DB.exec("UPDATE stripe_prices SET id = 'price_of_another_account'")
  const again = await ensurePrice({ wanted, ctx: system })
  expect(again).not.toBe('price_of_another_account')
})

test('what Stripe refuses to sell is told as that, and what cannot be asked as that', async () => {
  const { system, state, failStripe } = createBilling()
  state.fault = ({ method, path }) =>
    method === 'POST' && path === '/v1/prices'
      ? Response.json({ error: { type: 'invalid_request_error', message: 'Invalid currency: sar' } }, { status: 400 })
      : null
  await expect(ensurePrice({ wanted, ctx: system })).rejects.toMatchObject({ code: 'conflict' })
  failStripe(/prices/)
  await expect(ensurePrice({ wanted, ctx: system })).rejects.toMatchObject({ code: 'service_unavailable' })
})

test('an answer that is no price is not taken for one', async () => {
  const { system, state } = createBilling()
  state.fault = ({ path }) => (path === '/v1/prices' ? Response.json({ message: 'Not Found' }, { status: 404 }) : null)
  await expect(ensurePrice({ wanted, ctx: system })).rejects.toMatchObject({ code: 'service_unavailable' })
})

test('everything that is sold has its price: a pack once, a plan by the month and by the year', async () => {
  const { system, stripe } = createBilling()
  const [plans, packs] = [await listPlans({ ctx: system }), await listPacks({ ctx: system })]
  expect([plans.flatMap(wantedOfPlan).length, packs.flatMap(wantedOfPack).length]).toEqual([2 * 12, 3 * 6])
  for (const each of packs.flatMap(wantedOfPack)) await ensurePrice({ wanted: each, ctx: system })
  const key = lookupKeyOf({ kind: 'credit_pack', itemId: 'credit-10', version: 1, interval: 'once', currency: 'kwd' })
  const { data } = await stripe.prices.list({ lookup_keys: [key] })
  expect(data).toMatchObject([{ type: 'one_time', unit_amount: 3_080 }])
})
