import { expect, test } from 'vitest'
import { discrepancies, overageReports } from '#db/schema/billing'
import type { PublishedEntry } from '#shared/contracts/ledger'
import { subscriptionOf } from '../stripe-events/testing/fake-stripe.ts'
import { BEGIN, createMoneyWorld, DAY, seconds } from '../stripe-events/testing/money-world.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'
import { afterEntries } from './after-entries.ts'
import { reportOverage } from './report-overage.ts'
import { setOverageItem } from './set-overage-item.ts'

const overage = (id: string, amountMicros: number, note = 'overage') =>
  ({ id, organizationId: 'org_1', kind: 'grant', note, amountMicros, at: BEGIN }) as PublishedEntry

async function createWorld() {
  const world = await createMoneyWorld()
  const report = () => reportOverage({ ctx: world.ctx })
  const add = (...entries: PublishedEntry[]) => afterEntries({ entries, ctx: world.ctx })
  return { ...world, report, add }
}

test('what was used beyond credit is told to the meter once, however often it is heard of', async () => {
  const world = await createWorld()
  await world.add(overage('ent_1', 500), overage('ent_2', 7))
  await world.add(overage('ent_1', 500))
  await world.report()
  await world.report()
  expect(world.fake.meterEvents).toEqual([
    { identifier: 'ent_1', value: '500', customer: 'cus_org_1' },
    { identifier: 'ent_2', value: '7', customer: 'cus_org_1' },
  ])
  expect(world.jobs[0]).toEqual({ kind: 'overage' })
})

test('what nobody bills is told to nobody', async () => {
  const world = await createWorld()
  await world.add(overage('ent_1', 500, 'unlimited'), overage('ent_2', 500, 'signup'))
  expect(await world.db.select().from(overageReports)).toEqual([])
  world.ctx.settings.mode = 'granted'
  await world.add(overage('ent_3', 500))
  expect(await world.db.select().from(overageReports)).toEqual([])
})

test('a meter that cannot be reached is told later, and is never told the same twice', async () => {
  const world = await createWorld()
  await world.add(overage('ent_1', 500))
  const { create } = world.fake.stripe.billing.meterEvents
  world.fake.stripe.billing.meterEvents.create = (async (...input: Parameters<typeof create>) => {
    await create(...input)
    throw new Error('the answer was lost')
  }) as never
  await world.report()
  world.fake.stripe.billing.meterEvents.create = create
  await world.report()
  expect(world.fake.meterEvents).toHaveLength(1)
  expect((await world.db.select().from(overageReports))[0]).toMatchObject({ error: null, reportedAt: BEGIN })
})

test('what could not be told within a day is raised, not told perhaps twice', async () => {
  const world = await createWorld()
  await world.add(overage('ent_1', 500))
  world.fake.stripe.billing.meterEvents.create = (() => Promise.reject(new Error('away'))) as never
  await world.report()
  world.clock.advance(DAY)
  await world.report()
  await world.report()
  expect(await world.db.select().from(discrepancies)).toMatchObject([
    { kind: 'overage_unreported', subjectId: 'ent_1', state: 'raised' },
  ])
})

test('switched on, the meter’s price stands beside the plan’s; switched off, it goes once nothing of it is owed', async () => {
  const world = await createWorld()
  const period = { start: seconds(BEGIN), end: seconds(BEGIN) + 86_400 }
  const facts = { customer: 'cus_org_1', created: period.start, price: 'price_pro_month' }
  world.fake.put('subscription', subscriptionOf({ id: 'sub_1', ...facts, ...period }))
  await syncSubscription({ id: 'sub_1', ctx: world.ctx })
  const prices = () =>
    world.fake.get('subscription', 'sub_1').items.data.map((item: { price: { id: string } }) => item.price.id)
  const set = (enabled: boolean) => setOverageItem({ organizationId: 'org_1', enabled, ctx: world.ctx })
  await set(true)
  await set(true)
  expect(prices()).toEqual(['price_pro_month', 'price_overage'])
  await world.add(overage('ent_1', 500))
  await set(false)
  expect(prices(), 'used in this period').toEqual(['price_pro_month', 'price_overage'])
  await world.db.delete(overageReports)
  await set(false)
  expect(prices()).toEqual(['price_pro_month'])
})
