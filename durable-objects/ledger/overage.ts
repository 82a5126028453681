// What a charge needs beyond the credit there is. It is granted first, as an entry of its own, so that the balance
// never is below zero and the entries say what to bill.
import { drawFrom, overageFor, overageNote } from '#shared/metering/credit-rules'
import { keepsExpired, usableFor } from './lots.ts'
import { newEntry, type Moment } from './new-entry.ts'
import type { EntryAdded, Hold, LedgerState, LotOrigin } from './state.ts'

export interface ChargePlan {
  /** The overage that must be granted first. */
  before: EntryAdded[]
  /** From which lots the charge is taken; absent: in the order of use. */
  from: EntryAdded['from']
}

interface Charge {
  hold: Hold
  amountMicros: number
  /** It puts an earlier charge of the same request right. */
  correction?: boolean
  /** The hold is gone: it keeps no credit from expiring. */
  late?: boolean
  /** From where it is taken must be remembered, because it may be given back. */
  remembered?: boolean
}

function overageGrant(state: LedgerState, charge: Charge, lacking: number, moment: Moment): EntryAdded {
  const { hold, correction } = charge
  const { requestId, overdraft } = hold
  const id = `overage:${requestId}${correction ? ':late' : ''}`
  const note = overdraft ?? (state.plan?.overdraft ? overageNote(state.plan.overdraft) : 'overage')
  const lot: LotOrigin = {
    id,
    source: 'overage',
    amountMicros: lacking,
    grantedAt: moment.now,
    expiresAt: null,
    series: null,
  }
  const entry = newEntry(state, { kind: 'grant', amountMicros: lacking, note }, moment)
  return { type: 'entry-added', entry, grantId: id, answer: null, into: [{ lot, micros: lacking }] }
}

export function planCharge(state: LedgerState, charge: Charge, moment: Moment): ChargePlan {
  const { hold, amountMicros, late, remembered } = charge
  const { now } = moment
  const takenAt = late ? null : (hold.takenAt ?? 0)
  const lacking = overageFor(amountMicros, usableFor(state, takenAt, now))
  const before = lacking > 0 ? [overageGrant(state, charge, lacking, moment)] : []
  if (!remembered && !keepsExpired(state, now)) return { before, from: undefined }
  const granted = before.flatMap(({ into }) => into!.map(({ lot, micros }) => ({ ...lot, remainingMicros: micros })))
  return { before, from: drawFrom([...state.lots, ...granted], amountMicros, { takenAt, now }) }
}
