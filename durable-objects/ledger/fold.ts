// Brings the tables up to date with memory, and empties the log whose changes they now contain: in one
// transaction, so that waking finds either the old tables and the log, or the new tables and none.
import { writeCredit } from './credit-rows.ts'
import { entryValues, INSERT_ENTRY } from './entry-rows.ts'
import type { HoldPacks } from './hold-packs.ts'
import { tokensBucket, type Hold, type LedgerState } from './state.ts'
import type { LedgerStorage, SqlValue } from './storage.ts'
import type { Unfolded } from './unfolded.ts'

type Write = (query: string, ...values: SqlValue[]) => void

export function writeFold(storage: LedgerStorage, packs: HoldPacks, state: LedgerState, unfolded: Unfolded): void {
  const write: Write = (query, ...values) => void storage.sql(query, ...values)
  storage.transaction(() => {
    for (const entry of unfolded.entries) write(INSERT_ENTRY, ...entryValues(entry))
    writeRequests(write, packs, state, unfolded)
    for (const { payer, key, fingerprint, requestId, at } of unfolded.answers.values())
      write('INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)', payer, key, fingerprint, requestId, at)
    writeAccounts(write, state, unfolded)
    writeRules(write, state, unfolded)
    writeNotices(write, state, unfolded)
    writeCredit(write, state, unfolded)
    write("INSERT OR REPLACE INTO settings VALUES ('counted_sequence', ?)", state.sequence)
    write('DELETE FROM log')
  })
}

/** Of a request that was charged, its entry tells; of one that ended otherwise, a row does for a day. */
function writeRequests(write: Write, packs: HoldPacks, state: LedgerState, unfolded: Unfolded): void {
  const live: Hold[] = []
  const ended: string[] = []
  for (const requestId of unfolded.requests) {
    const hold = state.holds.get(requestId)
    if (hold) {
      live.push(hold)
      continue
    }
    ended.push(requestId)
    const end = unfolded.ended.get(requestId)
    if (!end || end.state === 'settled') continue
    const body = end.state === 'released' ? null : JSON.stringify(end)
    write('INSERT OR REPLACE INTO requests VALUES (?, ?, ?, ?)', requestId, end.state, body, end.endedAt)
  }
  for (const requestId of unfolded.late) write('DELETE FROM requests WHERE request_id = ?', requestId)
  packs.write({ live, ended })
}

function writeAccounts(write: Write, state: LedgerState, { accounts }: Unfolded): void {
  for (const name of accounts) {
    const account = name === 'plan' ? undefined : state.accounts.get(name)
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
