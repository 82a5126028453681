import { expect, test } from 'vitest'
import { drizzle } from 'drizzle-orm/d1'
import { subscriptions } from '#db/schema/billing'
import type { AdminPlan, OrganizationBilling } from '#shared/contracts/billing-administration'
import type { CreditPackBody, PlanBody } from '#shared/contracts/plans'
import { billingSystem, type BillingEnv } from '../context.ts'
import { continueRollout } from './rollout.ts'
import { createAdministration, NOON, owner } from './testing.ts'

interface Plans {
  plans: AdminPlan[]
  credit_packs: { id: string; version: number; archived: boolean; body: CreditPackBody }[]
}

const planOf = (plans: AdminPlan[], id: string) => plans.find((plan) => plan.id === id)!

async function withPlans(options: Parameters<typeof createAdministration>[0] = {}) {
  const platform = createAdministration(options)
  const { body } = await platform.ask<Plans>('plans')
  return { ...platform, plans: body.plans, packs: body.credit_packs }
}

const subscription = (organizationId: string, planVersion: number) => ({
  id: `sub_${organizationId}`,
  organizationId,
  stripeCustomerId: `cus_${organizationId}`,
  planId: 'pro',
  planVersion,
  interval: 'month' as const,
  currency: 'usd',
  seats: 1,
  amountMinor: 2_000,
  status: 'active',
  currentPeriodStart: NOON,
  currentPeriodEnd: NOON + 30 * 86_400_000,
  createdAt: NOON,
  syncedAt: NOON,
})

const dearer = (body: PlanBody): PlanBody => ({
  ...body,
  prices: body.prices.map((price) => ({ ...price, amount_minor: price.amount_minor * 2 })),
  requests_per_minute: 7,
})

test('an operator finds the first plans of a fresh platform, in their order', async () => {
  const { plans, packs } = await withPlans()
  expect(plans.map(({ id }) => id)).toEqual(['free', 'pro', 'team', 'enterprise'])
  expect(packs.length).toBeGreaterThan(0)
  expect(planOf(plans, 'free')).toMatchObject({ available: true, archived: false, subscribers: 0 })
  expect(planOf(plans, 'pro')).toMatchObject({ available: false, versions: [{ version: 1, created_by: null }] })
})

test('nobody else sees or changes what is sold', async () => {
  const { ask } = await withPlans()
  for (const [path, init] of [
    ['plans', {}],
    ['plans/pro', { body: { nonsense: true } }],
    ['plans/pro/archive', { method: 'POST' }],
    ['credit-packs/credit-10', { body: {} }],
    ['organizations/org_1', {}],
    ['subscriptions', { method: 'POST', body: {} }],
  ] as const) {
    expect([path, (await ask(path, { ...init, as: owner })).status]).toEqual([path, 403])
    expect([path, (await ask(path, { ...init, as: { kind: 'anonymous' } })).status]).toEqual([path, 401])
  }
})

