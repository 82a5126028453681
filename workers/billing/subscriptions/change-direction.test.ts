import { expect, test } from 'vitest'
import { seedPlans } from '#db/seed/plans'
import { PlanBody, type PlanInterval } from '#shared/contracts/plans'
import { isSame, whenToChange, type Terms } from './change-direction.ts'

const terms = (id: string, interval: PlanInterval, seats = 1): Terms => ({
  plan: { id, version: 1, body: PlanBody.parse(seedPlans.find((plan) => plan.id === id)!.body) },
  interval,
  seats,
})

const when = (from: Terms, to: Terms, inTrial = false) => whenToChange({ from, to, currency: 'kwd', inTrial })

test.each([
  ['a larger plan', terms('pro', 'month'), terms('team', 'month', 2), 'now'],
  ['a smaller plan', terms('team', 'month', 2), terms('pro', 'month'), 'period_end'],
  ['more seats', terms('team', 'month', 2), terms('team', 'month', 3), 'now'],
  ['fewer seats', terms('team', 'year', 3), terms('team', 'year', 2), 'period_end'],
  ['by the year instead of the month', terms('pro', 'month'), terms('pro', 'year'), 'now'],
  ['by the month instead of the year', terms('pro', 'year'), terms('pro', 'month'), 'period_end'],
  ['a larger plan by the month instead of the year', terms('pro', 'year'), terms('team', 'month', 2), 'now'],
  ['a smaller plan by the year instead of the month', terms('team', 'month', 5), terms('pro', 'year'), 'period_end'],
] as const)('%s is made %s', (_name, from, to, expected) => {
  expect(when(from, to)).toBe(expected)
})

test('in a trial every change is made now: nothing was paid that would have to be used up', () => {
  expect(when(terms('team', 'month', 2), terms('pro', 'month'), true)).toBe('now')
})

test('the same plan in another version is another', () => {
  const from = terms('pro', 'month')
  expect(isSame(from, terms('pro', 'month'))).toBe(true)
  expect(isSame(from, { ...from, plan: { ...from.plan, version: 2 } })).toBe(false)
  expect(isSame(from, terms('pro', 'year'))).toBe(false)
})
