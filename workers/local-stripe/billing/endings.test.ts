import { expect, test } from 'vitest'
import { refusalOf } from '../test-client.ts'
import { at, day, itemOf, startAccount } from './test-account.ts'

test('a subscription that ends with its period ends then, and not when it was asked', async () => {
  const { stripe, subscribe, moveTo, types, eventsOf } = await startAccount()
  const { id } = await subscribe()
  const leaving = await stripe.subscriptions.update(id, {
    cancel_at_period_end: true,
    cancellation_details: { feedback: 'too_expensive', comment: 'later' },
  })
  expect(leaving).toMatchObject({
    status: 'active',
    cancel_at: at('2026-02-10T12:00:00Z'),
    cancellation_details: { feedback: 'too_expensive', reason: 'cancellation_requested' },
  })
  expect(eventsOf('customer.subscription.updated')[0]?.data.previous_attributes).toMatchObject({
    cancel_at_period_end: false,
  })
  moveTo('2026-02-10T11:59:59Z')
  expect(types()).not.toContain('customer.subscription.deleted')
  moveTo('2026-02-10T12:00:00Z')
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
    status: 'canceled',
    ended_at: at('2026-02-10T12:00:00Z'),
  })
  expect(types()).toContain('customer.subscription.deleted')
  moveTo('2026-04-10T12:00:00Z')
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1)
})

test('who changes his mind stays', async () => {
  const { stripe, subscribe, moveTo } = await startAccount()
  const { id } = await subscribe({ cancel_at_period_end: true })
  await stripe.subscriptions.update(id, { cancel_at_period_end: false })
  moveTo('2026-02-10T14:00:00Z')
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
    status: 'active',
    cancel_at: null,
    canceled_at: null,
  })
})

test('who leaves now gets the unused time as credit where that is asked for', async () => {
  const { stripe, subscribe, moveTo, customer } = await startAccount()
  const { id } = await subscribe()
  moveTo(at('2026-01-10T12:00:00Z') + 15.5 * day)
  const ended = await stripe.subscriptions.cancel(id, { prorate: true, invoice_now: true })
  expect(ended.status).toBe('canceled')
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -1000 })
  expect(await refusalOf(stripe.subscriptions.update(id, { cancel_at_period_end: true }))).toMatchObject({
    statusCode: 400,
  })
  expect((await refusalOf(stripe.subscriptions.cancel(id))).statusCode).toBe(404)
})

test('a downgrade by schedule changes what the next period costs', async () => {
  const { stripe, subscribe, moveTo, prices, invoicesOf, types } = await startAccount()
  const subscription = await subscribe({ items: [{ price: prices.team.id, quantity: 2 }] })
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id })
  const [present] = schedule.phases
  await stripe.subscriptionSchedules.update(schedule.id, {
    end_behavior: 'release',
    phases: [
      {
        items: [{ price: prices.team.id, quantity: 2 }],
        start_date: present?.start_date,
        end_date: present?.end_date,
      },
      {
        items: [{ price: prices.pro.id, quantity: 1 }],
        duration: { interval: 'month', interval_count: 1 },
        proration_behavior: 'none',
      },
    ],
  })
  const preview = await stripe.invoices.createPreview({ schedule: schedule.id })
  expect(preview.total).toBe(2000)
  moveTo('2026-02-10T13:00:00Z')
  const after = await stripe.subscriptions.retrieve(subscription.id)
  expect(itemOf(after)).toMatchObject({ id: itemOf(subscription).id, price: { id: prices.pro.id }, quantity: 1 })
  expect((await invoicesOf()).map(({ total }) => total)).toEqual([10_000, 2000])
  moveTo('2026-03-10T13:00:00Z')
  expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({
    status: 'released',
    released_subscription: subscription.id,
  })
  expect(types()).toEqual(expect.arrayContaining(['subscription_schedule.created', 'subscription_schedule.released']))
  expect((await invoicesOf()).map(({ total }) => total)).toEqual([10_000, 2000, 2000])
})

test('a schedule that is released changes nothing', async () => {
  const { stripe, subscribe, moveTo, invoicesOf } = await startAccount()
  const subscription = await subscribe()
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id })
  expect(await refusalOf(stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true }))).toMatchObject({
    message: expect.stringContaining(schedule.id),
  })
  expect(await stripe.subscriptionSchedules.release(schedule.id)).toMatchObject({
    status: 'released',
    subscription: null,
  })
  moveTo('2026-02-10T13:00:00Z')
  expect((await invoicesOf()).map(({ total }) => total)).toEqual([2000, 2000])
  expect((await stripe.subscriptions.retrieve(subscription.id)).schedule).toBeNull()
})

