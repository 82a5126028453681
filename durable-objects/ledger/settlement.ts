// How a request ends. Charged at most once, never more than was held.
//
// The rule for a hold that expired before its settlement came: the expiry has freed the credit, because
// nobody could know whether anything was spent. If it was, the settlement that comes late is charged all the
// same: at most what had been held, at most what nobody else holds and no budget forbids by now, and the
// entry says so. Nothing is charged for a request that was released, or that was never admitted.
import type { SettleInput, Settlement } from '#shared/contracts/ledger'
import { affordable } from './balance.ts'
import { budgetStatesFor } from './budgets.ts'
import { answerToKeep, type Past } from './idempotency.ts'
import type { Change, EntryRow, Hold, LedgerState } from './state.ts'

/** A request that ended before now, as the rows remember it. */
export type EndedRequest =
  | { state: 'settled'; amountMicros: number; entryId: string }
  | { state: 'released' }
  | { state: 'expired'; hold: Hold }

export interface PastSettlements extends Past {
  endedRequest(requestId: string): EndedRequest | null
}

export interface SettlementDecision {
  settlement: Settlement
  change: Change | null
}

function chargeOf(state: LedgerState, hold: Hold, amountMicros: number, { late, now }: { late: boolean; now: number }) {
  const bounded = Math.min(amountMicros, hold.heldMicros)
  if (!late) return { amount: bounded, note: null }
  const amount = Math.min(bounded, affordable(state, budgetStatesFor(state, hold, now)))
  return { amount, note: amount < bounded ? 'late-settlement-capped' : 'late-settlement' }
}

export function decideSettlement(
  state: LedgerState,
  past: PastSettlements,
  input: SettleInput,
  { now, entryId }: { now: number; entryId: () => string },
): SettlementDecision {
  const live = state.holds.get(input.requestId)
  const ended = live ? null : past.endedRequest(input.requestId)
  if (ended?.state === 'settled')
    return {
      settlement: { ok: true, amountMicros: ended.amountMicros, entryId: ended.entryId, repeated: true },
      change: null,
    }
  if (ended?.state === 'released')
    return { settlement: { ok: true, amountMicros: 0, entryId: null, repeated: true }, change: null }
  const hold = live ?? ended?.hold
  if (!hold) return { settlement: { ok: false, code: 'unknown_hold' }, change: null }

  const late = !live
  const { amount, note } = chargeOf(state, hold, input.amountMicros, { late, now })
  const { requestId, service, model, provider, keyId, userId } = hold
  const { usage, price, estimated } = input
  const entry: EntryRow = {
    sequence: state.sequence + 1,
    id: entryId(),
    at: now,
    kind: 'charge',
    amountMicros: 0 - amount,
    requestId,
    service,
    model,
    provider,
    keyId,
    userId,
    usage,
    price,
    estimated,
    note,
  }
  const answer = input.answerKept ? answerToKeep(state, past, hold, { late, now }) : null
  return {
    settlement: { ok: true, amountMicros: amount, entryId: entry.id },
    change: { type: 'entry-added', entry, grantId: null, answer },
  }
}

export function decideRelease(
  state: LedgerState,
  past: PastSettlements,
  requestId: string,
  now: number,
): Change | null {
  // A released request that had expired is remembered as released: nothing was delivered.
  if (!state.holds.has(requestId) && past.endedRequest(requestId)?.state !== 'expired') return null
  return { type: 'hold-released', requestId, at: now }
}

/** The holds whose time is over. */
export const decideExpiries = (state: LedgerState, now: number): Change[] =>
  now < state.nextExpiry
    ? []
    : [...state.holds.values()]
        .filter((hold) => hold.expiresAt <= now)
        .map(({ requestId }) => ({ type: 'hold-expired', requestId, at: now }))
