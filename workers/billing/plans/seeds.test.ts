import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { plans, planVersions } from '#db/schema/billing'
import { seedPacks } from '#db/seed/credit-packs'
import { seedPlans } from '#db/seed/plans'
import { CreditPackBody, PlanBody, PlanId } from '#shared/contracts/plans'
import { createBilling } from '../testing.ts'
import { listPlans } from './plans-repository.ts'

test('the first plans and packs are what the contract calls such', () => {
  for (const { id, body } of seedPlans) expect(PlanBody.safeParse(body).error, PlanId.parse(id)).toBeUndefined()
  for (const { id, body } of seedPacks) expect(CreditPackBody.safeParse(body).error, PlanId.parse(id)).toBeUndefined()
})

test('every plan that is sold has every currency by the month and by the year, and a dinar’s last figure is zero', () => {
  for (const { body } of seedPlans.filter(({ body: { prices } }) => prices.length > 0)) {
    const names = body.prices.map(({ interval, currency }) => `${interval} ${currency}`)
    expect(names.toSorted()).toEqual(
      ['month', 'year'].flatMap((each) =>
        ['aed', 'eur', 'gbp', 'kwd', 'sar', 'usd'].map((currency) => `${each} ${currency}`),
      ),
    )
    for (const { currency, amount_minor } of body.prices) if (currency === 'kwd') expect(amount_minor % 10).toBe(0)
  }
})

test('whoever has the free plan is limited by nothing but credit', () => {
  expect(seedPlans[0]).toMatchObject({
    id: 'free',
    body: {
      requests_per_minute: null,
      tokens_per_minute: null,
      parallel_requests: null,
      models: null,
      seats: { maximum: null },
    },
  })
})

test('an operator’s plan is not overwritten, and what they have taken away does not come back', async () => {
  const { system, env } = createBilling()
  const [first] = await listPlans({ ctx: system })
  expect(first?.id).toBe('free')
  await system.db.update(plans).set({ archived: true }).where(eq(plans.id, 'pro'))
  await system.db.delete(planVersions).where(eq(planVersions.planId, 'team'))
  await system.db.delete(plans).where(eq(plans.id, 'team'))
  const { billingSystem } = await import('../context.ts')
  const restarted = billingSystem({ ...env })
  expect((await listPlans({ ctx: restarted })).map(({ id }) => id)).toEqual(['free', 'enterprise'])
})
