// The ledger's rows. Every change goes to the log first, one row for all that come together; from time to time
// the tables are brought up to date (`fold.ts`) and the log is emptied. The state in memory is the tables and
// then the log, and nothing else. An object that was never given anything has no table, so asking for a tenant
// that does not exist leaves no trace.
import type { Budget, BudgetAccount, KeyRecord, Limits } from '#shared/contracts/ledger'
import type { Notice } from '#shared/contracts/notices'
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { Bucket } from '#shared/lib/token-bucket'
import { beginHold, countSpending } from './apply-change.ts'
import type { Spending } from './spending.ts'
import { loadCredit } from './credit-rows.ts'
import { fromStoredEntry, type StoredEntry } from './entry-rows.ts'
import { writeFold } from './fold.ts'
import { HoldPacks } from './hold-packs.ts'
import { hasSchema, migrate } from './schema.ts'
import type { EndedRequest } from './settlement.ts'
import {
  accountOf,
  createState,
  type Change,
  type EntryRow,
  type Hold,
  type KeptAnswer,
  type LedgerState,
} from './state.ts'
import type { LedgerStorage, SqlValue } from './storage.ts'
import type { Unfolded } from './unfolded.ts'

export type Setting = 'organization_id' | 'policy' | 'published_sequence' | 'counted_sequence'

const RECOUNT_CHUNK = 1_000

/** Far below what a row may be (two million bytes), with room for one change that is large by itself. */
const LOG_ROW_LENGTH = 200_000

function logRows(changes: readonly Change[]): string[] {
  const rows: string[] = []
  let parts: string[] = []
  let length = 0
  for (const change of changes) {
    const part = JSON.stringify(change)
    if (parts.length > 0 && length + part.length > LOG_ROW_LENGTH) {
      rows.push(`[${parts.join(',')}]`)
      parts = []
      length = 0
    }
    parts.push(part)
    length += part.length
  }
  return [...rows, `[${parts.join(',')}]`]
}

export class LedgerStore {
  readonly #storage: LedgerStorage
  #ready: boolean
  readonly #packs: HoldPacks
  /** No request has a row whose id comes after this one; null where that cannot be said. */
  #lastRequest: string | null = null

