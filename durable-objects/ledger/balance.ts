// What can be afforded: the one place that compares a price with the balance and the budgets.
import type { Admission, Balance, BudgetState } from '#shared/contracts/ledger'
import { overdraftLeft } from '#shared/metering/credit-rules'
import { leftIn } from './budgets.ts'
import type { LedgerState } from './state.ts'

type Refusal = Extract<Admission, { ok: false }>

/** Of credit that is there: requests in flight may hold more where the plan allows it. */
export const balanceOf = ({ balanceMicros, heldMicros }: LedgerState): Balance => ({
  balanceMicros,
  heldMicros,
  availableMicros: Math.max(0, balanceMicros - heldMicros),
})

/** The balance, and what the plan allows beyond it: what all requests together may be charged. */
export const spendable = ({ balanceMicros, plan, overageMicros }: LedgerState): number =>
  balanceMicros + overdraftLeft(plan?.overdraft ?? null, overageMicros)

/** What the balance and every budget leave, whichever leaves least. Never below zero. */
export function affordable(state: LedgerState, budgets: BudgetState[]): number {
  let least = spendable(state) - state.heldMicros
  for (const budget of budgets) least = Math.min(least, leftIn(budget))
  return Math.max(0, least)
}

/** Why `neededMicros` cannot be afforded. It matters whether waiting helps: held and gone are different refusals. */
export function refuseUnaffordable(state: LedgerState, budgets: BudgetState[], neededMicros: number): Refusal | null {
  for (const budget of budgets) {
    const availableMicros = Math.max(0, leftIn(budget))
    if (availableMicros >= neededMicros) continue
    const { account, resetsAt } = budget
    if (budget.limitMicros - budget.spentMicros >= neededMicros)
      return { ok: false, code: 'budget_held', account, neededMicros, availableMicros }
    return { ok: false, code: 'budget_exceeded', account, neededMicros, availableMicros, resetsAt }
  }
  const { heldMicros } = state
  const all = spendable(state)
  const availableMicros = Math.max(0, all - heldMicros)
  if (availableMicros >= neededMicros) return null
  if (all >= neededMicros) return { ok: false, code: 'credit_held', neededMicros, availableMicros, heldMicros }
  return { ok: false, code: 'insufficient_credits', neededMicros, availableMicros }
}
