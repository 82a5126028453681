import { expect, test } from 'vitest'
import { subscribe } from '../paying.ts'
import { createBilling, ORGANIZATION, type TestBilling } from '../testing.ts'

const details = {
  name: 'شركة رحلة',
  email: 'billing@rihla.example',
  locale: 'ar',
  address: { line1: 'King Road 1', line2: null, city: 'Riyadh', state: null, postal_code: '11564', country: 'SA' },
  tax_id: { type: 'sa_vat', value: '3000 0000 0000 003' },
}

const put = (body: unknown) => ({ method: 'PUT', body })

const customers = async ({ stripe }: TestBilling) => (await stripe.customers.list({ limit: 100 })).data

test('who pays is told to Stripe, kept and shown, with its number as it is written', async () => {
  const billing = createBilling()
  const saved = { ...details, tax_id: { type: 'sa_vat', value: '300000000000003' } }
  expect(await billing.ask('details', put(details))).toMatchObject({ status: 200, body: saved })
  expect((await billing.ask('details')).body).toEqual(saved)
  const [customer] = await customers(billing)
  expect(customer).toMatchObject({
    name: 'شركة رحلة',
    email: 'billing@rihla.example',
    preferred_locales: ['ar'],
    address: { city: 'Riyadh', country: 'SA' },
    metadata: { organization_id: ORGANIZATION },
  })
  const { data } = await billing.stripe.customers.listTaxIds(customer!.id)
  expect(data).toMatchObject([{ type: 'sa_vat', value: '300000000000003' }])
  expect(billing.audits).toMatchObject([
    { action: 'billing-details.updated', targetId: customer!.id, facts: { country: 'SA', tax_id_type: 'sa_vat' } },
  ])
})

test('another number replaces the one before, the same again is left as it is, and none takes it away', async () => {
  const billing = createBilling()
  await billing.ask('details', put(details))
  const [customer] = await customers(billing)
  const taxIds = async () => (await billing.stripe.customers.listTaxIds(customer!.id)).data
  const [first] = await taxIds()
  await billing.ask('details', put({ ...details, name: 'Rihla' }))
  expect(await taxIds()).toMatchObject([{ id: first!.id }])
  await billing.ask('details', put({ ...details, tax_id: { type: 'ae_trn', value: '100123456789012' } }))
  expect(await taxIds()).toMatchObject([{ type: 'ae_trn' }])
  await billing.ask('details', put({ ...details, tax_id: null }))
  expect(await taxIds()).toEqual([])
})

test('a number that cannot be one is refused at its field, before Stripe is asked', async () => {
  const billing = createBilling()
  const wrong = { ...details, tax_id: { type: 'sa_vat', value: '1' } }
  expect(await billing.ask('details', put(wrong))).toMatchObject({ status: 400, body: { param: 'tax_id.value' } })
  expect(billing.state.requests).toEqual([])
})

test('a number that Stripe does not take is refused at its field, and the one before stands', async () => {
  const billing = createBilling()
  await billing.ask('details', put(details))
  billing.state.fault = ({ method, path }) =>
    method === 'POST' && path.endsWith('/tax_ids')
      ? Response.json(
          { error: { type: 'invalid_request_error', code: 'tax_id_invalid', message: 'no' } },
          { status: 400 },
        )
      : null
  const next = { ...details, tax_id: { type: 'ae_trn', value: '100123456789012' } }
  expect(await billing.ask('details', put(next))).toMatchObject({ status: 400, body: { param: 'tax_id.value' } })
  expect((await billing.ask('details')).body.tax_id).toEqual({ type: 'sa_vat', value: '300000000000003' })
})

test('a customer that was deleted at Stripe is made again, with what was known of it, and that is told', async () => {
  const billing = createBilling()
  await billing.ask('details', put(details))
  const [customer] = await customers(billing)
  await billing.stripe.customers.del(customer!.id)
  expect(await billing.ask('details', put(details))).toMatchObject({ status: 200 })
  const [next] = await customers(billing)
  expect(next!.id).not.toBe(customer!.id)
  expect(next).toMatchObject({ name: 'شركة رحلة' })
  const told = await billing.env.DB.prepare('SELECT kind, state, subject_id FROM discrepancies').all()
  expect(told.results).toEqual([{ kind: 'customer_deleted', state: 'repaired', subject_id: customer!.id }])
})

test('what was said on Stripe’s pages is shown here, and saving something else does not lose it', async () => {
  const billing = createBilling({ STRIPE_SECRET_KEY: 'sk_test_local', STRIPE_TAX: 'on' })
  await subscribe(billing)
  const said = (await billing.ask('details')).body
  expect(said).toMatchObject({ locale: 'ar', address: { city: 'Riyadh', country: 'SA' } })
  await billing.ask('details', put({ ...said, name: 'Rihla LLC' }))
  const [customer] = await customers(billing)
  expect(customer).toMatchObject({ name: 'Rihla LLC', address: { city: 'Riyadh' } })
  await billing.stripe.customers.createTaxId(customer!.id, { type: 'sa_vat', value: '300000000000003' })
  await billing.ask('sync', { body: {} })
  expect((await billing.ask('details')).body.tax_id).toEqual({ type: 'sa_vat', value: '300000000000003' })
})

test('clicked twice at once, there is one customer', async () => {
  const billing = createBilling()
  const answers = await Promise.all([1, 2, 3].map(() => billing.ask('details', put(details))))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(await customers(billing)).toHaveLength(1)
})

test.each([/POST \/v1\/customers$/, /tax_ids/, /POST \/v1\/customers\/cus_/])(
  'while Stripe cannot be reached (%s) nothing is kept, and it is no fault of the caller’s',
  async (pattern) => {
    const billing = createBilling()
    billing.failStripe(pattern)
    expect(await billing.ask('details', put(details))).toMatchObject({
      status: 503,
      body: { code: 'service_unavailable' },
    })
    expect((await billing.ask('details')).body.name).toBe('Rihla')
    billing.failStripe(null)
    expect(await billing.ask('details', put(details))).toMatchObject({ status: 200 })
    expect(await customers(billing)).toHaveLength(1)
  },
)
