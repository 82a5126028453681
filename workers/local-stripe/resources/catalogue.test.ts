import { expect, test } from 'vitest'
import { refusalOf, startStripe } from '../test-client.ts'

const monthly = { currency: 'usd', unit_amount: 2000, recurring: { interval: 'month' as const } }

test('a price is found by its lookup key, and the key moves only when that is asked for', async () => {
  const { stripe } = startStripe()
  const { id: product } = await stripe.products.create({ name: 'Pro', metadata: { riwaq_kind: 'plan' } })
  const first = await stripe.prices.create({ ...monthly, product, lookup_key: 'riwaq:plan:pro' })
  expect(await refusalOf(stripe.prices.create({ ...monthly, product, lookup_key: 'riwaq:plan:pro' }))).toMatchObject({
    param: 'lookup_key',
  })
  const second = await stripe.prices.create({
    ...monthly,
    product,
    lookup_key: 'riwaq:plan:pro',
    transfer_lookup_key: true,
  })
  const found = await stripe.prices.list({ lookup_keys: ['riwaq:plan:pro'], expand: ['data.product'] })
  expect(found.data).toMatchObject([{ id: second.id, product: { name: 'Pro' } }])
  expect(await stripe.prices.retrieve(first.id)).toMatchObject({ lookup_key: null })
})

test('parts of a cent are kept to their last digit', async () => {
  const { stripe, engine } = startStripe()
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount_decimal: (await import('stripe')).default.Decimal.from('0.0001'),
    product_data: { name: 'Overage' },
  })
  expect(price.unit_amount).toBeNull()
  expect(engine.store.get('price', price.id)?.unit_amount_decimal).toBe('0.0001')
})

test('what a price asks cannot be changed', async () => {
  const { stripe } = startStripe()
  const price = await stripe.prices.create({ ...monthly, product_data: { name: 'Pro' } })
  const change = { unit_amount: 1 } as Parameters<typeof stripe.prices.update>[1]
  expect(await refusalOf(stripe.prices.update(price.id, change))).toMatchObject({ code: 'parameter_unknown' })
  expect(await stripe.prices.update(price.id, { active: false })).toMatchObject({ active: false, unit_amount: 2000 })
})

test('a product with prices cannot be deleted, one without can', async () => {
  const { stripe } = startStripe()
  const sold = await stripe.products.create({ name: 'Pro', default_price_data: monthly })
  expect(sold.default_price).toMatch(/^price_/)
  expect(await refusalOf(stripe.products.del(sold.id))).toMatchObject({ statusCode: 400 })
  const unsold = await stripe.products.create({ name: 'Old', id: 'riwaq_old' })
  expect(await stripe.products.del(unsold.id)).toMatchObject({ deleted: true })
  expect(await refusalOf(stripe.products.retrieve('riwaq_old'))).toMatchObject({ code: 'resource_missing' })
})

test('a coupon is a share or an amount, never both, and a code names it', async () => {
  const { stripe } = startStripe()
  expect(await refusalOf(stripe.coupons.create({ percent_off: 10, amount_off: 100 }))).toMatchObject({
    statusCode: 400,
  })
  const coupon = await stripe.coupons.create({ percent_off: 12.5, duration: 'repeating', duration_in_months: 3 })
  const code = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'RIWAQ' })
  const found = await stripe.promotionCodes.list({ code: 'riwaq', expand: ['data.promotion.coupon'] })
  expect(found.data).toMatchObject([{ id: code.id, promotion: { coupon: { percent_off: 12.5 } } }])
})

test('a deleted customer says that it is deleted and can be changed no more', async () => {
  const { stripe } = startStripe()
  const { id } = await stripe.customers.create({ email: 'a@b.c' })
  expect(await stripe.customers.del(id)).toMatchObject({ id, deleted: true })
  expect(await stripe.customers.retrieve(id)).toMatchObject({ id, deleted: true })
  expect(await refusalOf(stripe.customers.update(id, { name: 'x' }))).toMatchObject({ code: 'resource_missing' })
  expect((await stripe.customers.list()).data).toEqual([])
})

test('a tax id that cannot be one is refused', async () => {
  const { stripe } = startStripe()
  const { id } = await stripe.customers.create({})
  expect(await refusalOf(stripe.customers.createTaxId(id, { type: 'sa_vat', value: '12' }))).toMatchObject({
    code: 'tax_id_invalid',
  })
  const made = await stripe.customers.createTaxId(id, { type: 'ae_trn', value: '100000000000003' })
  expect(await stripe.customers.deleteTaxId(id, made.id)).toMatchObject({ deleted: true })
})
