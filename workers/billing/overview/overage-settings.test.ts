import { expect, test } from 'vitest'
import { updateCustomer } from '../customers/customers-repository.ts'
import { subscribe } from '../paying.ts'
import { createBilling, ORGANIZATION, person } from '../testing.ts'

const put = (body: unknown) => ({ method: 'PUT', body })
const allowed = { enabled: true, cap_micros: 20_000_000 }

async function createSubscribed(wanted: Record<string, unknown> = {}) {
  const billing = createBilling()
  await updateCustomer({ organizationId: ORGANIZATION, change: { trialUsedAt: 1 }, ctx: billing.system })
  await subscribe(billing, wanted)
  billing.clock.advance(1)
  const items = async () => {
    const { data } = await billing.stripe.subscriptions.list({ limit: 1 })
    return data[0]!.items.data.map(({ price }) => price.metadata['riwaq_kind'])
  }
  return { ...billing, billing, items }
}

test('use beyond credit is allowed up to a cap, with a price that bills it, and the ledger knows', async () => {
  const { ask, ledgerOf, items, stripe } = await createSubscribed({ currency: 'sar' })
  expect((await ask('overage')).body).toMatchObject({ enabled: false, allowed: true, plan_cap_micros: 100_000_000 })
  expect(await ask('overage', put(allowed))).toMatchObject({ status: 200, body: allowed })
  expect(await ledgerOf(ORGANIZATION).plan()).toMatchObject({ overdraft: { kind: 'metered', capMicros: 20_000_000 } })
  expect((await items()).toSorted()).toEqual(['overage', 'plan'])
  const { data } = await stripe.prices.list({ lookup_keys: ['riwaq:overage:overage:1:month:sar'] })
  expect(String(data[0]!.unit_amount_decimal)).toBe('0.000375')
})

test('asked again it is arranged once, and taken back it is gone', async () => {
  const { ask, ledgerOf, items, clock } = await createSubscribed()
  await ask('overage', put(allowed))
  await ask('overage', put({ ...allowed, cap_micros: 30_000_000 }))
  expect(await items()).toHaveLength(2)
  clock.advance(1)
  await ask('overage', put({ enabled: false, cap_micros: 0 }))
  expect(await items()).toEqual(['plan'])
  expect(await ledgerOf(ORGANIZATION).plan()).toMatchObject({ overdraft: null })
})

test.each([
  [{ enabled: true, cap_micros: 0 }, 400, 'cap_micros'],
  [{ enabled: true, cap_micros: 100_000_001 }, 400, 'cap_micros'],
  [{ enabled: true, cap_micros: -1 }, 400, 'cap_micros'],
])('%j is refused, and nothing is used', async (wanted, status, param) => {
  const { ask, ledgerOf, items } = await createSubscribed()
  expect(await ask('overage', put(wanted))).toMatchObject({ status, body: { param } })
  expect(await ledgerOf(ORGANIZATION).plan()).toMatchObject({ overdraft: null })
  expect(await items()).toEqual(['plan'])
})

test('a plan without it says so', async () => {
  const { ask } = createBilling()
  expect(await ask('overage', put(allowed))).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('no use beyond credit') },
  })
  expect((await ask('overage')).body).toMatchObject({ allowed: false, plan_cap_micros: 0 })
})

test('while Stripe cannot be reached nothing is allowed that could not be billed', async () => {
  const { ask, billing, ledgerOf } = await createSubscribed()
  billing.failStripe(/prices|meters|subscription_items/)
  expect(await ask('overage', put(allowed))).toMatchObject({ status: 503 })
  expect(await ledgerOf(ORGANIZATION).plan()).toMatchObject({ overdraft: null })
  expect((await ask('overage')).body.enabled).toBe(false)
})

test('by the year instead of the month it goes on, with the price of the year', async () => {
  const { ask, billing, stripe } = await createSubscribed()
  await ask('overage', put(allowed))
  const wanted = { plan_id: 'pro', interval: 'year', seats: 1 }
  const { body: shown } = await ask('subscription/preview', { body: wanted })
  const { due_now_minor, proration_date } = shown
  expect(await ask('subscription/change', { body: { ...wanted, due_now_minor, proration_date } })).toMatchObject({
    body: { outcome: 'changed' },
  })
  const { data } = await stripe.subscriptions.list({ limit: 1 })
  expect(data[0]!.items.data.map(({ price }) => price.recurring?.interval)).toEqual(['year', 'year'])
  expect(billing.audits.map(({ action }) => action)).toEqual(['overage.updated', 'subscription.changed'])
})

test('a member decides nothing', async () => {
  const { ask } = createBilling()
  expect(await ask('overage', { ...put(allowed), as: person('admin') })).toMatchObject({ status: 403 })
})
