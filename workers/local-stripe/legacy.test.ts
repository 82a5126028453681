// What older versions of the API took as well: scripts that name no version still send it, the SDK is refused it.
import { beforeEach, describe, expect, test } from 'vitest'
import { apiVersion } from './api-version.ts'
import { startStripe } from './test-client.ts'

let api: ReturnType<typeof startStripe>
beforeEach(() => {
  api = startStripe()
})

interface Answer {
  status: number
  body: Record<string, unknown> & { id: string }
}

async function post(path: string, form: Record<string, string>, version?: string): Promise<Answer> {
  const answer = await api.fetch(`http://stripe.test${path}`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer sk_test_local',
      'content-type': 'application/x-www-form-urlencoded',
      ...(version && { 'stripe-version': version }),
    },
    body: new URLSearchParams(form).toString(),
  })
  return { status: answer.status, body: await answer.json() }
}

const eventsOf = async (type: string) => (await api.stripe.events.list({ type })).data

describe('the coupon of a customer', () => {
  const aCoupon = async (percent: number) => (await api.stripe.coupons.create({ percent_off: percent })).id

  test('is taken from whoever names no version, and becomes its discount', async () => {
    const coupon = await aCoupon(20)
    const { status, body } = await post('/v1/customers', { coupon })
    expect(status).toBe(200)
    expect(body).toMatchObject({ discount: { customer: body.id, source: { coupon } } })
    expect((await api.stripe.coupons.retrieve(coupon)).times_redeemed).toBe(1)
    expect(await eventsOf('customer.discount.created')).toHaveLength(1)
  })

  test('is taken from an older version, and unknown to the present one', async () => {
    const coupon = await aCoupon(20)
    expect((await post('/v1/customers', { coupon }, '2024-09-30.acacia')).status).toBe(200)
    const refused = await post('/v1/customers', { coupon }, apiVersion)
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({ error: { code: 'parameter_unknown', param: 'coupon' } })
  })

  test('gives way to another, and goes when it is emptied', async () => {
    const [first, second] = [await aCoupon(20), await aCoupon(30)]
    const { body: customer } = await post('/v1/customers', { coupon: first })
    const changed = await post(`/v1/customers/${customer.id}`, { coupon: second })
    expect(changed.body).toMatchObject({ discount: { source: { coupon: second } } })
    const [updated] = await eventsOf('customer.discount.updated')
    expect(updated?.data.previous_attributes).toMatchObject({ source: { coupon: first } })
    expect((await post(`/v1/customers/${customer.id}`, { coupon: '' })).body).toMatchObject({ discount: null })
    expect(await eventsOf('customer.discount.deleted')).toHaveLength(1)
  })

  test('may be taken away by its own call, once', async () => {
    const { body: customer } = await post('/v1/customers', { coupon: await aCoupon(20) })
    expect(await api.stripe.customers.deleteDiscount(customer.id)).toMatchObject({ object: 'discount', deleted: true })
    await expect(api.stripe.customers.deleteDiscount(customer.id)).rejects.toMatchObject({ code: 'resource_missing' })
  })
})

describe('the iterations of a phase', () => {
  async function schedule(version?: string): Promise<Answer> {
    const { id: customer } = await api.stripe.customers.create({ source: 'tok_visa' })
    const { id: price } = await api.stripe.prices.create({
      currency: 'usd',
      unit_amount: 1500,
      recurring: { interval: 'month' },
      product_data: { name: 'Pro' },
    })
    const phase = (index: number, quantity: number) => ({
      [`phases[${index}][iterations]`]: '2',
      [`phases[${index}][items][0][price]`]: price,
      [`phases[${index}][items][0][quantity]`]: String(quantity),
    })
    const form = { customer, start_date: 'now', ...phase(0, 1), ...phase(1, 2) }
    return post('/v1/subscription_schedules', form, version)
  }

  test('count periods for whoever names no version', async () => {
    const { status, body } = await schedule()
    expect(status).toBe(200)
    const at = (month: number) => Date.UTC(2026, month, 1, 12) / 1000
    expect(body).toMatchObject({ phases: [{ end_date: at(12) }, { start_date: at(12), end_date: at(14) }] })
  })

  test('are unknown to the present version, which says how long a phase lasts', async () => {
    const { body } = await schedule(apiVersion)
    expect(body).toMatchObject({ error: { code: 'parameter_unknown', param: 'phases[0][iterations]' } })
  })
})

describe('the coupon of a promotion code', () => {
  test('is taken from whoever names no version, and belongs into a promotion since', async () => {
    const { id: coupon } = await api.stripe.coupons.create({ percent_off: 20 })
    const { body } = await post('/v1/promotion_codes', { coupon })
    expect(body).toMatchObject({ promotion: { coupon, type: 'coupon' } })
    const refused = await post('/v1/promotion_codes', { coupon }, apiVersion)
    expect(refused.body).toMatchObject({ error: { code: 'parameter_unknown', param: 'coupon' } })
  })
})

describe('the types of payment methods', () => {
  const price = async () =>
    (await api.stripe.prices.create({ currency: 'eur', unit_amount: 1500, product_data: { name: 'Credit' } })).id

  test.each([
    ['/v1/payment_intents', async () => ({ amount: '100', currency: 'eur' })],
    ['/v1/setup_intents', async () => ({})],
    [
      '/v1/checkout/sessions',
      async () => ({
        mode: 'payment',
        success_url: 'https://riwaq.test/done',
        'line_items[0][price]': await price(),
        'line_items[0][quantity]': '1',
      }),
    ],
  ] as [string, () => Promise<Record<string, string>>][])(
    'of %s are named by older versions alone',
    async (path, given) => {
      const form = { ...(await given()), 'payment_method_types[]': 'sepa_debit' }
      expect((await post(path, form)).body).toMatchObject({ payment_method_types: ['sepa_debit'] })
      const { body } = await post(path, form, apiVersion)
      expect(body).toMatchObject({ error: { code: 'parameter_unknown', param: 'payment_method_types' } })
      const { 'payment_method_types[]': _, ...rest } = form
      const filtered = await post(path, { ...rest, 'allowed_payment_method_types[]': 'sepa_debit' }, apiVersion)
      expect(filtered.body).toMatchObject({ payment_method_types: ['sepa_debit'] })
    },
  )
})
