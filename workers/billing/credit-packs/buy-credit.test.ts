import { expect, test } from 'vitest'
import { updateCustomer } from '../customers/customers-repository.ts'
import { pay, sessionOf } from '../paying.ts'
import { createBilling, ORGANIZATION, person, type TestBilling } from '../testing.ts'

const buy = (billing: TestBilling, body: Record<string, unknown> = {}) =>
  billing.ask('credit-packs/credit-10/checkout', { body: { currency: 'usd', ...body } })

const sessions = async ({ stripe }: TestBilling) => (await stripe.checkout.sessions.list({ limit: 100 })).data

test('credit is bought on Stripe’s page, which knows whose it is, and comes with an invoice', async () => {
  const billing = createBilling()
  const { status, body } = await buy(billing, { quantity: 3, locale: 'ar' })
  expect(status).toBe(200)
  const session = await billing.stripe.checkout.sessions.retrieve(sessionOf(body.url))
  const metadata = {
    organization_id: ORGANIZATION,
    purpose: 'credit_pack',
    pack_id: 'credit-10',
    pack_version: '1',
    quantity: '3',
  }
  expect(session).toMatchObject({
    mode: 'payment',
    amount_total: 3_000,
    currency: 'usd',
    client_reference_id: ORGANIZATION,
    metadata,
    locale: 'auto',
    success_url: 'https://riwaq.example/ar/billing?session_id={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://riwaq.example/ar/billing?checkout=canceled',
    invoice_creation: { enabled: true, invoice_data: { metadata } },
  })
})

test('it leads back to where it began', async () => {
  const billing = createBilling()
  const { body } = await buy(billing, { return_path: '/en/chat?c=1#end' })
  const session = await billing.stripe.checkout.sessions.retrieve(sessionOf(body.url))
  expect(session.success_url).toBe('https://riwaq.example/en/chat?c=1&session_id={CHECKOUT_SESSION_ID}#end')
  for (const return_path of ['//evil.example', 'https://evil.example', '/a b'])
    expect(await buy(billing, { return_path })).toMatchObject({ status: 400, body: { param: 'return_path' } })
})

test('clicked twice, at once or one after the other, there is one page', async () => {
  const billing = createBilling()
  const answers = await Promise.all([1, 2, 3].map(() => buy(billing)))
  answers.push(await buy(billing))
  expect(new Set(answers.map(({ body }) => body.url)).size).toBe(1)
  expect(await sessions(billing)).toHaveLength(1)
})

test('something else closes the page before', async () => {
  const billing = createBilling()
  await buy(billing)
  await buy(billing, { quantity: 2 })
  expect((await sessions(billing)).map(({ status, amount_total }) => [status, amount_total]).toSorted()).toEqual([
    ['expired', 1_000],
    ['open', 2_000],
  ])
})

test('what was bought may be bought again', async () => {
  const billing = createBilling()
  const { body } = await buy(billing)
  expect(pay(billing, body.url)).toBe('complete')
  const again = await buy(billing)
  expect(again.status).toBe(200)
  expect(again.body.url).not.toBe(body.url)
})

test('a page that has expired is replaced', async () => {
  const billing = createBilling()
  const { body } = await buy(billing)
  await billing.stripe.checkout.sessions.expire(sessionOf(body.url))
  const again = await buy(billing)
  expect(again.body.url).not.toBe(body.url)
  billing.clock.advance(2 * 86_400_000)
  expect((await buy(billing)).body.url).not.toBe(again.body.url)
})

test.each([
  ['an unknown pack', 'credit-packs/nothing/checkout', { currency: 'usd' }, 404, undefined],
  ['a currency that it is not sold in', 'credit-packs/credit-10/checkout', { currency: 'jpy' }, 400, 'currency'],
  ['none of it', 'credit-packs/credit-10/checkout', { currency: 'usd', quantity: 0 }, 400, 'quantity'],
])('%s is refused, and Stripe is not asked', async (_name, path, body, status, param) => {
  const billing = createBilling()
  const answer = await billing.ask(path, { body })
  expect(answer.status).toBe(status)
  expect(answer.body.param).toBe(param)
  expect(billing.state.requests).toEqual([])
})

test('an organization that has paid in one currency is told so when it chooses another', async () => {
  const billing = createBilling()
  await buy(billing)
  await updateCustomer({ organizationId: ORGANIZATION, change: { currency: 'eur' }, ctx: billing.system })
  expect(await buy(billing)).toMatchObject({
    status: 409,
    body: { code: 'conflict', param: 'currency', detail: expect.stringContaining('EUR'), facts: { currency: 'eur' } },
  })
  expect((await buy(billing, { currency: 'eur' })).status).toBe(200)
})

test('a member never pays', async () => {
  const billing = createBilling()
  for (const role of ['admin', 'member', 'viewer'] as const)
    expect(
      await billing.ask('credit-packs/credit-10/checkout', { body: { currency: 'usd' }, as: person(role) }),
    ).toMatchObject({ status: 403 })
  expect(billing.state.requests).toEqual([])
})

test('while Stripe cannot be reached nothing is begun, and the next click finds its way', async () => {
  const billing = createBilling()
  for (const pattern of [/customers/, /prices/, /POST \/v1\/checkout/]) {
    billing.failStripe(pattern)
    expect(await buy(billing), String(pattern)).toMatchObject({ status: 503, body: { code: 'service_unavailable' } })
    billing.failStripe(null)
  }
  expect((await buy(billing)).status).toBe(200)
  expect(await sessions(billing)).toHaveLength(1)
})

test('a page that was made but not heard of is found by the next click', async () => {
  const billing = createBilling()
  const { fetch } = billing.local
  let isLost = true
  billing.local.fetch = async (input, init) => {
    const request = new Request(input, init)
    const answer = await fetch(request)
    if (isLost && request.method === 'POST' && request.url.endsWith('/v1/checkout/sessions')) throw new Error('lost')
    return answer
  }
  expect((await buy(billing)).status).toBe(503)
  isLost = false
  expect((await buy(billing)).status).toBe(200)
  expect(await sessions(billing)).toHaveLength(1)
})

test('two people who choose differently at once have one open page between them', async () => {
  const billing = createBilling()
  const answers = await Promise.all([buy(billing), buy(billing, { quantity: 2 })])
  const open = (await sessions(billing)).filter(({ status }) => status === 'open')
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
  for (const { status } of answers) expect([200, 409]).toContain(status)
  expect(open).toHaveLength(1)
})