test('a changed plan is a new version, and the change is on record', async () => {
  const { ask, plans, audits } = await withPlans()
  const pro = planOf(plans, 'pro')
  const { status, body } = await ask<AdminPlan>('plans/pro', {
    body: { if_version: 1, position: 5, body: dearer(pro.body) },
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({ version: 2, position: 5, available: false })
  expect(body.versions.map(({ version, created_by }) => [version, created_by])).toEqual([
    [2, 'usr_operator'],
    [1, null],
  ])
  expect(audits).toMatchObject([
    { action: 'plan.updated', targetId: 'pro', actor: { userId: 'usr_operator' }, facts: { version: 2 } },
  ])
})

test('changing a plan never changes what a running subscriber has paid for', async () => {
  const { ask, env, ledgers, plans } = await withPlans({
    settings: { STRIPE_SECRET_KEY: 'sk_test_none', STRIPE_API_BASE: 'http://127.0.0.1:1' },
  })
  await drizzle(env.DB).insert(subscriptions).values(subscription('org_1', 1))
  const pro = planOf(plans, 'pro')
  const before = await ask<OrganizationBilling>('organizations/org_1')
  const { body } = await ask<AdminPlan>('plans/pro', {
    body: { if_version: 1, position: pro.position, body: { ...dearer(pro.body), prices: pro.body.prices } },
  })
  expect(body.versions.map(({ version, subscribers }) => [version, subscribers])).toEqual([
    [2, 0],
    [1, 1],
  ])
  const after = await ask<OrganizationBilling>('organizations/org_1')
  expect(after.body.plan).toEqual({ ...before.body.plan, current_version: 2 })
  expect(after.body.plan.version).toBe(1)
  expect(after.body.subscription).toMatchObject({ amount_minor: 2_000, status: 'active' })
  expect(await ledgers.get('org_1')!.plan()).toBeNull()
})

test('of two operators who change a plan at once, the second is told what is there now', async () => {
  const { ask, plans } = await withPlans()
  const pro = planOf(plans, 'pro')
  const write = (requests: number) =>
    ask<{ code?: string; present_version?: number; facts?: { present_version: number } }>('plans/pro', {
      body: { if_version: 1, position: 1, body: { ...pro.body, requests_per_minute: requests } },
    })
  const answers = await Promise.all([write(10), write(20)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  const refused = answers.find(({ status }) => status === 409)!
  expect(refused.body).toMatchObject({ code: 'conflict', facts: { present_version: 2 } })
  const { body } = await ask<Plans>('plans')
  expect(planOf(body.plans, 'pro')).toMatchObject({ version: 2, versions: [{ version: 2 }, { version: 1 }] })
})

test('the same again makes no version; a new place in the list makes none either', async () => {
  const { ask, plans } = await withPlans()
  const { body: before } = planOf(plans, 'pro')
  const { body } = await ask<AdminPlan>('plans/pro', { body: { if_version: 1, position: 9, body: before } })
  expect(body).toMatchObject({ version: 1, position: 9 })
})

test('a new plan begins at version one, and an id that is taken is not written over', async () => {
  const { ask, plans } = await withPlans()
  const body = { if_version: 0, position: 8, body: planOf(plans, 'pro').body }
  expect((await ask('plans/starter', { body })).body).toMatchObject({ id: 'starter', version: 1 })
  expect((await ask('plans/pro', { body })).status).toBe(409)
  expect((await ask('plans/No%20Name', { body })).status).toBe(400)
})

test('a plan that makes no sense is refused with the name of the fault', async () => {
  const { ask, plans } = await withPlans()
  const { body } = planOf(plans, 'pro')
  const write = (change: Partial<PlanBody>) =>
    ask<{ param?: string; detail?: string }>('plans/pro', {
      body: { if_version: 1, position: 1, body: { ...body, ...change } },
    })
  expect((await write({ prices: [] })).body.detail).toContain('prices')
  expect((await write({ prices: [body.prices[0]!, body.prices[0]!] })).status).toBe(400)
  expect((await write({ seats: { minimum: 5, maximum: 2 } })).body.detail).toContain('seats')
})

test('there is always one free plan', async () => {
  const { ask, plans } = await withPlans()
  const free = planOf(plans, 'free')
  const write = (id: string, if_version: number, kind: PlanBody['kind']) =>
    ask(`plans/${id}`, { body: { if_version, position: 0, body: { ...free.body, kind } } })
  expect((await write('gratis', 0, 'free')).status).toBe(409)
  expect((await write('free', 1, 'contract')).status).toBe(409)
  expect((await ask('plans/free/archive', { method: 'POST' })).status).toBe(409)
})

test('an archived plan is kept for those who have it, and can be restored', async () => {
  const { ask } = await withPlans()
  expect((await ask('plans/pro/archive', { method: 'POST' })).body).toMatchObject({ archived: true, available: false })
  expect((await ask('plans/pro/restore', { method: 'POST' })).body).toMatchObject({ archived: false })
  expect((await ask('plans/nothing/archive', { method: 'POST' })).status).toBe(404)
})

test('the free plan’s change reaches everybody who subscribed to nothing', async () => {
  const organizations = Array.from({ length: 120 }, (_, at) => `org_${String(at).padStart(3, '0')}`)
  const { ask, ledgers, plans, env, jobs } = await withPlans({ organizations })
  await drizzle(env.DB).insert(subscriptions).values(subscription('org_007', 1))
  const free = planOf(plans, 'free')
  await ask('plans/free', { body: { if_version: 1, position: 0, body: { ...free.body, requests_per_minute: 3 } } })
  const told = async () => {
    const terms = await Promise.all(organizations.map(async (id) => [id, await ledgers.get(id)!.plan()] as const))
    return terms.filter(([, plan]) => plan?.requestsPerMinute === 3).map(([id]) => id)
  }
  // The first step at once, the others by the queue.
  expect(await told()).toHaveLength(49)
  for (let done = 0; done < jobs.length; done++)
    await continueRollout({ ctx: billingSystem(env as unknown as BillingEnv) })
  expect(await told()).toEqual(organizations.filter((id) => id !== 'org_007'))
})

test('credit packs are written, archived and restored as plans are', async () => {
  const { ask, packs, audits } = await withPlans()
  const [pack] = packs
  const id = pack!.id
  const body = { ...pack!.body, expires_after_days: null }
  expect((await ask(`credit-packs/${id}`, { body: { if_version: 1, position: 0, body } })).body).toMatchObject({
    version: 2,
    body: { expires_after_days: null },
  })
  expect((await ask(`credit-packs/${id}`, { body: { if_version: 1, position: 0, body } })).status).toBe(409)
  expect((await ask(`credit-packs/${id}/archive`, { method: 'POST' })).body).toMatchObject({ archived: true })
  expect((await ask(`credit-packs/${id}/restore`, { method: 'POST' })).body).toMatchObject({ archived: false })
  expect(audits.map(({ action }) => action)).toEqual(Array.from({ length: 3 }, () => 'credit-pack.updated'))
})

test('an operator sees one organization’s money, and is told where there is none', async () => {
  const { ask, ledgers } = await withPlans()
  ledgers.get('org_1')!.give(5_000_000)
  const { body } = await ask<OrganizationBilling>('organizations/org_1')
  expect(body).toMatchObject({
    name: 'Name of org_1',
    plan: { id: 'free' },
    subscription: null,
    credit: { available_micros: 5_000_000, owed_micros: 0, lots: [{ remaining_micros: 5_000_000 }] },
    invoices: [],
  })
  expect((await ask('organizations/org_9')).status).toBe(404)
})

test('where nothing is sold, nobody is put under contract', async () => {
  const { ask } = await withPlans()
  const contract = {
    organization_id: 'org_1',
    plan_id: 'enterprise',
    interval: 'year',
    currency: 'usd',
    amount_minor: 1_200_000,
    seats: 40,
    days_until_due: 30,
  }
  expect((await ask('subscriptions', { method: 'POST', body: contract })).body).toMatchObject({
    code: 'billing_disabled',
  })
})