  constructor(storage: LedgerStorage) {
    this.#storage = storage
    this.#packs = new HoldPacks(storage)
    this.#ready = hasSchema(storage)
    if (this.#ready) migrate(storage)
    this.#lastRequest = this.#findLastRequest()
  }

  read<Row>(query: string, ...values: SqlValue[]): Row[] {
    return this.#ready ? this.#storage.sql<Row>(query, ...values) : []
  }

  #prepare(): void {
    if (this.#ready) return
    migrate(this.#storage)
    this.#ready = true
  }

  /** All of it or none of it. */
  append(changes: readonly Change[]): void {
    this.#prepare()
    const rows = logRows(changes)
    const write = () => {
      for (const row of rows) this.#storage.sql('INSERT INTO log (changes) VALUES (?)', row)
    }
    if (rows.length === 1) write()
    else this.#storage.transaction(write)
  }

  log(): Change[] {
    return this.read<{ changes: string }>('SELECT changes FROM log ORDER BY id').flatMap(
      ({ changes }) => JSON.parse(changes) as Change[],
    )
  }

  /** The tables say what the state says, and the log is empty. */
  fold(state: LedgerState, unfolded: Unfolded): void {
    if (!this.#ready) return
    writeFold(this.#storage, this.#packs, state, unfolded)
    const last = this.#lastRequest
    if (last !== null)
      for (const requestId of unfolded.requests) if (requestId > this.#lastRequest!) this.#lastRequest = requestId
  }

  /** Everything that is kept in memory, as the tables have it. */
  load(): LedgerState {
    const state = createState()
    const newest = this.read<StoredEntry>('SELECT * FROM entries ORDER BY sequence DESC LIMIT 1')[0]
    state.balanceMicros = newest?.balance_after ?? 0
    state.sequence = newest?.sequence ?? 0
    state.latestAt = newest?.at ?? 0
    this.#loadRules(state)
    for (const { name, missing, at } of this.read<Bucket & { name: string }>('SELECT * FROM buckets'))
      state.buckets.set(name, { missing, at })
    for (const { account, totals } of this.read<{ account: BudgetAccount; totals: string }>('SELECT * FROM spending'))
      accountOf(state, account).spending = JSON.parse(totals) as Spending
    this.#recount(state)
    if (this.#ready) for (const hold of this.#packs.load((id) => this.hasEnded(id))) beginHold(state, hold)
    for (const { mark, since } of this.read<{ mark: string; since: number }>('SELECT * FROM told'))
      state.told.set(mark, since)
    for (const { notice } of this.read<{ notice: string }>('SELECT notice FROM notices ORDER BY position')) {
      const due = JSON.parse(notice) as Notice
      state.outbox.set(due.id, due)
    }
    return state
  }

  #loadRules(state: LedgerState): void {
    for (const row of this.read<{ account: BudgetAccount; limit_micros: number; period: Budget['period'] }>(
      'SELECT * FROM budgets',
    ))
      state.budgets.set(row.account, { limitMicros: row.limit_micros, period: row.period })
    for (const row of this.read<{ id: string; record: string; last_used_at: number | null }>('SELECT * FROM keys'))
      state.keys.set(row.id, { record: JSON.parse(row.record) as KeyRecord, lastUsedAt: row.last_used_at })
    for (const { account, limits } of this.read<{ account: BudgetAccount; limits: string }>('SELECT * FROM limits'))
      state.limits.set(account, JSON.parse(limits) as Limits)
    const policy = this.setting<string>('policy')
    if (policy !== null) state.policy = JSON.parse(policy) as PolicySnapshot
    loadCredit(this, state)
  }

  /** Tables of an older version have no totals of some accounts: every entry is counted once more. */
  #recount(state: LedgerState): void {
    if (state.sequence === 0 || this.setting('counted_sequence') !== null) return
    for (let after = 0; ;) {
      const entries = this.entriesAfter(after, RECOUNT_CHUNK)
      for (const entry of entries) countSpending(state, entry, null)
      if (entries.length < RECOUNT_CHUNK) break
      after = entries.at(-1)!.sequence
    }
    this.#storage.transaction(() => {
      for (const [name, { spending }] of state.accounts)
        this.#storage.sql('INSERT OR REPLACE INTO spending VALUES (?, ?)', name, JSON.stringify(spending))
      this.set('counted_sequence', state.sequence)
    })
  }

  setting<T extends SqlValue = number>(name: Setting): T | null {
    return this.read<{ value: T | null }>('SELECT value FROM settings WHERE name = ?', name)[0]?.value ?? null
  }

  set(name: Setting, value: SqlValue): void {
    if (this.#ready) this.#storage.sql('INSERT OR REPLACE INTO settings VALUES (?, ?)', name, value)
  }

  // An index orders ids by their bytes and a string by its UTF-16 units; the two agree on ASCII.
  #findLastRequest(): string | null {
    const last = this.read<{ last: string | null }>(
      `SELECT MAX(last) AS last FROM (
        SELECT MAX(request_id) AS last FROM requests
        UNION ALL SELECT MAX(request_id) FROM entries WHERE request_id IS NOT NULL
      )`,
    )[0]?.last
    return /^[ -~]*$/.test(last ?? '') ? (last ?? '') : null
  }

  /** Ids begin with their time, so most requests that are asked about are newer than any row: no look is needed. */
  #mayHave(requestId: string): boolean {
    return this.#lastRequest === null || requestId <= this.#lastRequest
  }

  hasEnded(requestId: string): boolean {
    if (!this.#mayHave(requestId)) return false
    return (
      this.read(
        'SELECT 1 FROM entries WHERE request_id = ?1 UNION ALL SELECT 1 FROM requests WHERE request_id = ?1 LIMIT 1',
        requestId,
      ).length > 0
    )
  }

  endedRequest(requestId: string): EndedRequest | null {
    if (!this.#mayHave(requestId)) return null
    const known = this.read<{ state: 'released' | 'expired' | 'abandoned'; body: string | null }>(
      'SELECT state, body FROM requests WHERE request_id = ?',
      requestId,
    )[0]
    if (known?.state === 'released') return { state: 'released' }
    if (known?.body) return JSON.parse(known.body) as EndedRequest
    const entries = this.read<{ id: string; kind: string; amount_micros: number }>(
      'SELECT id, kind, amount_micros FROM entries WHERE request_id = ?',
      requestId,
    )
    const charge = entries.find(({ kind }) => kind === 'charge')
    if (!charge) return null
    const amountMicros = entries.reduce((sum, { amount_micros }) => sum - amount_micros, 0)
    return { state: 'settled', amountMicros, entryId: charge.id }
  }

  answerOf(payer: string, key: string): KeptAnswer | null {
    const row = this.read<{ fingerprint: string; request_id: string; at: number }>(
      'SELECT * FROM answers WHERE payer = ? AND key = ?',
      payer,
      key,
    )[0]
    return row ? { payer, key, fingerprint: row.fingerprint, requestId: row.request_id, at: row.at } : null
  }

  grantOf(id: string): EntryRow | null {
    const row = this.read<StoredEntry>('SELECT * FROM entries WHERE grant_id = ?', id)[0]
    return row ? fromStoredEntry(row) : null
  }

  /** Of the newest entry that is older; 0 where there is none. */
  lastSequenceBefore(at: number): number {
    const [row] = this.read<{ sequence: number | null }>(
      'SELECT MAX(sequence) AS sequence FROM entries WHERE at < ?',
      at,
    )
    return row?.sequence ?? 0
  }

  entriesAfter(sequence: number, limit: number): EntryRow[] {
    return this.read<StoredEntry>(
      'SELECT * FROM entries WHERE sequence > ? ORDER BY sequence LIMIT ?',
      sequence,
      limit,
    ).map(fromStoredEntry)
  }

  /** Drops what is remembered of answers and of holds that ended, up to `before`. */
  forget(before: number, live: Hold[]): void {
    if (!this.#ready) return
    this.#storage.transaction(() => {
      this.#packs.rewrite(live)
      this.#storage.sql('DELETE FROM answers WHERE at <= ?', before)
      this.#storage.sql('DELETE FROM requests WHERE ended_at <= ?', before)
    })
  }

  /** Since when the oldest of those is remembered. */
  oldestMemory(): number | null {
    return (
      this.read<{ at: number | null }>(
        'SELECT MIN(at) AS at FROM (SELECT MIN(at) AS at FROM answers UNION ALL SELECT MIN(ended_at) FROM requests)',
      )[0]?.at ?? null
    )
  }
}
