// Reading the entries: pages, newest first, and sums by group. Both end in an index.
import type { LedgerEntry, LedgerRpc, Page, SummaryBy, SummaryRow } from '#shared/contracts/ledger'
import { invalidCursor } from '#shared/http/problems'
import { decodeCursor, encodeCursor } from '#shared/lib/cursor'
import { units, type Unit } from '#shared/lib/money'
import { fromStoredEntry, toLedgerEntry, type StoredEntry } from './entry-rows.ts'
import type { SqlValue } from './storage.ts'
import type { LedgerStore } from './store.ts'

type EntriesInput = Parameters<LedgerRpc['entries']>[0]
type SummaryInput = Parameters<LedgerRpc['summary']>[0]

function sequenceOf(cursor: string): number {
  const place = decodeCursor('entries', cursor)
  if (place === null || !/^[1-9]\d{0,14}$/.test(place)) throw invalidCursor()
  return Number(place)
}

export function listEntries(store: LedgerStore, { limit, cursor, requestId, userId }: EntriesInput): Page<LedgerEntry> {
  const conditions: [string, SqlValue][] = []
  if (cursor !== undefined) conditions.push(['sequence < ?', sequenceOf(cursor)])
  if (requestId !== undefined) conditions.push(['request_id = ?', requestId])
  if (userId !== undefined) conditions.push(['user_id = ?', userId])
  const where = conditions.length > 0 ? `WHERE ${conditions.map(([condition]) => condition).join(' AND ')}` : ''
  const values = conditions.map(([, value]) => value)
  const rows = store.read<StoredEntry>(
    `SELECT * FROM entries ${where} ORDER BY sequence DESC LIMIT ?`,
    ...values,
    limit + 1,
  )
  const shown = rows.slice(0, limit).map(fromStoredEntry)
  return {
    data: shown.map(toLedgerEntry),
    nextCursor: rows.length > limit ? encodeCursor('entries', shown.at(-1)!.sequence) : null,
  }
}

const groups: Record<SummaryBy, string> = {
  day: "strftime('%Y-%m-%d', at / 1000, 'unixepoch')",
  model: 'model',
  service: 'service',
  member: 'user_id',
  key: 'key_id',
}

const unitSums = units.map((unit) => `SUM(COALESCE(json_extract(usage, '$.${unit}'), 0)) AS ${unit}`).join(', ')

type StoredSummary = Record<Unit, number> & { group_name: string | null; requests: number; charged: number }

function toSummaryRow(row: StoredSummary): SummaryRow {
  const usage: SummaryRow['usage'] = {}
  for (const unit of units) if (row[unit] !== 0) usage[unit] = row[unit]
  return { group: row.group_name, requests: row.requests, chargedMicros: row.charged, usage }
}

/** Entries are numbered in the order of their times: the first that is not before `at`, found by halving. */
export function firstSince(store: LedgerStore, at: number): number {
  let low = 1
  let high = (store.read<{ last: number | null }>('SELECT MAX(sequence) AS last FROM entries')[0]?.last ?? 0) + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const entry = store.read<{ at: number }>('SELECT at FROM entries WHERE sequence = ?', middle)[0]!
    if (entry.at < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Days in their order; everything else by what was charged, the dearest first. What puts a charge right counts with it. */
export function summarize(store: LedgerStore, { from, to, by, userId }: SummaryInput): SummaryRow[] {
  const mine = userId === undefined ? '' : 'AND user_id = ?'
  return store
    .read<StoredSummary>(
      `SELECT ${groups[by]} AS group_name, SUM(kind = 'charge') AS requests, 0 - SUM(amount_micros) AS charged, ${unitSums}
      FROM entries
      WHERE sequence >= ? AND sequence < ? AND (kind = 'charge' OR (kind = 'adjustment' AND request_id IS NOT NULL)) ${mine}
      GROUP BY group_name ORDER BY ${by === 'day' ? '' : 'charged DESC, '} COALESCE(group_name, '')`,
      firstSince(store, from),
      firstSince(store, to),
      ...(userId === undefined ? [] : [userId]),
    )
    .map(toSummaryRow)
}
