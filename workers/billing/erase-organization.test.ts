import { expect, test } from 'vitest'
import { billingCustomers, creditGrants, invoices, stripeEvents, subscriptions } from '#db/schema/billing'
import { createAlertRows } from './numbers/alert-rows.ts'
import { entryOf } from './numbers/testing.ts'
import { createCreditWatch } from './numbers/watch-credit.ts'
import { createBook } from './repository.ts'
import { eraseOrganization } from './erase-organization.ts'
import { startReconciliation } from './reconciliation/start-reconciliation.ts'
import { invoiceOf, lineOf, subscriptionOf } from './stripe-events/testing/fake-stripe.ts'
import { BEGIN, createMoneyWorld, INCLUDED, seconds } from './stripe-events/testing/money-world.ts'

const start = seconds(BEGIN)
const end = start + 31 * 86_400

async function twoThatPay() {
  const organizations = ['org_1', 'org_2']
  const world = await createMoneyWorld({ organizations })
  for (const organizationId of organizations) {
    const facts = { customer: `cus_${organizationId}`, created: start }
    const [subscription, invoice] = [`sub_${organizationId}`, `in_${organizationId}`]
    const lines = [lineOf({ price: 'price_pro_month', amount: 2_000, start, end })]
    world.fake.put('subscription', subscriptionOf({ id: subscription, ...facts, price: 'price_pro_month', start, end }))
    world.fake.put(
      'invoice',
      invoiceOf({ id: invoice, ...facts, subscription, lines, metadata: { organization_id: organizationId } }),
    )
    world.fake.pay(invoice)
    await world.store({ id: `evt_${organizationId}`, type: 'invoice.paid', object: { id: invoice, subscription } })
    await world.deliver([{ kind: 'event', id: `evt_${organizationId}` }])
  }
  return world
}

test('of an organization that is erased only its invoices’ numbers and amounts are left', async () => {
  const world = await twoThatPay()
  await eraseOrganization({ organizationId: 'org_1', ctx: world.ctx })
  for (const table of [subscriptions, creditGrants, stripeEvents])
    expect((await world.db.select().from(table)).map(({ organizationId }) => organizationId)).toEqual(['org_2'])
  const kept = (await world.db.select().from(invoices)).find(({ organizationId }) => organizationId === 'org_1')
  expect(kept).toMatchObject({ number: 'IN_ORG_1', totalMinor: 2_000, hostedUrl: null })
  const customer = (await world.db.select().from(billingCustomers)).find((row) => row.organizationId === 'org_1')
  expect(customer).toMatchObject({ details: null, paymentMethod: null, stripeCustomerId: 'cus_org_1' })
})

test('what comes late of it brings nothing back, neither by an event nor by night', async () => {
  const world = await twoThatPay()
  await eraseOrganization({ organizationId: 'org_1', ctx: world.ctx })
  await world.ledgerOf('org_1').erase()
  await world.store({ id: 'evt_late', type: 'invoice.updated', object: { id: 'in_org_1', subscription: 'sub_org_1' } })
  await world.deliver([{ kind: 'event', id: 'evt_late' }])
  await startReconciliation({ ctx: world.ctx })
  for (let job = world.jobs.shift(); job; job = world.jobs.shift()) await world.deliver([job])
  expect([await world.balance('org_1'), await world.balance('org_2')]).toEqual([0, INCLUDED])
  expect(await world.db.select().from(subscriptions)).toHaveLength(1)
})

test('nobody is told of its usage any more, no credit of it is outstanding, and who spent what is gone', async () => {
  const world = await twoThatPay()
  const { db, ctx } = world
  const entries = ['org_1', 'org_2'].map((organizationId) => entryOf({ organizationId }))
  await createBook(db.$client).record(entries)
  await createCreditWatch(ctx)(entries)
  for (const organizationId of ['org_1', 'org_2'])
    await createAlertRows(db.$client).set({ organizationId, percents: [50], at: 1 })
  await eraseOrganization({ organizationId: 'org_1', ctx })
  for (const table of ['credit_outstanding', 'usage_alerts', 'usage_person_days'])
    expect((await db.$client.prepare(`SELECT organization_id FROM ${table}`).all()).results, table).toEqual([
      { organization_id: 'org_2' },
    ])
  const sums = await db.$client.prepare('SELECT SUM(charged_micros) AS charged FROM usage_days').first('charged')
  expect(sums, 'what was sold stays in the operator’s sums').toBe(200)
})
