// An entry as a row of the object's table, and back.
import type { LedgerEntry } from '#shared/contracts/ledger'
import type { EntryRow } from './state.ts'
import type { SqlValue } from './storage.ts'
import type { NewEntry } from './unfolded.ts'

export interface StoredEntry {
  sequence: number
  id: string
  at: number
  kind: LedgerEntry['kind']
  amount_micros: number
  balance_after: number
  request_id: string | null
  service: string | null
  model: string | null
  provider: string | null
  key_id: string | null
  user_id: string | null
  usage: string | null
  price: string | null
  estimated: number
  note: string | null
  cost_micros: number | null
  plan_id: string | null
  /** Of a grant: its lot, as it was given. */
  lot: string | null
}

const fromJson = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T))
const toJson = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

export const fromStoredEntry = (row: StoredEntry): EntryRow => ({
  sequence: row.sequence,
  id: row.id,
  at: row.at,
  kind: row.kind,
  amountMicros: row.amount_micros,
  requestId: row.request_id,
  service: row.service,
  model: row.model,
  provider: row.provider,
  keyId: row.key_id,
  userId: row.user_id,
  usage: fromJson(row.usage),
  price: fromJson(row.price),
  estimated: row.estimated === 1,
  note: row.note,
  costMicros: row.cost_micros,
  planId: row.plan_id,
})

export const INSERT_ENTRY = `INSERT INTO entries (
  sequence, id, at, kind, amount_micros, balance_after, request_id, grant_id, service, model, provider, key_id, user_id, usage, price, estimated, note,
  cost_micros, plan_id, lot
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

export const entryValues = ({ entry, grantId, lot, balanceAfter }: NewEntry): SqlValue[] => [
  entry.sequence,
  entry.id,
  entry.at,
  entry.kind,
  entry.amountMicros,
  balanceAfter,
  entry.requestId,
  grantId,
  entry.service,
  entry.model,
  entry.provider,
  entry.keyId,
  entry.userId,
  toJson(entry.usage),
  toJson(entry.price),
  entry.estimated ? 1 : 0,
  entry.note,
  entry.costMicros ?? null,
  entry.planId ?? null,
  toJson(lot),
]

export const toLedgerEntry = ({ sequence: _sequence, ...entry }: EntryRow): LedgerEntry => entry
