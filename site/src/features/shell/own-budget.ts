import type { UsageBudget } from '#shared/contracts/usage'

/** What is left of a member's own budget; null where they have none. */
export function leftOfBudget(budgets: readonly UsageBudget[], userId: string): number | null {
  const own = budgets.find(({ account }) => account === `member:${userId}`)
  return own ? Math.max(0, own.budget_micros - own.spent_micros - own.held_micros) : null
}
