import type { UsageBudget } from '#shared/contracts/usage'
import { expect, test } from 'vitest'
import { leftOfBudget } from './own-budget.ts'

const budget = (account: string, spent: number, held = 0) =>
  ({ account, budget_micros: 5_000_000, spent_micros: spent, held_micros: held }) as UsageBudget

test('a member sees what is left for them, not what the organization has', () => {
  const budgets = [budget('organization', 0), budget('member:u1', 1_000_000, 500_000), budget('member:u2', 0)]
  expect(leftOfBudget(budgets, 'u1')).toBe(3_500_000)
  expect(leftOfBudget(budgets, 'u3')).toBeNull()
})

test('a budget that was overdrawn has nothing left, and not less', () => {
  expect(leftOfBudget([budget('member:u1', 6_000_000)], 'u1')).toBe(0)
})
