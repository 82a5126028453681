import { expect, test } from 'vitest'
import { refusalOf } from '../test-client.ts'
import { at, day, itemOf, startAccount } from './test-account.ts'

test('a subscription is paid at once and says what it was paid for', async () => {
  const { stripe, subscribe, types } = await startAccount()
  const subscription = await subscribe({ metadata: { organization_id: 'org_1' }, expand: ['latest_invoice.payments'] })
  expect(subscription).toMatchObject({ status: 'active', collection_method: 'charge_automatically' })
  expect(itemOf(subscription)).toMatchObject({
    current_period_start: at('2026-01-10T12:00:00Z'),
    current_period_end: at('2026-02-10T12:00:00Z'),
  })
  expect(subscription.latest_invoice).toMatchObject({
    status: 'paid',
    total: 2000,
    amount_paid: 2000,
    billing_reason: 'subscription_create',
    parent: { subscription_details: { subscription: subscription.id, metadata: { organization_id: 'org_1' } } },
    payments: { data: [{ status: 'paid', payment: { type: 'payment_intent' } }] },
  })
  expect(types()).toEqual(
    expect.arrayContaining([
      'customer.subscription.created',
      'invoice.created',
      'invoice.finalized',
      'invoice.paid',
      'invoice.payment_succeeded',
    ]),
  )
  expect((await stripe.subscriptions.list({ customer: subscription.customer as string })).data).toHaveLength(1)
})

test('months end as months end', async () => {
  const { stripe, subscribe, moveTo } = await startAccount({ start: '2026-01-31T10:00:00Z' })
  const { id } = await subscribe()
  const periodEnd = async () => itemOf(await stripe.subscriptions.retrieve(id)).current_period_end
  expect(await periodEnd()).toBe(at('2026-02-28T10:00:00Z'))
  moveTo('2026-02-28T10:00:00Z')
  expect(await periodEnd()).toBe(at('2026-03-31T10:00:00Z'))
  moveTo('2026-03-31T10:00:00Z')
  expect(await periodEnd()).toBe(at('2026-04-30T10:00:00Z'))
})

test('a renewal is drafted at the end of the period and paid an hour later', async () => {
  const { subscribe, moveTo, invoicesOf, eventsOf } = await startAccount()
  await subscribe()
  moveTo('2026-02-10T12:30:00Z')
  expect((await invoicesOf()).map(({ status, billing_reason: reason }) => [status, reason])).toEqual([
    ['paid', 'subscription_create'],
    ['draft', 'subscription_cycle'],
  ])
  moveTo('2026-02-10T13:00:01Z')
  const renewal = (await invoicesOf())[1]
  expect(renewal).toMatchObject({ status: 'paid', attempt_count: 1, amount_paid: 2000, number: expect.stringMatching(/-0002$/) })
  expect(renewal?.lines.data[0]).toMatchObject({
    amount: 2000,
    period: { start: at('2026-02-10T12:00:00Z'), end: at('2026-03-10T12:00:00Z') },
    parent: { type: 'subscription_item_details', subscription_item_details: { proration: false } },
  })
  expect(eventsOf('invoice.upcoming')).toHaveLength(1)
})

test('an upgrade costs what its preview said, to the cent', async () => {
  const { stripe, subscribe, moveTo, prices, time } = await startAccount()
  const subscription = await subscribe()
  moveTo('2026-01-20T17:23:45Z')
  const change = {
    items: [{ id: itemOf(subscription).id, price: prices.team.id, quantity: 3 }],
    proration_behavior: 'always_invoice' as const,
    proration_date: at('2026-01-20T17:20:00Z'),
  }
  const preview = await stripe.invoices.createPreview({ subscription: subscription.id, subscription_details: change })
  time.now += 60_000
  const upgraded = await stripe.subscriptions.update(subscription.id, {
    ...change,
    payment_behavior: 'pending_if_incomplete',
    expand: ['latest_invoice'],
  })
  expect(upgraded).toMatchObject({ pending_update: null, items: { data: [{ quantity: 3, price: { id: prices.team.id } }] } })
  const invoice = upgraded.latest_invoice as typeof preview
  expect(invoice).toMatchObject({ status: 'paid', billing_reason: 'subscription_update', total: preview.total })
  const shown = ({ amount, description, period }: (typeof preview.lines.data)[number]) => ({ amount, description, period })
  expect(invoice.lines.data.map(shown)).toEqual(preview.lines.data.map(shown))
  expect(preview.lines.data.map(({ amount }) => Math.sign(amount))).toEqual([-1, 1])
  expect(preview.parent?.subscription_details?.subscription_proration_date).toBe(change.proration_date)
})

