// The ledger's rows: every change is written here, and the state in memory is rebuilt from here alone. An
// object that was never given anything has no table, so asking for a tenant that does not exist leaves no trace.
import type { Budget, BudgetAccount, KeyRecord, Limits } from '#shared/contracts/ledger'
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { Bucket } from '#shared/lib/token-bucket'
import { accountsOf, type Spending } from './budgets.ts'
import { entryValues, fromStoredEntry, INSERT_ENTRY, type StoredEntry } from './entry-rows.ts'
import { hasSchema, migrate } from './schema.ts'
import type { EndedRequest } from './settlement.ts'
import {
  accountOf,
  applyChange,
  countSpending,
  createState,
  type Change,
  type EntryRow,
  type Hold,
  type KeptAnswer,
  type LedgerState,
} from './state.ts'
import type { LedgerStorage, SqlValue } from './storage.ts'

interface StoredHold {
  request_id: string
  payer: string
  key_id: string | null
  user_id: string
  service: string
  model: string
  provider: string
  held_micros: number
  expires_at: number
  idempotency_key: string | null
  fingerprint: string | null
  released: number
  tokens: number
  abandoned: string | null
}

const fromStoredHold = (row: StoredHold): Hold => ({
  requestId: row.request_id,
  payer: row.payer,
  keyId: row.key_id,
  userId: row.user_id,
  service: row.service,
  model: row.model,
  provider: row.provider,
  heldMicros: row.held_micros,
  expiresAt: row.expires_at,
  idempotency: row.idempotency_key === null ? null : { key: row.idempotency_key, fingerprint: row.fingerprint ?? '' },
  tokens: row.tokens,
  abandoned: row.abandoned === null ? null : (JSON.parse(row.abandoned) as Hold['abandoned']),
})

/** What is in memory and changes too often for a row each time. */
export interface Checkpoint {
  accounts: Iterable<BudgetAccount>
  keys: Iterable<string>
  buckets: Iterable<string>
}

export type Setting = 'organization_id' | 'policy' | 'published_sequence' | 'checkpoint_sequence'

export class LedgerStore {
  readonly #storage: LedgerStorage
  #ready: boolean

  constructor(storage: LedgerStorage) {
    this.#storage = storage
    this.#ready = hasSchema(storage)
    if (this.#ready) migrate(storage)
  }

  read<Row>(query: string, ...values: SqlValue[]): Row[] {
    return this.#ready ? this.#storage.sql<Row>(query, ...values) : []
  }

  #write(query: string, ...values: SqlValue[]): void {
    this.#storage.sql(query, ...values)
  }

