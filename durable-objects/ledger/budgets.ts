// What accounts have spent in their calendar periods, and what their budgets leave.
import type { Budget, BudgetAccount, BudgetState } from '#shared/contracts/ledger'
import { periodEnd } from '#shared/lib/calendar-period'
import { spentIn } from './spending.ts'
import { viewAccount, type LedgerState } from './state.ts'

export const budgetOf = (state: LedgerState, account: BudgetAccount): Budget | null =>
  (account.startsWith('key:') ? state.keys.get(account.slice(4))?.record.budget : state.budgets.get(account)) ?? null

export function budgetState(state: LedgerState, account: BudgetAccount, budget: Budget, now: number): BudgetState {
  const { spending, heldMicros } = viewAccount(state, account)
  return {
    account,
    limitMicros: budget.limitMicros,
    period: budget.period,
    spentMicros: spentIn(spending, budget.period, now),
    // Whatever period a hold was made in, it will be charged in this one or a later one.
    heldMicros,
    resetsAt: periodEnd(budget.period, now),
  }
}

export function budgetStatesFor(state: LedgerState, accounts: BudgetAccount[], now: number): BudgetState[] {
  const states: BudgetState[] = []
  for (const account of accounts) {
    const budget = budgetOf(state, account)
    if (budget) states.push(budgetState(state, account, budget, now))
  }
  return states
}

/** Below zero where a budget was lowered after it was spent. */
export const leftIn = (budget: BudgetState): number => budget.limitMicros - budget.spentMicros - budget.heldMicros

/** Every budget there is, of keys that still work as well. */
export function listBudgets(state: LedgerState, now: number): BudgetState[] {
  const all: [BudgetAccount, Budget][] = [...state.budgets]
  for (const { record } of state.keys.values()) {
    if (record.budget && record.revokedAt === null) all.push([`key:${record.id}`, record.budget])
  }
  return all.sort(([a], [b]) => (a < b ? -1 : 1)).map(([account, budget]) => budgetState(state, account, budget, now))
}
