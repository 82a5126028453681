// What was told already: one mark for each thing that an account is told once in a period.
import type { Budget, BudgetAccount, PlanTerms } from '#shared/contracts/ledger'
import type { LedgerState } from './state.ts'

/** That credit ran out. Credit that comes wipes it away. */
export const creditMark = 'credit'

/** `exceeded`, or the share in percent that was reached. */
export const budgetMark = (account: BudgetAccount, what: number | 'exceeded'): string => `${account}\n${what}`

/** A budget that changes begins to be told of anew. */
export function forgetTold(state: LedgerState, account: BudgetAccount): void {
  for (const mark of state.told.keys()) if (mark.startsWith(`${account}\n`)) state.told.delete(mark)
}

export const sameBudget = (one: Budget | null | undefined, other: Budget | null | undefined): boolean =>
  one?.limitMicros === other?.limitMicros && one?.period === other?.period

type Overdraft = PlanTerms['overdraft'] | undefined

/** Another cap, or another period: what may be spent beyond the balance begins anew. */
export const sameOverdraft = (one: Overdraft, other: Overdraft): boolean =>
  one?.kind === other?.kind && one?.capMicros === other?.capMicros && one?.since === other?.since
