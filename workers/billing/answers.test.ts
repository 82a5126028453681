import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { planVersions } from '#db/schema/billing'
import { seatsOf, storageQuotaOf, subscribed, welcome } from './answers.ts'
import { updateCustomer } from './customers/customers-repository.ts'
import { subscribe } from './paying.ts'
import { createBilling, ORGANIZATION } from './testing.ts'

const organizationId = ORGANIZATION

test('a new organization’s ledger is told that it has the free plan', async () => {
  const { system: ctx, ledgerOf } = createBilling()
  await welcome({ organizationId, ctx })
  expect(await ledgerOf(organizationId).plan()).toMatchObject({ planId: 'free', readOnly: false })
})

test('a plan has room for as many as were bought, or as it says, or for any number', async () => {
  const free = createBilling()
  expect(await seatsOf({ organizationId, ctx: free.system })).toEqual({ seats: null, planId: 'free' })
  const pro = createBilling()
  await subscribe(pro)
  expect(await seatsOf({ organizationId, ctx: pro.system })).toEqual({ seats: 3, planId: 'pro' })
  const team = createBilling()
  await subscribe(team, { plan_id: 'team', seats: 7 })
  expect(await seatsOf({ organizationId, ctx: team.system })).toEqual({ seats: 7, planId: 'team' })
})

test('a plan says how much may be stored, for each seat where seats are sold', async () => {
  const storing = async ({ system: { db } }: ReturnType<typeof createBilling>, bytes: number) => {
    for (const { planId, version, body } of await db.select().from(planVersions))
      await db
        .update(planVersions)
        .set({ body: { ...(body as object), storage_bytes: bytes } })
        .where(and(eq(planVersions.planId, planId), eq(planVersions.version, version)))
  }
  const free = createBilling()
  expect(await storageQuotaOf({ organizationId, ctx: free.system })).toEqual({ quotaBytes: 1_000_000_000 })
  await storing(free, 500)
  expect(await storageQuotaOf({ organizationId, ctx: free.system })).toEqual({ quotaBytes: 500 })
  const team = createBilling()
  await subscribe(team, { plan_id: 'team', seats: 7 })
  await storing(team, 500)
  expect(await storageQuotaOf({ organizationId, ctx: team.system })).toEqual({ quotaBytes: 3_500 })
})

test('who pays for something that goes on is subscribed; what is to end is not', async () => {
  const billing = createBilling()
  const { system: ctx } = billing
  await updateCustomer({ organizationId, change: { trialUsedAt: 1 }, ctx })
  expect(await subscribed({ organizationId, ctx })).toBe(false)
  await subscribe(billing)
  expect(await subscribed({ organizationId, ctx })).toBe(true)
  await billing.ask('subscription/cancel', { body: { reason: 'unused' } })
  expect(await subscribed({ organizationId, ctx })).toBe(false)
})

test('where nothing is sold nobody is subscribed, and there is room for everybody', async () => {
  const { system: ctx } = createBilling({ BILLING_MODE: 'granted' })
  expect(await subscribed({ organizationId, ctx })).toBe(false)
  expect(await seatsOf({ organizationId, ctx })).toMatchObject({ seats: null })
})
