// One attempt has failed before its first byte and another model or vendor is asked: the hold becomes that
// one's. Everything is looked at as if the hold were not there, so that what it has already counts for it; where
// the new one is refused, the old one stays. The call was counted for every limit per minute but the new model's.
import type { Admission, AmendInput } from '#shared/contracts/ledger'
import { admitted } from './admission.ts'
import { modelInPlan } from '#shared/metering/credit-rules'
import { affordable, refuseUnaffordable } from './balance.ts'
import { accountsOf, limitedBy } from './accounts.ts'
import { budgetStatesFor } from './budgets.ts'
import { refuseParallel } from './limits.ts'
import { refuseTooFast, requestWindow, tokenWindow } from './rate-window.ts'
import type { Change, Hold, LedgerState } from './state.ts'

export interface AmendmentDecision {
  admission: Admission
  change: Change | null
}

const refusal = (admission: Admission): AmendmentDecision => ({ admission, change: null })

/** The state as it would be had this hold been released, for looking alone. */
function without(state: LedgerState, hold: Hold): LedgerState {
  const accounts = new Map(state.accounts)
  for (const name of accountsOf(hold)) {
    const account = accounts.get(name)!
    accounts.set(name, {
      ...account,
      heldMicros: account.heldMicros - hold.heldMicros,
      heldTokens: account.heldTokens - hold.tokens,
      running: account.running - (hold.part ? 0 : 1),
    })
  }
  return { ...state, heldMicros: state.heldMicros - hold.heldMicros, accounts }
}

export function decideAmendment(state: LedgerState, input: AmendInput, now: number): AmendmentDecision {
  const { requestId, model, provider, ceilingMicros, floorMicros, tokens, abandoned } = input
  const hold = state.holds.get(requestId)
  if (!hold) return refusal({ ok: false, code: 'replay', requestId })
  const key = hold.keyId === null ? null : state.keys.get(hold.keyId)?.record
  if (key?.models && !key.models.includes(model)) return refusal({ ok: false, code: 'model_not_allowed', model })
  if (state.plan && !hold.part && !modelInPlan(state.plan, model))
    return refusal({ ok: false, code: 'model_not_in_plan', model, planId: state.plan.planId })

  const free = without(state, hold)
  const next: Hold = { ...hold, model, provider, tokens: hold.part ? 0 : (tokens ?? 0), abandoned: abandoned ?? null }
  const accounts = accountsOf(next)
  const windows = hold.part
    ? []
    : [
        ...(model === hold.model ? [] : requestWindow(free, `model:${model}`)),
        ...limitedBy(accounts).flatMap((account) => tokenWindow(free, account, next.tokens)),
      ]
  const budgets = budgetStatesFor(free, accounts, now)
  const refused =
    refuseTooFast(free, windows, now) ??
    (hold.part ? null : refuseParallel(free, limitedBy(accounts))) ??
    refuseUnaffordable(free, budgets, Math.min(floorMicros, ceilingMicros))
  if (refused) return refusal(refused)
  next.heldMicros = Math.min(ceilingMicros, affordable(free, budgets))
  return { admission: admitted(next, key), change: { type: 'hold-amended', hold: next, at: now } }
}
