// What a schedule says of its end: it ran through, or what it was for ended unpaid.
import { expect, test } from 'vitest'
import { startStripe } from '../test-client.ts'

const day = 86_400

async function scheduled({ card }: { card: string }) {
  const { stripe, engine } = startStripe()
  const now = Date.UTC(2026, 0, 1) / 1000
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: now })
  const customer = await stripe.customers.create({
    test_clock: clock.id,
    payment_method: card,
    invoice_settings: { default_payment_method: card },
  })
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 1500,
    recurring: { interval: 'month' },
    product_data: { name: 'Pro' },
  })
  const schedule = await stripe.subscriptionSchedules.create({
    customer: customer.id,
    start_date: 'now',
    phases: [{ items: [{ price: price.id, quantity: 1 }], duration: { interval: 'month', interval_count: 6 } }],
  })
  const moveBy = (days: number) => stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: now + days * day })
  const types = () =>
    engine.store
      .list('event')
      .map(({ type }) => type)
      .filter((type) => type.startsWith('subscription_schedule'))
  return { stripe, schedule, moveBy, types }
}

test('a schedule that ran to its end is released and completed, and its subscription goes on', async () => {
  const { stripe, schedule, moveBy, types } = await scheduled({ card: 'pm_card_visa' })
  await moveBy(182)
  const done = await stripe.subscriptionSchedules.retrieve(schedule.id)
  expect(done).toMatchObject({ status: 'released', subscription: null })
  expect(types()).toEqual(expect.arrayContaining(['subscription_schedule.released', 'subscription_schedule.completed']))
  expect(await stripe.subscriptions.retrieve(done.released_subscription!)).toMatchObject({ status: 'active' })
})

test('a schedule whose subscription ended unpaid was aborted', async () => {
  const { stripe, schedule, moveBy, types } = await scheduled({ card: 'pm_card_chargeCustomerFail' })
  await moveBy(90)
  expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({ status: 'canceled' })
  expect(types()).toContain('subscription_schedule.aborted')
  expect(types()).not.toContain('subscription_schedule.canceled')
})

test('a schedule that was canceled by somebody is canceled', async () => {
  const { stripe, schedule, types } = await scheduled({ card: 'pm_card_visa' })
  await stripe.subscriptionSchedules.cancel(schedule.id)
  expect(types()).toContain('subscription_schedule.canceled')
})
