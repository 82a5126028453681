import type { UsageBudget } from '#shared/contracts/usage'

/** The budgets that can stop the reader: their own and the organization's. Those of keys stand beside their keys. */
export function bindingBudgets(budgets: UsageBudget[], myId: string): UsageBudget[] {
  const own = `member:${myId}`
  return budgets
    .filter(({ account }) => account === own || account === 'organization')
    .toSorted((a, b) => Number(b.account === own) - Number(a.account === own))
}
