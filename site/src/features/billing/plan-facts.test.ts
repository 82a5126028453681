import type { PlanBody } from '#shared/contracts/plans'
import { expect, test } from 'vitest'
import { localeTags } from '../../i18n/locales.ts'
import { creditFact, otherFacts, planFacts } from './plan-facts.ts'

const plan: PlanBody = {
  kind: 'per_seat',
  name: { en: 'Team', ar: 'فريق' },
  description: { en: 'For teams', ar: 'للفرق' },
  features: [],
  prices: [{ interval: 'month', currency: 'usd', amount_minor: 3_000 }],
  included_credit_micros: { month: 25_000_000, year: 300_000_000 },
  carry_over: 'one_period',
  trial: null,
  seats: { minimum: 2, maximum: null },
  requests_per_minute: 3_000,
  tokens_per_minute: null,
  parallel_requests: null,
  models: null,
  storage_bytes: 500_000_000_000,
  overage: { policy: 'metered', cap_micros: 0 },
}

test('the credit that is told is that of the interval that is shown', () => {
  expect(creditFact(plan, 'en', 'month')).toBe('$25.00 of credit included each month for each seat')
  expect(creditFact(plan, 'en', 'year')).toBe('$300.00 of credit included each year for each seat')
})

test('a plan without credit says so, and says nothing of carrying it over', () => {
  const none = { ...plan, included_credit_micros: { month: 0, year: 0 } }
  expect(creditFact(none, 'en', 'month')).toMatch(/No credit included/)
  expect(otherFacts(none, 'en', 'month').join()).not.toMatch(/kept|carry/)
  expect(creditFact({ ...none, kind: 'contract' }, 'en', 'month')).toBeNull()
})

test('whether it stops or goes on is told of every plan', () => {
  expect(otherFacts(plan, 'en', 'month').join()).toMatch(/cap that you set/)
  const stops = { ...plan, overage: { policy: 'stop' as const, cap_micros: 0 } }
  expect(otherFacts(stops, 'en', 'month').join()).toMatch(/Stops when the credit is used up/)
})

test('members are counted where seats are not sold', () => {
  const pro = { ...plan, kind: 'flat' as const, seats: { minimum: 1, maximum: 3 } }
  expect(planFacts(pro, 'en', 'month')).toContain('Up to 3 members')
  expect(planFacts(plan, 'en', 'month')).toContain('From 2 seats')
})

test.each(localeTags)('in %s every fact is a sentence of that language', (locale) => {
  const facts = planFacts(plan, locale, 'year')
  expect(facts).toHaveLength(7)
  expect(facts.filter((fact) => /billing\.|{{/.test(fact))).toEqual([])
})
