// Brings the tables up to date with memory, and empties the log whose changes they now contain: in one
// transaction, so that waking finds either the old tables and the log, or the new tables and none.
import { entryValues, INSERT_ENTRY } from './entry-rows.ts'
import { tokensBucket, type LedgerState } from './state.ts'
import type { LedgerStorage, SqlValue } from './storage.ts'
import type { Ended, Unfolded } from './unfolded.ts'

type Write = (query: string, ...values: SqlValue[]) => void

export function writeFold(storage: LedgerStorage, state: LedgerState, unfolded: Unfolded): void {
  const write: Write = (query, ...values) => void storage.sql(query, ...values)
  storage.transaction(() => {
    for (const { entry, grantId, balanceAfter } of unfolded.entries)
      write(INSERT_ENTRY, ...entryValues(entry, grantId, balanceAfter))
    for (const requestId of unfolded.requests) writeRequest(write, state, unfolded, requestId)
    for (const { payer, key, fingerprint, requestId, at } of unfolded.answers.values())
      write('INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)', payer, key, fingerprint, requestId, at)
    writeAccounts(write, state, unfolded)
    writeRules(write, state, unfolded)
    writeNotices(write, state, unfolded)
    write("INSERT OR REPLACE INTO settings VALUES ('counted_sequence', ?)", state.sequence)
    write('DELETE FROM log')
  })
}

/** A hold that was taken and settled since the last fold has no row, and never will. */
function writeRequest(write: Write, state: LedgerState, unfolded: Unfolded, requestId: string): void {
  const row = requestRow(state, unfolded.ended.get(requestId), requestId)
  if (row) write('INSERT OR REPLACE INTO requests VALUES (?, ?, ?, ?)', requestId, ...row)
  else if (!unfolded.begun.has(requestId)) write('DELETE FROM requests WHERE request_id = ?', requestId)
}

function requestRow(state: LedgerState, ended: Ended | undefined, requestId: string): SqlValue[] | null {
  const hold = state.holds.get(requestId)
  if (hold) return ['held', JSON.stringify(hold), null]
  if (!ended || ended.state === 'settled') return null
  return [ended.state, ended.state === 'released' ? null : JSON.stringify(ended), ended.endedAt]
}

function writeAccounts(write: Write, state: LedgerState, { accounts }: Unfolded): void {
  for (const name of accounts) {
    const account = state.accounts.get(name)
    if (account) write('INSERT OR REPLACE INTO spending VALUES (?, ?)', name, JSON.stringify(account.spending))
    for (const bucketName of [name, tokensBucket(name)]) {
      const bucket = state.buckets.get(bucketName)
      if (bucket) write('INSERT OR REPLACE INTO buckets VALUES (?, ?, ?)', bucketName, bucket.missing, bucket.at)
    }
  }
}

function writeRules(write: Write, state: LedgerState, { keys, budgets, limits, policy }: Unfolded): void {
  for (const id of keys) {
    const key = state.keys.get(id)
    if (key) write('INSERT OR REPLACE INTO keys VALUES (?, ?, ?)', id, JSON.stringify(key.record), key.lastUsedAt)
  }
  for (const account of budgets) {
    const budget = state.budgets.get(account)
    if (budget) write('INSERT OR REPLACE INTO budgets VALUES (?, ?, ?)', account, budget.limitMicros, budget.period)
    else write('DELETE FROM budgets WHERE account = ?', account)
  }
  for (const account of limits) {
    const own = state.limits.get(account)
    if (own) write('INSERT OR REPLACE INTO limits VALUES (?, ?)', account, JSON.stringify(own))
    else write('DELETE FROM limits WHERE account = ?', account)
  }
  if (policy) write("INSERT OR REPLACE INTO settings VALUES ('policy', ?)", JSON.stringify(state.policy))
}

function writeNotices(write: Write, state: LedgerState, { notices, told }: Unfolded): void {
  for (const id of notices) {
    const notice = state.outbox.get(id)
    if (notice) write('INSERT INTO notices (id, notice) VALUES (?, ?)', id, JSON.stringify(notice))
    else write('DELETE FROM notices WHERE id = ?', id)
  }
  if (!told) return
  write('DELETE FROM told')
  for (const [mark, since] of state.told) write('INSERT INTO told VALUES (?, ?)', mark, since)
}
