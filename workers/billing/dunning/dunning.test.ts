import { expect, test } from 'vitest'
import { subscriptions } from '#db/schema/billing'
import { syncSubscription } from '../sync/sync-subscription.ts'
import { invoiceOf, lineOf, subscriptionOf } from '../stripe-events/testing/fake-stripe.ts'
import { BEGIN, createMoneyWorld, DAY, seconds } from '../stripe-events/testing/money-world.ts'
import { dueSteps, dunningSteps } from './dunning-steps.ts'
import { runDunning } from './run-dunning.ts'

const customer = 'cus_org_1'
const price = 'price_pro_month'
const start = seconds(BEGIN)
const end = start + 31 * 86_400

async function overdue(graceDays?: number) {
  const world = await createMoneyWorld({ ...(graceDays !== undefined && { graceDays }) })
  const lines = [lineOf({ price, amount: 2_000, start, end })]
  world.fake.put('invoice', invoiceOf({ id: 'in_1', customer, created: start, subscription: 'sub_1', lines }))
  const facts = { customer, created: start - 100, price, start, end, latest: 'in_1' }
  world.fake.put('subscription', subscriptionOf({ id: 'sub_1', ...facts, status: 'past_due' }))
  const sync = () => syncSubscription({ id: 'sub_1', ctx: world.ctx })
  const readOnly = async () => (await world.ledgerOf('org_1').plan())?.readOnly
  const remindedOn = () =>
    [...world.notices.values()].filter(({ type }) => type === 'payment.failed').map(({ at }) => (at - BEGIN) / DAY)
  return { ...world, sync, readOnly, remindedOn }
}

test('reminders come at once and after three and six days, and then paid calls stop', () => {
  expect(dunningSteps(7 * DAY)).toEqual([
    { kind: 'reminder', afterMs: 0 },
    { kind: 'reminder', afterMs: 3 * DAY },
    { kind: 'reminder', afterMs: 6 * DAY },
    { kind: 'overdue', afterMs: 7 * DAY },
  ])
})

test('nobody is reminded of a day that is past', () => {
  expect(dunningSteps(3 * DAY).map(({ kind }) => kind)).toEqual(['reminder', 'overdue'])
  expect(dunningSteps(0)).toEqual([
    { kind: 'reminder', afterMs: 0 },
    { kind: 'overdue', afterMs: 0 },
  ])
})

test('of reminders that came due together the last is told', () => {
  const due = dueSteps({ pastDueSince: 0, graceMs: 7 * DAY, done: 0, now: 6.5 * DAY })
  expect(due.map(({ kind, number }) => [kind, number])).toEqual([['reminder', 3]])
  expect(dueSteps({ pastDueSince: 0, graceMs: 7 * DAY, done: 3, now: 6.9 * DAY })).toEqual([])
})

test('whoever owes is told, and told again, and stopped after the grace', async () => {
  const world = await overdue()
  await world.sync()
  expect(await world.readOnly()).toBe(false)
  for (let day = 0; day < 10; day++) {
    await runDunning({ ctx: world.ctx })
    expect(await world.readOnly(), `on day ${day}`).toBe(day >= 7)
    world.clock.advance(DAY)
  }
  expect(world.remindedOn()).toEqual([0, 3, 6])
  expect(world.told().filter((type) => type === 'payment.overdue')).toHaveLength(1)
})

test('without a grace paid calls stop at once', async () => {
  const world = await overdue(0)
  await world.sync()
  expect(await world.readOnly()).toBe(true)
})

test('whoever pays is let in again at once, and the next debt begins anew', async () => {
  const world = await overdue()
  await world.sync()
  world.clock.advance(8 * DAY)
  await runDunning({ ctx: world.ctx })
  expect(await world.readOnly()).toBe(true)
  world.fake.get('subscription', 'sub_1').status = 'active'
  await world.sync()
  expect(await world.readOnly()).toBe(false)
  expect(world.told()).toContain('payment.recovered')
  expect((await world.db.select().from(subscriptions))[0]).toMatchObject({ pastDueSince: null, remindersSent: 0 })
})

test('a debt does not begin anew because another invoice is owed as well', async () => {
  const world = await overdue()
  await world.sync()
  world.clock.advance(5 * DAY)
  const created = seconds(world.clock())
  world.fake.put('invoice', invoiceOf({ id: 'in_2', customer, created, subscription: 'sub_1' }))
  world.fake.get('subscription', 'sub_1').latest_invoice = 'in_2'
  await world.sync()
  expect((await world.db.select().from(subscriptions))[0]?.pastDueSince).toBe(BEGIN)
})