test('prorations that are not invoiced at once come with the renewal, as the preview said', async () => {
  const { stripe, subscribe, moveTo, prices, invoicesOf } = await startAccount()
  const subscription = await subscribe()
  moveTo('2026-01-25T00:00:00Z')
  const change = {
    items: [{ id: itemOf(subscription).id, price: prices.team.id }],
    proration_date: at('2026-01-25T00:00:00Z'),
  }
  const preview = await stripe.invoices.createPreview({ subscription: subscription.id, subscription_details: change })
  await stripe.subscriptions.update(subscription.id, change)
  const upcoming = await stripe.invoices.createPreview({ customer: subscription.customer as string })
  expect([upcoming.total, upcoming.lines.data.length]).toEqual([preview.total, 3])
  moveTo('2026-02-10T13:00:00Z')
  expect((await invoicesOf()).at(-1)).toMatchObject({ total: preview.total, status: 'paid' })
})

test('without prorations the new price begins with the next period', async () => {
  const { stripe, subscribe, moveTo, prices, invoicesOf } = await startAccount()
  const subscription = await subscribe()
  moveTo('2026-01-25T00:00:00Z')
  const items = [{ id: itemOf(subscription).id, price: prices.team.id }]
  await stripe.subscriptions.update(subscription.id, { items, proration_behavior: 'none' })
  moveTo('2026-02-10T13:00:00Z')
  expect((await invoicesOf()).map(({ total }) => total)).toEqual([2000, 5000])
})

test('another interval begins a new period and is paid at once', async () => {
  const { stripe, subscribe, moveTo, prices } = await startAccount()
  const subscription = await subscribe()
  moveTo('2026-01-25T12:00:00Z')
  const items = [{ id: itemOf(subscription).id, price: prices.proYearly.id }]
  const preview = await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: { items, proration_behavior: 'always_invoice' },
  })
  const yearly = await stripe.subscriptions.update(subscription.id, {
    items,
    proration_behavior: 'always_invoice',
    expand: ['latest_invoice'],
  })
  expect(itemOf(yearly)).toMatchObject({
    current_period_start: at('2026-01-25T12:00:00Z'),
    current_period_end: at('2027-01-25T12:00:00Z'),
  })
  expect(yearly.billing_cycle_anchor).toBe(at('2026-01-25T12:00:00Z'))
  const unused = Math.round((2000 * 16) / 31)
  expect(yearly.latest_invoice).toMatchObject({ total: 20_000 - unused, status: 'paid' })
  expect(preview.total).toBe(20_000 - unused)
})

test('an upgrade that cannot be paid waits, and is made as soon as it is paid', async () => {
  const { stripe, subscribe, useCard, prices, eventsOf } = await startAccount()
  const subscription = await subscribe()
  await useCard('pm_card_chargeCustomerFail')
  const waiting = await stripe.subscriptions.update(subscription.id, {
    items: [{ id: itemOf(subscription).id, price: prices.team.id }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'pending_if_incomplete',
  })
  expect(waiting).toMatchObject({
    status: 'active',
    items: { data: [{ price: { id: prices.pro.id } }] },
    pending_update: { subscription_items: [{ price: { id: prices.team.id } }] },
  })
  const good = await stripe.paymentMethods.attach('pm_card_visa', { customer: subscription.customer as string })
  await stripe.invoices.pay(waiting.latest_invoice as string, { payment_method: good.id })
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    pending_update: null,
    items: { data: [{ price: { id: prices.team.id } }] },
  })
  expect(eventsOf('customer.subscription.pending_update_applied')).toHaveLength(1)
})

