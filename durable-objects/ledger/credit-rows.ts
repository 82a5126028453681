// Lots, what was taken back, and the plan, as rows; and what of them is asked of the disk.
import type { PlanTerms } from '#shared/contracts/ledger'
import { compareLots, type KeptLot, type LotPart } from '#shared/metering/credit-rules'
import { lotBeforeLots } from './lots.ts'
import type { LedgerState, LotOrigin, TakeBackRecord } from './state.ts'
import type { SqlValue } from './storage.ts'
import type { Unfolded } from './unfolded.ts'

/** The store, for asking. */
export interface Rows {
  read<Row>(query: string, ...values: SqlValue[]): Row[]
}

interface StoredPlan {
  terms: PlanTerms | null
  overageMicros: number
}

export function loadCredit(rows: Rows, state: LedgerState): void {
  state.lots = rows
    .read<{ lot: string }>('SELECT lot FROM lots')
    .map(({ lot }) => JSON.parse(lot) as KeptLot)
    .toSorted(compareLots)
  // What has expired meanwhile is looked at by whoever asks first.
  state.nextCreditExpiry = state.lots[0]?.expiresAt ?? Number.POSITIVE_INFINITY
  const settings = rows.read<{ name: string; value: string }>(
    "SELECT name, value FROM settings WHERE name IN ('owed', 'plan')",
  )
  for (const { name, value } of settings)
    if (name === 'owed') state.owed = JSON.parse(value) as LotPart[]
    else {
      const { terms, overageMicros } = JSON.parse(value) as StoredPlan
      Object.assign(state, { plan: terms, overageMicros })
    }
}

export function writeCredit(
  write: (query: string, ...values: SqlValue[]) => void,
  state: LedgerState,
  { plan, takeBacks, seriesEnds, endedLots }: Unfolded,
): void {
  const { changedLots, lots, owed, overageMicros } = state
  if (changedLots.size > 0) {
    const left = new Map(lots.map((lot) => [lot.id, lot]))
    for (const id of changedLots) {
      const lot = left.get(id)
      if (lot) write('INSERT OR REPLACE INTO lots VALUES (?, ?)', id, JSON.stringify(lot))
      else write('DELETE FROM lots WHERE id = ?', id)
    }
  }
  for (const [id, at] of endedLots)
    write(
      "UPDATE entries SET lot = json_set(lot, '$.expiresAt', ?, '$.ended', json('true')) WHERE grant_id = ? AND lot IS NOT NULL",
      at,
      id,
    )
  for (const [id, record] of takeBacks)
    write('INSERT OR REPLACE INTO take_backs VALUES (?, ?, ?)', id, record.grantId, JSON.stringify(record))
  for (const [id, expiredMicros] of seriesEnds)
    write('INSERT OR REPLACE INTO series_ends VALUES (?, ?)', id, expiredMicros)
  if (!plan) return
  const stored: StoredPlan = { terms: state.plan, overageMicros }
  write("INSERT OR REPLACE INTO settings VALUES ('plan', ?), ('owed', ?)", JSON.stringify(stored), JSON.stringify(owed))
}

/** What a grant gave, and to which lot; null where there was none, or nothing was given. */
export function grantedLot(rows: Rows, grantId: string): LotOrigin | null {
  const [row] = rows.read<{ at: number; amount_micros: number; lot: string | null }>(
    'SELECT at, amount_micros, lot FROM entries WHERE grant_id = ?',
    grantId,
  )
  if (!row || row.amount_micros <= 0) return null
  return row.lot === null ? lotBeforeLots(row.amount_micros, row.at) : (JSON.parse(row.lot) as LotOrigin)
}

export function takeBackOf(rows: Rows, id: string): TakeBackRecord | null {
  const [row] = rows.read<{ record: string }>('SELECT record FROM take_backs WHERE id = ?', id)
  return row ? (JSON.parse(row.record) as TakeBackRecord) : null
}

export const takeBacksOf = (rows: Rows, grantId: string): TakeBackRecord[] =>
  rows
    .read<{ record: string }>('SELECT record FROM take_backs WHERE grant_id = ?', grantId)
    .map(({ record }) => JSON.parse(record) as TakeBackRecord)

export const seriesEnd = (rows: Rows, id: string): number | null =>
  rows.read<{ expired_micros: number }>('SELECT expired_micros FROM series_ends WHERE id = ?', id)[0]?.expired_micros ??
  null

/** Overage that the tables know of, from that entry on. */
export function overageFrom(rows: Rows, sequence: number): number {
  const [row] = rows.read<{ micros: number | null }>(
    `SELECT SUM(amount_micros) AS micros FROM entries
    WHERE sequence >= ? AND kind = 'grant' AND grant_id >= 'overage:' AND grant_id < 'overage;'`,
    sequence,
  )
  return row?.micros ?? 0
}