  /** All of these rows or none of them. */
  writeAll(changes: readonly Change[]): void {
    this.#prepare()
    this.#storage.transaction(() => {
      for (const change of changes) this.#writeChange(change)
    })
  }

  #prepare(): void {
    if (this.#ready) return
    migrate(this.#storage)
    this.#ready = true
  }

  #writeChange(change: Change): void {
    switch (change.type) {
      case 'hold-taken':
      case 'hold-amended':
        return this.#writeHold(change.hold)
      case 'hold-renewed':
        return this.#write('UPDATE holds SET expires_at = ? WHERE request_id = ?', change.expiresAt, change.requestId)
      case 'hold-expired':
        return this.#write('UPDATE holds SET ended_at = ? WHERE request_id = ?', change.at, change.requestId)
      case 'hold-released':
        return this.#write(
          'UPDATE holds SET ended_at = ?, released = 1 WHERE request_id = ?',
          change.at,
          change.requestId,
        )
      case 'entry-added': {
        const { entry, grantId, answer } = change
        this.#write(INSERT_ENTRY, ...entryValues(entry, grantId))
        if (entry.requestId) this.#write('DELETE FROM holds WHERE request_id = ?', entry.requestId)
        if (answer) this.#writeAnswer(answer)
        return
      }
      case 'key-written':
        return this.#write(
          'INSERT INTO keys (id, record) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET record = ?2',
          change.key.id,
          JSON.stringify(change.key),
        )
      case 'budget-set':
        if (!change.budget) return this.#write('DELETE FROM budgets WHERE account = ?', change.account)
        return this.#write(
          'INSERT OR REPLACE INTO budgets VALUES (?, ?, ?)',
          change.account,
          change.budget.limitMicros,
          change.budget.period,
        )
      case 'limits-set':
        return this.#write('INSERT OR REPLACE INTO limits VALUES (?, ?)', change.account, JSON.stringify(change.limits))
      case 'policy-set':
        return this.set('policy', JSON.stringify(change.snapshot))
    }
  }

  #writeHold({
    requestId,
    payer,
    keyId,
    userId,
    service,
    model,
    provider,
    heldMicros,
    expiresAt,
    idempotency,
    tokens,
    abandoned,
  }: Hold): void {
    this.#write(
      `INSERT OR REPLACE INTO holds (
        request_id, payer, key_id, user_id, service, model, provider, held_micros, expires_at, idempotency_key, fingerprint, tokens, abandoned
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      requestId,
      payer,
      keyId,
      userId,
      service,
      model,
      provider,
      heldMicros,
      expiresAt,
      idempotency?.key ?? null,
      idempotency?.fingerprint ?? null,
      tokens,
      abandoned && JSON.stringify(abandoned),
    )
  }

  #writeAnswer({ payer, key, fingerprint, requestId, at }: KeptAnswer): void {
    this.#write('INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)', payer, key, fingerprint, requestId, at)
  }

  /**
   * Everything that is kept in memory, as it was after the last change that was written, and the accounts
   * whose totals the next checkpoint must write because they were counted anew.
   */
  load(): { state: LedgerState; recounted: Set<BudgetAccount> } {
    const state = createState()
    const recounted = new Set<BudgetAccount>()
    const newest = this.read<StoredEntry>('SELECT * FROM entries ORDER BY sequence DESC LIMIT 1')[0]
    state.balanceMicros = newest?.balance_after ?? 0
    state.sequence = newest?.sequence ?? 0
    state.latestAt = newest?.at ?? 0
    for (const { account, limits } of this.read<{ account: BudgetAccount; limits: string }>('SELECT * FROM limits'))
      applyChange(state, { type: 'limits-set', account, limits: JSON.parse(limits) as Limits })
    const policy = this.setting<string>('policy')
    if (policy !== null) state.policy = JSON.parse(policy) as PolicySnapshot
    for (const row of this.read<{ account: BudgetAccount; limit_micros: number; period: Budget['period'] }>(
      'SELECT * FROM budgets',
    )) {
      state.budgets.set(row.account, { limitMicros: row.limit_micros, period: row.period })
    }
    for (const row of this.read<{ id: string; record: string; last_used_at: number | null }>('SELECT * FROM keys')) {
      state.keys.set(row.id, { record: JSON.parse(row.record) as KeyRecord, lastUsedAt: row.last_used_at })
    }
    for (const { name, missing, at } of this.read<Bucket & { name: string }>('SELECT * FROM buckets'))
      state.buckets.set(name, { missing, at })
    for (const row of this.read<{ account: BudgetAccount; totals: string }>('SELECT * FROM spending')) {
      accountOf(state, row.account).spending = JSON.parse(row.totals) as Spending
    }
    const since = this.setting<number>('checkpoint_sequence') ?? 0
    for (const row of this.read<StoredEntry>('SELECT * FROM entries WHERE sequence > ? ORDER BY sequence', since)) {
      const entry = fromStoredEntry(row)
      countSpending(state, entry)
      for (const account of accountsOf(entry)) recounted.add(account)
    }
    for (const row of this.read<StoredHold>('SELECT * FROM holds WHERE ended_at IS NULL'))
      applyChange(state, { type: 'hold-taken', hold: fromStoredHold(row) })
    return { state, recounted }
  }

  /** Writes the running totals, so that waking up counts again only what came after. */
  checkpoint(state: LedgerState, { accounts, keys, buckets }: Checkpoint): void {
    if (!this.#ready) return
    this.#storage.transaction(() => {
      for (const name of accounts)
        this.#write(
          'INSERT OR REPLACE INTO spending VALUES (?, ?)',
          name,
          JSON.stringify(accountOf(state, name).spending),
        )
      for (const id of keys)
        this.#write('UPDATE keys SET last_used_at = ? WHERE id = ?', state.keys.get(id)?.lastUsedAt ?? null, id)
      for (const name of buckets) {
        const bucket = state.buckets.get(name)
        if (bucket) this.#write('INSERT OR REPLACE INTO buckets VALUES (?, ?, ?)', name, bucket.missing, bucket.at)
      }
      this.set('checkpoint_sequence', state.sequence)
    })
  }

  setting<T extends SqlValue = number>(name: Setting): T | null {
    return this.read<{ value: T | null }>('SELECT value FROM settings WHERE name = ?', name)[0]?.value ?? null
  }

  set(name: Setting, value: SqlValue): void {
    if (this.#ready) this.#write('INSERT OR REPLACE INTO settings VALUES (?, ?)', name, value)
  }

  hasEnded(requestId: string): boolean {
    return (
      this.read(
        'SELECT 1 FROM entries WHERE request_id = ?1 UNION ALL SELECT 1 FROM holds WHERE request_id = ?1 LIMIT 1',
        requestId,
      ).length > 0
    )
  }

  endedRequest(requestId: string): EndedRequest | null {
    const entry = this.read<StoredEntry>('SELECT * FROM entries WHERE request_id = ?', requestId)[0]
    if (entry) return { state: 'settled', amountMicros: 0 - entry.amount_micros, entryId: entry.id }
    const hold = this.read<StoredHold>(
      'SELECT * FROM holds WHERE request_id = ? AND ended_at IS NOT NULL',
      requestId,
    )[0]
    if (!hold) return null
    return hold.released ? { state: 'released' } : { state: 'expired', hold: fromStoredHold(hold) }
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

  entriesAfter(sequence: number, limit: number): EntryRow[] {
    return this.read<StoredEntry>(
      'SELECT * FROM entries WHERE sequence > ? ORDER BY sequence LIMIT ?',
      sequence,
      limit,
    ).map(fromStoredEntry)
  }

  /** Drops what is remembered of answers and of holds that ended, up to `before`. */
  forget(before: number): void {
    if (!this.#ready) return
    this.#write('DELETE FROM answers WHERE at <= ?', before)
    this.#write('DELETE FROM holds WHERE ended_at <= ?', before)
  }

  /** Since when the oldest of those is remembered. */
  oldestMemory(): number | null {
    return (
      this.read<{ at: number | null }>(
        'SELECT MIN(at) AS at FROM (SELECT MIN(at) AS at FROM answers UNION ALL SELECT MIN(ended_at) FROM holds)',
      )[0]?.at ?? null
    )
  }
}
