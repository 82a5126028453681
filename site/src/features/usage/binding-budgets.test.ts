import type { UsageBudget } from '#shared/contracts/usage'
import { expect, test } from 'vitest'
import { bindingBudgets } from './binding-budgets.ts'

const budget = (account: string): UsageBudget => ({
  account,
  budget_micros: 1,
  budget_period: 'day',
  spent_micros: 0,
  held_micros: 0,
  resets_at: null,
})

test('one sees one’s own budget first, then the organization’s, and nobody else’s', () => {
  const shown = bindingBudgets(['organization', 'member:usr_2', 'key:key_1', 'member:usr_1'].map(budget), 'usr_1')
  expect(shown.map(({ account }) => account)).toEqual(['member:usr_1', 'organization'])
})
