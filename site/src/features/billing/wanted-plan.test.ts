import type { BillingOverview } from '#shared/contracts/billing'
import type { Plan, PlanOffer } from '#shared/contracts/plans'
import { expect, test } from 'vitest'
import { readChoice, soldPlans, startOf } from './wanted-plan.ts'

const plan = (
  id: string,
  position: number,
  kind: string,
  prices: number[] = [],
  seats = { minimum: 1, maximum: null as number | null },
) =>
  ({
    id,
    position,
    version: 1,
    available: true,
    body: {
      kind,
      seats,
      prices: prices.map((amount_minor, at) => ({
        interval: at === 0 ? 'month' : 'year',
        currency: 'usd',
        amount_minor,
      })),
    },
  }) as Plan
const free = plan('free', 0, 'free')
const pro = plan('pro', 1, 'flat', [2_000, 20_000])
const team = plan('team', 2, 'per_seat', [3_000, 30_000], { minimum: 2, maximum: 20 })
const enterprise = plan('enterprise', 3, 'contract')
const offer = { plans: [team, free, enterprise, pro] } as unknown as PlanOffer
type Known = Pick<BillingOverview, 'plan' | 'subscription'>
const onFree: Known = { plan: free, subscription: null }
const onTeam = {
  plan: team,
  subscription: { status: 'active', interval: 'month', currency: 'usd', seats: 3 },
} as Known

test('only what is sold can be chosen, in the operator’s order', () => {
  expect(soldPlans(offer).map(({ id }) => id)).toEqual(['pro', 'team'])
})

test('the dialog begins at the plan above one’s own', () => {
  expect(startOf({ overview: onFree, offer, chosen: null, currency: 'usd' })).toMatchObject({
    planId: 'pro',
    seats: '1',
  })
  expect(startOf({ overview: onTeam, offer, chosen: null, currency: 'sar' })).toEqual({
    planId: 'team',
    interval: 'month',
    currency: 'usd',
    seats: '3',
  })
})

test('what was chosen before signing up is there, within what may be bought', () => {
  const chosen = { planId: 'team', interval: 'year', currency: 'usd', seats: 1 } as const
  expect(startOf({ overview: onFree, offer, chosen, currency: 'sar' })).toEqual({
    planId: 'team',
    interval: 'year',
    currency: 'usd',
    seats: '2',
  })
})

const choose = (part: object, overview: Known = onFree) =>
  readChoice({ planId: 'team', interval: 'month', currency: 'usd', seats: '٤', ...part }, { overview, offer })

test('a choice costs its price for each seat', () => {
  expect(choose({})).toMatchObject({ ok: true, seats: 4, priceMinor: 12_000 })
  expect(choose({ planId: 'pro', interval: 'year', seats: '9' })).toMatchObject({
    ok: true,
    seats: 1,
    priceMinor: 20_000,
  })
})

test('too few or too many seats, another currency and what one has already are no choice', () => {
  expect([choose({ seats: '1' }), choose({ seats: '21' }), choose({ seats: '' })]).toEqual(
    Array.from({ length: 3 }, () => ({ ok: false, why: 'seats' })),
  )
  expect(choose({ currency: 'kwd' })).toEqual({ ok: false, why: 'not-sold' })
  expect(choose({ seats: '3' }, onTeam)).toEqual({ ok: false, why: 'same' })
  expect(choose({ planId: 'enterprise' })).toEqual({ ok: false, why: 'no-plan' })
})
