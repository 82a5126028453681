// What accounts have spent in their calendar periods, kept as running totals, and what their budgets leave.
import type { Budget, BudgetAccount, BudgetPeriod, BudgetState } from '#shared/contracts/ledger'
import { periodEnd, periodStart } from '#shared/lib/calendar-period'
import type { LedgerState } from './state.ts'

const timed = ['day', 'week', 'month'] as const

/** One running total for each kind of period, so that a budget may change its period without a recount. */
export interface Spending extends Record<(typeof timed)[number], { start: number; micros: number }> {
  total: number
}

export const noSpending = (): Spending => ({
  total: 0,
  day: { start: 0, micros: 0 },
  week: { start: 0, micros: 0 },
  month: { start: 0, micros: 0 },
})

export function addSpending(spending: Spending, micros: number, at: number): void {
  spending.total += micros
  for (const period of timed) {
    const start = periodStart(period, at)
    const running = spending[period]
    if (running.start === start) running.micros += micros
    else spending[period] = { start, micros }
  }
}

export function spentIn(spending: Spending, period: BudgetPeriod, at: number): number {
  if (period === 'forever') return spending.total
  const running = spending[period]
  return running.start === periodStart(period, at) ? running.micros : 0
}

export interface Accountable {
  keyId: string | null
  userId: string | null
  model: string | null
}

/** Every account that a request of this key and member to this model counts for. */
export function accountsOf({ keyId, userId, model }: Accountable): BudgetAccount[] {
  const accounts: BudgetAccount[] = ['organization']
  if (keyId !== null) accounts.push(`key:${keyId}`)
  if (userId !== null) accounts.push(`member:${userId}`)
  if (model !== null) accounts.push(`model:${model}`)
  return accounts
}

export const budgetOf = (state: LedgerState, account: BudgetAccount): Budget | null =>
  (account.startsWith('key:') ? state.keys.get(account.slice(4))?.record.budget : state.budgets.get(account)) ?? null

export function budgetState(state: LedgerState, account: BudgetAccount, budget: Budget, now: number): BudgetState {
  const known = state.accounts.get(account)
  return {
    account,
    limitMicros: budget.limitMicros,
    period: budget.period,
    spentMicros: known ? spentIn(known.spending, budget.period, now) : 0,
    // Whatever period a hold was made in, it will be charged in this one or a later one.
    heldMicros: known?.heldMicros ?? 0,
    resetsAt: periodEnd(budget.period, now),
  }
}

export function budgetStatesFor(state: LedgerState, request: Accountable, now: number): BudgetState[] {
  const states: BudgetState[] = []
  for (const account of accountsOf(request)) {
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