test('an upgrade that is never paid is forgotten with its invoice', async () => {
  const { stripe, subscribe, useCard, prices, moveTo, eventsOf } = await startAccount()
  const subscription = await subscribe()
  await useCard('pm_card_chargeCustomerFail')
  const waiting = await stripe.subscriptions.update(subscription.id, {
    items: [{ id: itemOf(subscription).id, price: prices.team.id }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'pending_if_incomplete',
  })
  moveTo('2026-01-12T12:00:00Z')
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    pending_update: null,
    items: { data: [{ price: { id: prices.pro.id } }] },
  })
  expect(await stripe.invoices.retrieve(waiting.latest_invoice as string)).toMatchObject({ status: 'void' })
  expect(eventsOf('customer.subscription.pending_update_expired')).toHaveLength(1)
})

test('a change that must be paid at once changes nothing when it cannot', async () => {
  const { stripe, subscribe, useCard, prices, invoicesOf } = await startAccount()
  const subscription = await subscribe()
  await useCard('pm_card_chargeCustomerFail')
  const refusal = await refusalOf(
    stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription).id, price: prices.team.id }],
      proration_behavior: 'always_invoice',
      payment_behavior: 'error_if_incomplete',
    }),
  )
  expect(refusal).toMatchObject({ statusCode: 402, code: 'card_declined' })
  expect(await invoicesOf()).toHaveLength(1)
})

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
  expect(eventsOf('customer.subscription.updated')[0]?.data.previous_attributes).toMatchObject({ cancel_at_period_end: false })
  moveTo('2026-02-10T11:59:59Z')
  expect(types()).not.toContain('customer.subscription.deleted')
  moveTo('2026-02-10T12:00:00Z')
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled', ended_at: at('2026-02-10T12:00:00Z') })
  expect(types()).toContain('customer.subscription.deleted')
  moveTo('2026-04-10T12:00:00Z')
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1)
})

test('who changes his mind stays', async () => {
  const { stripe, subscribe, moveTo } = await startAccount()
  const { id } = await subscribe({ cancel_at_period_end: true })
  await stripe.subscriptions.update(id, { cancel_at_period_end: false })
  moveTo('2026-02-10T14:00:00Z')
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active', cancel_at: null, canceled_at: null })
})

test('who leaves now gets the unused time as credit where that is asked for', async () => {
  const { stripe, subscribe, moveTo, customer } = await startAccount()
  const { id } = await subscribe()
  moveTo(at('2026-01-10T12:00:00Z') + 15.5 * day)
  const ended = await stripe.subscriptions.cancel(id, { prorate: true, invoice_now: true })
  expect(ended.status).toBe('canceled')
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -1000 })
  expect(await refusalOf(stripe.subscriptions.update(id, { cancel_at_period_end: true }))).toMatchObject({ statusCode: 400 })
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
      { items: [{ price: prices.pro.id, quantity: 1 }], duration: { interval: 'month', interval_count: 1 }, proration_behavior: 'none' },
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
  expect(
    await refusalOf(stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })),
  ).toMatchObject({ message: expect.stringContaining(schedule.id) })
  expect(await stripe.subscriptionSchedules.release(schedule.id)).toMatchObject({ status: 'released', subscription: null })
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
  const before = JSON.stringify(['invoice', 'invoiceitem', 'subscription', 'event'].map((type) => engine.store.list(type as 'invoice')))
  const details = { items: [{ id: itemOf(subscription).id, price: prices.team.id }] }
  for (const proration_behavior of ['always_invoice', 'create_prorations', 'none'] as const)
    await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { ...details, proration_behavior },
    })
  await stripe.invoices.createPreview({ customer: subscription.customer as string, subscription_details: { items: [{ price: prices.team.id }] } })
  expect(JSON.stringify(['invoice', 'invoiceitem', 'subscription', 'event'].map((type) => engine.store.list(type as 'invoice')))).toBe(before)
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
