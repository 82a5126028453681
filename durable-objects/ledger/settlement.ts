// How a request ends. Charged at most once, never more than was held.
//
// A hold that runs out without a word was lost with its Worker. Where the admission said what is then known to
// have been spent, that is charged, as an estimate (`abandoned`); else the credit is free again. If the
// settlement comes after all, late, it is believed:
// - nothing was charged: it is charged as it would have been, at most what had been held, at most what nobody
//   else holds and no budget forbids by now;
// - the estimate was charged: one `adjustment` makes the two together what the settlement says, within the same
//   bounds. Its amount and its usage are the difference, so the sum over a request's entries is the request.
// A release that comes late takes the estimate back. Nothing is charged for a request that was released, or
// that was never admitted. What is remembered of a hold for this is forgotten after a day.
import type { SettleInput, Settlement } from '#shared/contracts/ledger'
import { units, type Usage } from '#shared/lib/money'
import { affordable } from './balance.ts'
import { accountsOf } from './accounts.ts'
import { budgetStatesFor } from './budgets.ts'
import { returnTo, type LotPart } from '#shared/metering/credit-rules'
import { answerToKeep, type Past } from './idempotency.ts'
import { newEntry, type Moment } from './new-entry.ts'
import { planCharge } from './overage.ts'
import type { Change, EntryAdded, EntryRow, Hold, LedgerState, LotGain, LotOrigin } from './state.ts'

/** A hold that ran out and was charged what was known of it. */
export interface AbandonedRequest {
  state: 'abandoned'
  hold: Hold
  /** What was charged. */
  amountMicros: number
  usage: Usage
  entryId: string
  at: number
  /** From which lots; absent: by an older version. */
  drawn?: LotPart[]
  costMicros?: number
}

/** A request that ended before now. */
export type EndedRequest =
  | { state: 'settled'; amountMicros: number; entryId: string }
  | { state: 'released' }
  | { state: 'expired'; hold: Hold }
  | AbandonedRequest

export interface PastSettlements extends Past {
  endedRequest(requestId: string): EndedRequest | null
  /** What is known of a lot, empty or not. */
  lotOf(id: string): LotOrigin
}

export interface SettlementDecision {
  settlement: Settlement
  /** In this order, and all of them or none. */
  changes: Change[]
}

type Charged = Pick<EntryRow, 'kind' | 'amountMicros' | 'usage' | 'price' | 'estimated' | 'note' | 'costMicros'>

function entryFor(state: LedgerState, hold: Hold, charged: Charged, moment: Moment, after = 0): EntryRow {
  const { requestId, service, model, provider, keyId, userId } = hold
  return newEntry(state, { requestId, service, model, provider, keyId, userId, ...charged }, moment, after)
}

const affordableFor = (state: LedgerState, hold: Hold, now: number) =>
  affordable(state, budgetStatesFor(state, accountsOf(hold), now))

function decideCharge(
  state: LedgerState,
  past: Past,
  { hold, input, late }: { hold: Hold; input: SettleInput; late: boolean },
  moment: Moment,
): SettlementDecision {
  const { usage, price, estimated, costMicros = null } = input
  const bounded = Math.min(input.amountMicros, hold.heldMicros)
  const amount = late ? Math.min(bounded, affordableFor(state, hold, moment.now)) : bounded
  const note = !late ? null : amount < bounded ? 'late-settlement-capped' : 'late-settlement'
  const charged = { kind: 'charge', amountMicros: 0 - amount, usage, price, estimated, note, costMicros } as const
  const { before, from } = planCharge(state, { hold, amountMicros: amount, late }, moment)
  const entry = entryFor(state, hold, charged, moment, before.length)
  const answer = input.answerKept ? answerToKeep(state, past, hold, { late, now: moment.now }) : null
  const about = { ...(from && { from }), ...(hold.part && { part: hold.part }) }
  return {
    settlement: { ok: true, amountMicros: amount, entryId: entry.id },
    changes: [...before, { type: 'entry-added', entry, grantId: null, answer, ...about }],
  }
}

function usageBetween(before: Usage, after: Usage): Usage {
  const difference: Usage = {}
  for (const unit of units) {
    const count = (after[unit] ?? 0) - (before[unit] ?? 0)
    if (count !== 0) difference[unit] = count
  }
  return difference
}

/** What the provider took after all, less what was known of it then; null where either is not known. */
const costBetween = (before: number | undefined, after: number | undefined): number | null =>
  after === undefined ? null : after - (before ?? 0)

/** Credit that is given back goes to the lots that it was taken from. */
function giveBack(past: PastSettlements, drawn: LotPart[] | undefined, micros: number): { into?: LotGain[] } {
  if (!drawn) return {}
  return { into: returnTo(drawn, micros).map((part) => ({ lot: past.lotOf(part.id), micros: part.micros })) }
}

