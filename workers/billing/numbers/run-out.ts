// When credit runs out at so much a day. It is used in the order in which the ledger says that it is; what expires
// meanwhile is gone before it could be used.
import type { CreditLot } from '#shared/contracts/ledger'
import { DAY_MS } from './days.ts'

type Lot = Pick<CreditLot, 'id' | 'remainingMicros' | 'expiresAt'>

export interface RunOut {
  /** When the last of those that are watched is used up; null: not before the horizon. */
  watchedAt: number | null
  /** When there is nothing left at all. */
  allAt: number | null
}

export interface RunOutInput {
  now: number
  perDayMicros: number
  /** In the order of use. */
  lots: readonly Lot[]
  isWatched: (lot: Lot) => boolean
  horizonAt: number
}

export function runOut({ now, perDayMicros, lots, isWatched, horizonAt }: RunOutInput): RunOut {
  const result: RunOut = { watchedAt: null, allAt: null }
  let watched = lots.filter((lot) => lot.remainingMicros > 0 && isWatched(lot)).length
  if (perDayMicros <= 0) return result
  let at = now
  for (const lot of lots) {
    if (lot.remainingMicros <= 0) continue
    const usedUp = at + (lot.remainingMicros / perDayMicros) * DAY_MS
    // What is used is used until it ends; the next one begins where this one stops.
    at = Math.max(at, Math.min(usedUp, lot.expiresAt ?? usedUp))
    if (at > horizonAt) return result
    if (isWatched(lot) && --watched === 0) result.watchedAt = Math.floor(at)
  }
  result.allAt = Math.floor(at)
  return result
}
