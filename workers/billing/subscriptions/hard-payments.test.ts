import { expect, test } from 'vitest'
import type { ChangePreview } from '#shared/contracts/billing'
import { newMethod } from '../../local-stripe/payments/new-method.ts'
import { cardOfToken } from '../../local-stripe/payments/test-cards.ts'
import { updateCustomer } from '../customers/customers-repository.ts'
import { subscribe } from '../paying.ts'
import { createBilling, ORGANIZATION, type TestBilling } from '../testing.ts'

const DAY = 86_400_000
const toTeam = { plan_id: 'team', interval: 'month', seats: 2 }

async function createSubscribed() {
  const billing = createBilling()
  await updateCustomer({ organizationId: ORGANIZATION, change: { trialUsedAt: 1 }, ctx: billing.system })
  await subscribe(billing)
  const { data } = await billing.stripe.subscriptions.list({ limit: 1 })
  const { id, customer } = data[0]!
  return { billing, id, customer: customer as string }
}

/** From now on this card is charged. */
async function useCard(
  { billing, id, customer }: { billing: TestBilling; id: string; customer: string },
  token: string,
) {
  const card = newMethod({ engine: billing.local.engine, card: cardOfToken(token)! })
  await billing.stripe.paymentMethods.attach(card.id, { customer })
  await billing.stripe.subscriptions.update(id, { default_payment_method: card.id })
  await billing.stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } })
}

async function change({ ask }: TestBilling) {
  const { body: shown } = await ask<ChangePreview>('subscription/preview', { body: toTeam })
  const { due_now_minor, proration_date } = shown
  return ask('subscription/change', { body: { ...toTeam, due_now_minor, proration_date } })
}

const overviewOf = async ({ ask }: TestBilling) => (await ask('overview')).body

test('a card that is declined changes nothing, and it is said where the invoice can be paid', async () => {
  const world = await createSubscribed()
  const { billing } = world
  await useCard(world, 'pm_card_chargeCustomerFail')
  const before = (await overviewOf(billing)).credit.balance_micros
  const { status, body } = await change(billing)
  expect({ status, outcome: body.outcome }).toEqual({ status: 200, outcome: 'declined' })
  expect(body.pay_url).toMatch(/^http/)
  expect(await overviewOf(billing)).toMatchObject({
    plan: { id: 'pro' },
    subscription: { status: 'active', amount_minor: 2_000 },
    credit: { balance_micros: before },
  })
  await useCard(world, 'pm_card_visa')
  billing.clock.advance(10_000)
  expect(await change(billing)).toMatchObject({ body: { outcome: 'changed' } })
  expect(await overviewOf(billing)).toMatchObject({ plan: { id: 'team' } })
})

test('a bank that asks something of the payer is told as that, and nothing changes until it is answered', async () => {
  const world = await createSubscribed()
  const { billing } = world
  await useCard(world, 'pm_card_authenticationRequired')
  const { body } = await change(billing)
  expect(body.outcome).toBe('action_required')
  expect(body.pay_url).toMatch(/^http/)
  expect(await overviewOf(billing)).toMatchObject({ plan: { id: 'pro' } })
})

test('while a payment is overdue nothing can be changed or bought, and it is said where to pay', async () => {
  const world = await createSubscribed()
  const { billing } = world
  await useCard(world, 'pm_card_chargeCustomerFail')
  billing.clock.advance(32 * DAY)
  await billing.ask('sync', { body: {} })
  const { subscription } = await overviewOf(billing)
  expect(subscription).toMatchObject({ status: 'past_due' })
  for (const [path, body] of [
    ['subscription/preview', toTeam],
    ['checkout', { plan_id: 'team', seats: 2, interval: 'month', currency: 'usd' }],
    ['credit-packs/credit-10/checkout', { currency: 'usd' }],
  ] as const)
    expect(await billing.ask(path, { body }), path).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('overdue'), facts: { pay_url: subscription.pay_url } },
    })
  expect((await billing.ask('portal', { body: { flow: 'payment_method_update' } })).status).toBe(200)
})

test('a customer that was deleted at Stripe takes the subscription with it, and buying makes another', async () => {
  const { billing, customer } = await createSubscribed()
  await billing.stripe.customers.del(customer)
  await billing.ask('sync', { body: {} })
  expect(await overviewOf(billing)).toMatchObject({ plan: { id: 'free' }, subscription: null })
  await subscribe(billing)
  expect(await overviewOf(billing)).toMatchObject({ plan: { id: 'pro' }, subscription: { status: 'active' } })
})