/** To more, or to less: then the difference is given back. */
function correctLots(
  state: LedgerState,
  past: PastSettlements,
  { charged, amountMicros }: { charged: AbandonedRequest; amountMicros: number },
  moment: Moment,
): { before: EntryAdded[]; about: Pick<EntryAdded, 'into' | 'from'> } {
  if (amountMicros < 0) return { before: [], about: giveBack(past, charged.drawn, 0 - amountMicros) }
  const { hold } = charged
  const { before, from } = planCharge(state, { hold, amountMicros, correction: true, late: true }, moment)
  return { before, about: from ? { from } : {} }
}

function decideCorrection(
  state: LedgerState,
  past: PastSettlements,
  { charged, input }: { charged: AbandonedRequest; input: SettleInput },
  moment: Moment,
): SettlementDecision {
  const { hold } = charged
  const more = Math.min(input.amountMicros, hold.heldMicros) - charged.amountMicros
  const amount = Math.min(more, affordableFor(state, hold, moment.now))
  const adjustment = {
    kind: 'adjustment',
    amountMicros: 0 - amount,
    usage: usageBetween(charged.usage, input.usage),
    price: input.price,
    estimated: input.estimated,
    note: amount < more ? 'late-settlement-capped' : 'late-settlement',
    costMicros: costBetween(charged.costMicros, input.costMicros),
  } as const
  const { before, about } = correctLots(state, past, { charged, amountMicros: amount }, moment)
  const entry = entryFor(state, hold, adjustment, moment, before.length)
  const answer = input.answerKept ? answerToKeep(state, past, hold, { late: true, now: moment.now }) : null
  const { at, entryId } = charged
  const amountMicros = charged.amountMicros + amount
  return {
    settlement: { ok: true, amountMicros, entryId },
    changes: [
      ...before,
      { type: 'entry-added', entry, grantId: null, answer, corrects: { at, entryId, amountMicros }, ...about },
    ],
  }
}

export function decideSettlement(
  state: LedgerState,
  past: PastSettlements,
  input: SettleInput,
  moment: Moment,
): SettlementDecision {
  const live = state.holds.get(input.requestId)
  if (live) return decideCharge(state, past, { hold: live, input, late: false }, moment)
  const ended = past.endedRequest(input.requestId)
  switch (ended?.state) {
    case 'settled': {
      const { amountMicros, entryId } = ended
      return { settlement: { ok: true, amountMicros, entryId, repeated: true }, changes: [] }
    }
    case 'released':
      return { settlement: { ok: true, amountMicros: 0, entryId: null, repeated: true }, changes: [] }
    case 'expired':
      return decideCharge(state, past, { hold: ended.hold, input, late: true }, moment)
    case 'abandoned':
      return decideCorrection(state, past, { charged: ended, input }, moment)
    default:
      return { settlement: { ok: false, code: 'unknown_hold' }, changes: [] }
  }
}

export function decideRelease(
  state: LedgerState,
  past: PastSettlements,
  requestId: string,
  moment: Moment,
): Change | null {
  const released: Change = { type: 'hold-released', requestId, at: moment.now }
  if (state.holds.has(requestId)) return released
  const ended = past.endedRequest(requestId)
  // A released request that had expired is remembered as released: nothing was delivered.
  if (ended?.state === 'expired') return released
  if (ended?.state !== 'abandoned') return null
  const adjustment = {
    kind: 'adjustment',
    amountMicros: ended.amountMicros,
    usage: usageBetween(ended.usage, {}),
    price: ended.hold.abandoned?.price ?? null,
    estimated: false,
    note: 'late-release',
    costMicros: costBetween(ended.costMicros, ended.costMicros === undefined ? undefined : 0),
  } as const
  const entry = entryFor(state, ended.hold, adjustment, moment)
  const corrects = { at: ended.at, entryId: ended.entryId, amountMicros: 0 }
  const about = giveBack(past, ended.drawn, ended.amountMicros)
  return { type: 'entry-added', entry, grantId: null, answer: null, corrects, ...about }
}

/** The holds whose time is over, the one that ran out first first. */
export const expiredHolds = (state: LedgerState, now: number): Hold[] =>
  now < state.nextExpiry
    ? []
    : [...state.holds.values()]
        .filter((hold) => hold.expiresAt <= now)
        .sort((a, b) => a.expiresAt - b.expiresAt || (a.requestId < b.requestId ? -1 : 1))

export function decideExpiry(state: LedgerState, hold: Hold, moment: Moment): Change[] {
  const { requestId, abandoned } = hold
  if (!abandoned) return [{ type: 'hold-expired', requestId, at: moment.now }]
  const amount = Math.min(abandoned.amountMicros, hold.heldMicros)
  const { usage, price, costMicros = null } = abandoned
  const charged = {
    kind: 'charge',
    amountMicros: 0 - amount,
    usage,
    price,
    estimated: true,
    note: 'abandoned',
    costMicros,
  } as const
  const { before, from } = planCharge(state, { hold, amountMicros: amount, remembered: true }, moment)
  const entry = entryFor(state, hold, charged, moment, before.length)
  const part = hold.part && { part: hold.part }
  return [...before, { type: 'entry-added', entry, grantId: null, from, answer: null, abandoned: true, ...part }]
}
