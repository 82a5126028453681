// One attempt has failed before its first byte and another model or vendor is asked: the hold becomes that
// one's. It is looked at as if the hold were not there; where the new one is refused, the old one stays.
import type { Admission, AmendInput } from '#shared/contracts/ledger'
import { affordable, refuseUnaffordable } from './balance.ts'
import { budgetStatesFor, accountsOf } from './budgets.ts'
import type { Hold, LedgerState } from './state.ts'

export interface AmendmentDecision {
  admission: Admission
  hold: Hold | null
}

/** The state as it would be had this hold been released, for looking alone. */
function without(state: LedgerState, hold: Hold): LedgerState {
  const accounts = new Map(state.accounts)
  for (const name of accountsOf(hold)) {
    const account = accounts.get(name)!
    accounts.set(name, { ...account, heldMicros: account.heldMicros - hold.heldMicros })
  }
  return { ...state, heldMicros: state.heldMicros - hold.heldMicros, accounts }
}

export function decideAmendment(state: LedgerState, input: AmendInput, now: number): AmendmentDecision {
  const { requestId, model, provider, ceilingMicros, floorMicros, tokens, abandoned } = input
  const hold = state.holds.get(requestId)
  if (!hold) return { admission: { ok: false, code: 'replay', requestId }, hold: null }
  const key = hold.keyId === null ? null : state.keys.get(hold.keyId)?.record
  if (key?.models && !key.models.includes(model))
    return { admission: { ok: false, code: 'model_not_allowed', model }, hold: null }

  const free = without(state, hold)
  const next = { ...hold, model, provider, tokens: tokens ?? 0, abandoned: abandoned ?? null }
  const budgets = budgetStatesFor(free, next, now)
  const unaffordable = refuseUnaffordable(free, budgets, Math.min(floorMicros, ceilingMicros))
  if (unaffordable) return { admission: unaffordable, hold: null }
  const heldMicros = Math.min(ceilingMicros, affordable(free, budgets))
  const keyUserId = key?.userId ?? null
  return { admission: { ok: true, heldMicros, keyUserId, rateLimit: null }, hold: { ...next, heldMicros } }
}