test('a subscription that a schedule begins is collected an hour later', async () => {
  const { stripe, prices, customer, moveTo, invoicesOf } = await startAccount()
  const schedule = await stripe.subscriptionSchedules.create({
    customer: customer.id,
    start_date: at('2026-02-01T00:00:00Z'),
    phases: [{ items: [{ price: prices.pro.id }], duration: { interval: 'month' } }],
  })
  expect(schedule).toMatchObject({ status: 'not_started', subscription: null })
  moveTo('2026-02-01T00:30:00Z')
  expect(await stripe.subscriptionSchedules.retrieve(schedule.id, { expand: ['subscription'] })).toMatchObject({
    status: 'active',
    subscription: { status: 'active', schedule: schedule.id },
  })
  moveTo('2026-02-01T01:00:00Z')
  expect(await invoicesOf()).toMatchObject([{ status: 'paid', total: 2000 }])
})

test('a step from free to paid begins a period of its own', async () => {
  const { stripe, subscribe, prices, moveTo } = await startAccount()
  const free = await subscribe({ items: [{ price: prices.free.id }] })
  moveTo('2026-01-20T00:00:00Z')
  const paid = await stripe.subscriptions.update(free.id, {
    items: [{ id: itemOf(free).id, price: prices.pro.id }],
    expand: ['latest_invoice'],
  })
  expect(itemOf(paid).current_period_start).toBe(at('2026-01-20T00:00:00Z'))
  expect(paid.latest_invoice).toMatchObject({ status: 'paid', total: 2000 })
})

test('what a preview looks at stays as it was', async () => {
  const { stripe, engine, subscribe, prices } = await startAccount()
  const subscription = await subscribe({ automatic_tax: { enabled: true } })
  const before = JSON.stringify(
    ['invoice', 'invoiceitem', 'subscription', 'event'].map((type) => engine.store.list(type as 'invoice')),
  )
  const details = { items: [{ id: itemOf(subscription).id, price: prices.team.id }] }
  for (const proration_behavior of ['always_invoice', 'create_prorations', 'none'] as const)
    await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { ...details, proration_behavior },
    })
  await stripe.invoices.createPreview({
    customer: subscription.customer as string,
    subscription_details: { items: [{ price: prices.team.id }] },
  })
  expect(
    JSON.stringify(
      ['invoice', 'invoiceitem', 'subscription', 'event'].map((type) => engine.store.list(type as 'invoice')),
    ),
  ).toBe(before)
})

test('foreign, unknown and contradictory requests are refused', async () => {
  const { stripe, subscribe, prices, customer } = await startAccount()
  const subscription = await subscribe()
  const item = itemOf(subscription).id
  const refused = [
    stripe.subscriptions.update(subscription.id, { items: [{ id: 'si_none', price: prices.team.id }] }),
    stripe.subscriptions.update(subscription.id, { items: [{ price: prices.pro.id }] }),
    stripe.subscriptions.update(subscription.id, { items: [{ id: item, deleted: true }] }),
    stripe.subscriptions.update(subscription.id, { items: [{ id: item, price: prices.team.id }], proration_date: 1 }),
    stripe.subscriptions.update(subscription.id, { payment_behavior: 'pending_if_incomplete', description: 'x' }),
    stripe.subscriptions.create({ customer: customer.id, items: [{ price: 'price_none' }] }),
    stripe.subscriptions.create({ customer: customer.id, items: [] }),
    stripe.invoices.createPreview({}),
  ]
  for (const promise of refused) expect((await refusalOf(promise)).statusCode).toBe(400)
  expect(await refusalOf(stripe.subscriptions.retrieve('sub_none'))).toMatchObject({ statusCode: 404 })
})

test('nothing goes on for a customer who is deleted, and the clock of the others does', async () => {
  const { stripe, subscribe, customer, moveTo, engine } = await startAccount()
  const { id } = await subscribe()
  const invoice = await stripe.invoices.create({ customer: customer.id, currency: 'usd', auto_advance: true })
  const other = await stripe.customers.create({})
  const stuck = await stripe.invoices.create({ customer: other.id, currency: 'usd', auto_advance: true })
  await stripe.customers.del(customer.id)
  engine.store.remove('customer', other.id)
  moveTo('2026-03-10T12:00:00Z')
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled' })
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'draft', auto_advance: false })
  expect(await stripe.invoices.retrieve(stuck.id)).toMatchObject({
    last_finalization_error: { code: 'resource_missing' },
  })
})
