import { expect, test } from 'vitest'
import { refusalOf } from '../test-client.ts'
import { at, itemOf, startAccount } from './test-account.ts'

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
  expect(renewal).toMatchObject({
    status: 'paid',
    attempt_count: 1,
    amount_paid: 2000,
    number: expect.stringMatching(/-0002$/),
  })
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
  expect(upgraded).toMatchObject({
    pending_update: null,
    items: { data: [{ quantity: 3, price: { id: prices.team.id } }] },
  })
  const invoice = upgraded.latest_invoice as typeof preview
  expect(invoice).toMatchObject({ status: 'paid', billing_reason: 'subscription_update', total: preview.total })
  const shown = ({ amount, description, period }: (typeof preview.lines.data)[number]) => ({
    amount,
    description,
    period,
  })
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
