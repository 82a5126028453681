import { expect, test } from 'vitest'
import { refusalOf } from '../test-client.ts'
import { setAfterRetries } from './dunning.ts'
import { at, day, itemOf, startAccount } from './test-account.ts'

test('a trial costs nothing, is announced three days before it ends, and is then paid', async () => {
  const { stripe, subscribe, moveTo, invoicesOf, types } = await startAccount()
  const trial = await subscribe({ trial_period_days: 14 })
  expect(trial).toMatchObject({ status: 'trialing', trial_end: at('2026-01-24T12:00:00Z') })
  expect(await invoicesOf()).toMatchObject([{ status: 'paid', total: 0, billing_reason: 'subscription_create' }])
  moveTo('2026-01-21T11:59:59Z')
  expect(types()).not.toContain('customer.subscription.trial_will_end')
  moveTo('2026-01-21T12:00:00Z')
  expect(types()).toContain('customer.subscription.trial_will_end')
  moveTo('2026-01-24T13:00:00Z')
  const active = await stripe.subscriptions.retrieve(trial.id)
  expect(active).toMatchObject({ status: 'active' })
  expect(itemOf(active).current_period_end).toBe(at('2026-02-24T12:00:00Z'))
  expect((await invoicesOf())[1]).toMatchObject({ status: 'paid', total: 2000, billing_reason: 'subscription_cycle' })
})

test.each([
  ['cancel', 'canceled'],
  ['pause', 'paused'],
] as const)('a trial without a card ends as its settings say: %s', async (missing, status) => {
  const { stripe, subscribe, moveTo } = await startAccount({ card: '' })
  const { id } = await subscribe({
    trial_period_days: 7,
    trial_settings: { end_behavior: { missing_payment_method: missing } },
  })
  moveTo('2026-01-17T14:00:00Z')
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status })
})

test('a paused subscription goes on with a period that begins when it is resumed', async () => {
  const { stripe, subscribe, moveTo, useCard } = await startAccount({ card: '' })
  const { id } = await subscribe({
    trial_period_days: 7,
    trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
  })
  moveTo('2026-01-20T00:00:00Z')
  await useCard('pm_card_visa')
  const resumed = await stripe.subscriptions.resume(id)
  expect(resumed.status).toBe('active')
  expect(itemOf(resumed).current_period_start).toBe(at('2026-01-20T00:00:00Z'))
})

test('a trial that is ended by hand is paid at once', async () => {
  const { stripe, subscribe, moveTo } = await startAccount()
  const trial = await subscribe({ trial_period_days: 14 })
  moveTo('2026-01-15T00:00:00Z')
  const active = await stripe.subscriptions.update(trial.id, { trial_end: 'now', expand: ['latest_invoice'] })
  expect(active).toMatchObject({ status: 'active', trial_end: at('2026-01-15T00:00:00Z') })
  expect(active.latest_invoice).toMatchObject({ status: 'paid', total: 2000 })
})

test('a first payment that fails leaves an incomplete subscription, which expires', async () => {
  const { stripe, subscribe, moveTo, types } = await startAccount({ card: 'pm_card_chargeCustomerFail' })
  const subscription = await subscribe({ expand: ['latest_invoice.payments'] })
  expect(subscription).toMatchObject({ status: 'incomplete', latest_invoice: { status: 'open', attempt_count: 1 } })
  expect(types()).toContain('invoice.payment_failed')
  moveTo('2026-01-11T12:00:00Z')
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'incomplete_expired' })
})

test('a bank that asks is told to whoever collects, and an answer completes the subscription', async () => {
  const { stripe, engine, subscribe, types } = await startAccount({ card: 'pm_card_threeDSecure2Required' })
  const subscription = await subscribe({ off_session: false, expand: ['latest_invoice.confirmation_secret'] })
  expect(subscription).toMatchObject({
    status: 'incomplete',
    latest_invoice: { confirmation_secret: { client_secret: expect.stringContaining('_secret_') } },
  })
  expect(types()).toContain('invoice.payment_action_required')
  const { answerAuthentication } = await import('../payments/intents.ts')
  answerAuthentication(engine, engine.store.list('payment_intent')[0]?.id ?? '', true)
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'active' })
})

