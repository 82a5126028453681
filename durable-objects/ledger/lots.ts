// What is left of each grant, in memory: kept in the order of use, so that a charge takes from the first and asks
// nothing. A lot that is empty is gone from here; its grant's entry says what it was.
import { compareLots, hasExpired, usable, type KeptLot, type LotPart } from '#shared/metering/credit-rules'
import type { EntryAdded, LedgerState, LotGain, LotOrigin } from './state.ts'

/** Credit from before lots were kept: one lot without an end. */
export const BEFORE_LOTS = 'before-lots'

export const lotBeforeLots = (amountMicros: number, grantedAt: number): LotOrigin => ({
  id: BEFORE_LOTS,
  source: 'promotion',
  amountMicros,
  grantedAt,
  expiresAt: null,
  series: null,
})

function insert(lots: KeptLot[], lot: KeptLot): void {
  let low = 0
  for (let high = lots.length; low < high;) {
    const middle = (low + high) >>> 1
    if (compareLots(lots[middle]!, lot) < 0) low = middle + 1
    else high = middle
  }
  lots.splice(low, 0, lot)
}

function gain(state: LedgerState, { lot, micros }: LotGain): void {
  if (micros === 0) return
  state.changedLots.add(lot.id)
  const known = state.lots.find(({ id }) => id === lot.id)
  if (known) known.remainingMicros += micros
  else insert(state.lots, { ...lot, remainingMicros: micros })
  if (lot.expiresAt !== null) state.nextCreditExpiry = Math.min(state.nextCreditExpiry, lot.expiresAt)
}

function draw(state: LedgerState, at: number, micros: number): void {
  const lot = state.lots[at]
  if (!lot || lot.remainingMicros < micros) throw new RangeError(`a lot has no ${micros} micros`)
  state.changedLots.add(lot.id)
  lot.remainingMicros -= micros
  if (lot.remainingMicros === 0) state.lots.splice(at, 1)
}

function drawInOrder(state: LedgerState, micros: number): void {
  for (let left = micros; left > 0;) {
    const part = Math.min(left, state.lots[0]?.remainingMicros ?? 0)
    draw(state, 0, part || left)
    left -= part
  }
}

/** What an entry does to lots. An older version's entries do not say it. */
export function moveCredit(state: LedgerState, { entry, into, from }: EntryAdded): void {
  const { amountMicros, at } = entry
  for (const each of into ?? []) gain(state, each)
  for (const { id, micros } of from ?? [])
    draw(
      state,
      state.lots.findIndex((lot) => lot.id === id),
      micros,
    )
  if (into || from) return
  if (amountMicros > 0) gain(state, { lot: lotBeforeLots(amountMicros, at), micros: amountMicros })
  else drawInOrder(state, 0 - amountMicros)
}

export function endLots(state: LedgerState, ids: string[], at: number): void {
  const ended = state.lots.filter(({ id }) => ids.includes(id))
  state.lots = state.lots.filter(({ id }) => !ids.includes(id))
  for (const lot of ended) {
    state.changedLots.add(lot.id)
    insert(state.lots, { ...lot, expiresAt: at, ended: true })
  }
  if (ended.length > 0) state.nextCreditExpiry = Math.min(state.nextCreditExpiry, at)
}

/** Whether some credit has expired, and is there only for requests that held it then. */
export const keepsExpired = ({ lots }: LedgerState, now: number): boolean =>
  lots.length > 0 && hasExpired(lots[0]!, now)

/** What a request that began then may be charged without overage; of one that is not in flight, null. */
export const usableFor = (state: LedgerState, takenAt: number | null, now: number): number =>
  keepsExpired(state, now) ? usable(state.lots, takenAt, now) : state.balanceMicros

/** A hold has ended: credit that it kept from expiring may be free. */
export function freeCredit(state: LedgerState): void {
  const first = state.lots[0]?.expiresAt ?? null
  if (first !== null && first < state.nextCreditExpiry) state.creditFreed = true
}

/** Every lot that has expired was looked at. */
export function creditExamined(state: LedgerState, now: number): void {
  state.creditFreed = false
  state.nextCreditExpiry =
    state.lots.find((lot) => lot.expiresAt !== null && lot.expiresAt > now)?.expiresAt ?? Infinity
}

export const totalOf = (parts: readonly LotPart[]): number => parts.reduce((sum, { micros }) => sum + micros, 0)
