import type { BudgetState } from '#shared/contracts/ledger'
import type { SystemContext } from './context.ts'

export type Budgets = Map<string, BudgetState>

/** By account; null where the ledger could not be asked, because a list of members is of use without budgets as well. */
export async function readBudgets({
  organizationId,
  ctx,
}: {
  organizationId: string
  ctx: SystemContext
}): Promise<Budgets | null> {
  try {
    return new Map((await ctx.ledgerOf(organizationId).budgets()).map((budget) => [budget.account, budget]))
  } catch (error) {
    ctx.logger.warn('budgets-unknown', {
      organization_id: organizationId,
      internal: error instanceof Error ? error.message : String(error),
    })
    return null
  }
}

export const toBudgetFields = (budget: BudgetState | undefined) => ({
  budget_micros: budget?.limitMicros ?? null,
  budget_period: budget?.period ?? null,
  spent_micros: budget?.spentMicros ?? null,
  resets_at: budget?.resetsAt ?? null,
})