test('without a card nothing can be subscribed to that costs anything', async () => {
  const { subscribe, prices, invoicesOf } = await startAccount({ card: '' })
  expect(await refusalOf(subscribe())).toMatchObject({ code: 'resource_missing' })
  expect(await subscribe({ items: [{ price: prices.free.id }] })).toMatchObject({ status: 'active' })
  expect(await invoicesOf()).toMatchObject([{ status: 'paid', total: 0 }])
  expect(await subscribe({ payment_behavior: 'default_incomplete' })).toMatchObject({ status: 'incomplete' })
})

test('a renewal that fails is tried again after three, five and seven days, then the subscription ends', async () => {
  const { stripe, subscribe, useCard, moveTo, invoicesOf, eventsOf } = await startAccount()
  const { id } = await subscribe()
  await useCard('pm_card_chargeCustomerFail')
  const failed = at('2026-02-10T13:00:00Z')
  moveTo(failed)
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' })
  expect((await invoicesOf())[1]).toMatchObject({
    status: 'open',
    attempt_count: 1,
    next_payment_attempt: failed + 3 * day,
  })
  moveTo(failed + 3 * day)
  expect((await invoicesOf())[1]).toMatchObject({ attempt_count: 2, next_payment_attempt: failed + 8 * day })
  moveTo(failed + 8 * day)
  moveTo(failed + 15 * day)
  expect((await invoicesOf())[1]).toMatchObject({ status: 'open', attempt_count: 4, next_payment_attempt: null })
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
    status: 'canceled',
    cancellation_details: { reason: 'payment_failed' },
  })
  expect(eventsOf('invoice.payment_failed')).toHaveLength(4)
})

test.each(['unpaid', 'past_due'] as const)('an account may have it end as %s instead', async (fate) => {
  const { stripe, engine, subscribe, useCard, moveTo } = await startAccount()
  setAfterRetries(engine, fate)
  const { id } = await subscribe()
  await useCard('pm_card_chargeCustomerFail')
  moveTo('2026-02-27T00:00:00Z')
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: fate })
})

test('a retry with a better card restores the subscription', async () => {
  const { stripe, subscribe, useCard, moveTo, invoicesOf } = await startAccount()
  const { id } = await subscribe()
  await useCard('pm_card_chargeCustomerFail')
  moveTo('2026-02-10T13:00:00Z')
  await useCard('pm_card_visa')
  moveTo('2026-02-13T13:00:00Z')
  expect((await invoicesOf())[1]).toMatchObject({ status: 'paid', attempt_count: 2, next_payment_attempt: null })
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' })
})

test('an invoice that is paid by hand restores the subscription at once', async () => {
  const { stripe, subscribe, useCard, moveTo, invoicesOf } = await startAccount()
  const { id } = await subscribe()
  await useCard('pm_card_chargeCustomerFail')
  moveTo('2026-02-10T13:00:00Z')
  const [, open] = await invoicesOf()
  expect(await refusalOf(stripe.invoices.pay(open?.id ?? ''))).toMatchObject({ statusCode: 402, code: 'card_declined' })
  const good = await useCard('pm_card_visa')
  expect(await stripe.invoices.pay(open?.id ?? '', { payment_method: good.id })).toMatchObject({ status: 'paid' })
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' })
  expect(await refusalOf(stripe.invoices.pay(open?.id ?? ''))).toMatchObject({ message: 'Invoice is already paid' })
})

test('an invoice that is sent becomes overdue when nobody pays it', async () => {
  const { stripe, subscribe, moveTo, types } = await startAccount({ card: '' })
  const { id, latest_invoice: first } = await subscribe({ collection_method: 'send_invoice', days_until_due: 10 })
  moveTo('2026-01-10T14:00:00Z')
  expect(await stripe.invoices.retrieve(first as string)).toMatchObject({
    status: 'open',
    due_date: at('2026-01-20T12:00:00Z'),
  })
  expect(types()).toContain('invoice.sent')
  moveTo('2026-01-21T00:00:00Z')
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' })
  await stripe.invoices.pay(first as string, { paid_out_of_band: true })
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' })
})

test('a trial of two days is announced at once, and once', async () => {
  const { subscribe, types, moveTo } = await startAccount()
  await subscribe({ trial_period_days: 2 })
  expect(types()).toContain('customer.subscription.trial_will_end')
  moveTo('2026-01-13T00:00:00Z')
  expect(types().filter((type) => type === 'customer.subscription.trial_will_end')).toHaveLength(1)
})
