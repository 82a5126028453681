// A budget as it is typed: an amount in dollars, or nothing, and how long it lasts.
import type { BudgetPeriod } from '#shared/contracts/ledger'
import { readAmount, typedAmount } from '../../ui/read-amount.ts'
import type { AmountFault } from '../../ui/read-amount.ts'

export interface BudgetDraft {
  amount: string
  period: BudgetPeriod
}

export interface BudgetBody {
  budget_micros: number | null
  budget_period: BudgetPeriod | null
}

export type BudgetReading = { ok: true; body: BudgetBody } | { ok: false; fault: AmountFault }

export const budgetPeriods: readonly BudgetPeriod[] = ['day', 'week', 'month', 'forever']

export const budgetDraftOf = ({ budget_micros, budget_period }: BudgetBody): BudgetDraft => ({
  amount: budget_micros === null ? '' : typedAmount(budget_micros),
  period: budget_period ?? 'month',
})

/** Nothing typed is no budget; zero is a budget that lets nothing through. */
export function readBudget({ amount, period }: BudgetDraft): BudgetReading {
  if (amount.trim() === '') return { ok: true, body: { budget_micros: null, budget_period: null } }
  const reading = readAmount(amount)
  return reading.ok ? { ok: true, body: { budget_micros: reading.micros, budget_period: period } } : reading
}

/** What was not changed is not sent: where the ledger could not be asked, "none" may only mean "not known". */
export const isSameBudget = (a: BudgetBody, b: BudgetBody): boolean =>
  a.budget_micros === b.budget_micros && (a.budget_micros === null || a.budget_period === b.budget_period)
