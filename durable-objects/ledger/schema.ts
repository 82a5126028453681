// The object's own schema: steps in order, each taken once. A step that has been released is never edited.
import type { LedgerStorage } from './storage.ts'

/** A row of the first step's holds, as holds are written since the second. */
const firstHold = `json_object(
  'requestId', request_id, 'payer', payer, 'keyId', key_id, 'userId', user_id, 'service', service, 'model', model,
  'provider', provider, 'heldMicros', held_micros, 'tokens', 0, 'expiresAt', expires_at, 'idempotency',
  CASE WHEN idempotency_key IS NULL THEN NULL ELSE json_object('key', idempotency_key, 'fingerprint', fingerprint) END,
  'abandoned', NULL
)`

const steps: string[][] = [
  [
    // `balance_after` makes the newest row the balance, without a sum and without a second row to keep in step.
    `CREATE TABLE entries (
      sequence INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      amount_micros INTEGER NOT NULL,
      balance_after INTEGER NOT NULL CHECK (balance_after >= 0),
      request_id TEXT,
      grant_id TEXT,
      service TEXT,
      model TEXT,
      provider TEXT,
      key_id TEXT,
      user_id TEXT,
      usage TEXT,
      price TEXT,
      estimated INTEGER NOT NULL,
      note TEXT
    )`,
    // At most one charge per request and one entry per grant, whatever the code above believes.
    `CREATE UNIQUE INDEX entries_by_request ON entries (request_id) WHERE request_id IS NOT NULL`,
    `CREATE UNIQUE INDEX entries_by_grant ON entries (grant_id) WHERE grant_id IS NOT NULL`,
    `CREATE INDEX entries_by_time ON entries (at)`,
    `CREATE INDEX entries_by_member ON entries (user_id, sequence) WHERE user_id IS NOT NULL`,
    // Live while ended_at is null. One that was settled is gone: its entry tells of it.
    `CREATE TABLE holds (
      request_id TEXT PRIMARY KEY,
      payer TEXT NOT NULL,
      key_id TEXT,
      user_id TEXT NOT NULL,
      service TEXT NOT NULL,
      model TEXT NOT NULL,
      provider TEXT NOT NULL,
      held_micros INTEGER NOT NULL CHECK (held_micros >= 0),
      expires_at INTEGER NOT NULL,
      idempotency_key TEXT,
      fingerprint TEXT,
      ended_at INTEGER,
      released INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID`,
    `CREATE TABLE answers (
      payer TEXT NOT NULL,
      key TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      request_id TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (payer, key)
    ) WITHOUT ROWID`,
    `CREATE INDEX answers_by_time ON answers (at)`,
    `CREATE TABLE keys (id TEXT PRIMARY KEY, record TEXT NOT NULL, last_used_at INTEGER) WITHOUT ROWID`,
    `CREATE TABLE budgets (account TEXT PRIMARY KEY, limit_micros INTEGER NOT NULL, period TEXT NOT NULL) WITHOUT ROWID`,
    // Running totals as of the checkpoint's entry; what came after is counted again when the object wakes.
    `CREATE TABLE spending (account TEXT PRIMARY KEY, totals TEXT NOT NULL) WITHOUT ROWID`,
    `CREATE TABLE buckets (name TEXT PRIMARY KEY, missing INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID`,
    `CREATE TABLE settings (name TEXT PRIMARY KEY, value) WITHOUT ROWID`,
  ],
  [
    // What was written since the tables below were last brought up to date: JSON, a row for each write.
    `CREATE TABLE log (id INTEGER PRIMARY KEY, changes TEXT NOT NULL)`,
    // Ended otherwise than by a charge alone, and remembered for a day.
    `CREATE TABLE requests (request_id TEXT PRIMARY KEY, state TEXT NOT NULL, body TEXT, ended_at INTEGER NOT NULL) WITHOUT ROWID`,
    // Held now: many to a row.
    `CREATE TABLE held (pack INTEGER PRIMARY KEY, holds TEXT NOT NULL)`,
    `INSERT INTO requests
      SELECT request_id, CASE WHEN released THEN 'released' ELSE 'expired' END,
        CASE WHEN released THEN NULL ELSE json_object('state', 'expired', 'hold', json(${firstHold}), 'endedAt', ended_at) END,
        ended_at
      FROM holds WHERE ended_at IS NOT NULL`,
    `INSERT INTO held (holds) SELECT json_array(json(${firstHold})) FROM holds WHERE ended_at IS NULL`,
    `DROP TABLE holds`,
    // At most one charge per request, and one entry that puts it right.
    `DROP INDEX entries_by_request`,
    `CREATE UNIQUE INDEX entries_by_request ON entries (request_id, kind) WHERE request_id IS NOT NULL`,
    // Entries are numbered in the order of their times: the one is found by the other.
    `DROP INDEX entries_by_time`,
    `CREATE TABLE limits (account TEXT PRIMARY KEY, limits TEXT NOT NULL) WITHOUT ROWID`,
    `INSERT INTO limits SELECT 'organization', json_object(
      'requestsPerMinute', value, 'tokensPerMinute', NULL, 'parallelRequests', NULL, 'alertPercents', json('[80]')
    ) FROM settings WHERE name = 'requests_per_minute' AND value IS NOT NULL`,
    `CREATE TABLE told (mark TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID`,
    `CREATE TABLE notices (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, notice TEXT NOT NULL)`,
    // Models have totals from here on, so every entry is counted once more.
    `DELETE FROM spending`,
    `DELETE FROM settings WHERE name IN ('requests_per_minute', 'checkpoint_sequence')`,
  ],
  [
    `ALTER TABLE entries ADD COLUMN cost_micros INTEGER`,
    `ALTER TABLE entries ADD COLUMN plan_id TEXT`,
    // Of a grant: where its credit comes from and until when it is good, in JSON.
    `ALTER TABLE entries ADD COLUMN lot TEXT`,
    // What is left of each grant: JSON. One that is empty has no row.
    `CREATE TABLE lots (id TEXT PRIMARY KEY, lot TEXT NOT NULL) WITHOUT ROWID`,
    `INSERT INTO lots SELECT 'before-lots', json_object(
      'id', 'before-lots', 'source', 'promotion', 'amountMicros', balance_after, 'remainingMicros', balance_after,
      'grantedAt', at, 'expiresAt', NULL, 'series', NULL
    ) FROM entries WHERE sequence = (SELECT MAX(sequence) FROM entries) AND balance_after > 0`,
    `CREATE TABLE take_backs (id TEXT PRIMARY KEY, grant_id TEXT NOT NULL, record TEXT NOT NULL) WITHOUT ROWID`,
    `CREATE INDEX take_backs_by_grant ON take_backs (grant_id)`,
    `CREATE TABLE series_ends (id TEXT PRIMARY KEY, expired_micros INTEGER NOT NULL) WITHOUT ROWID`,
  ],
]

export const hasSchema = ({ sql }: LedgerStorage): boolean =>
  sql("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_steps'").length > 0

/** To an older step only in a test: a ledger as that version left it. */
export function migrate({ sql, transaction }: LedgerStorage, until = steps.length): void {
  transaction(() => {
    sql('CREATE TABLE IF NOT EXISTS schema_steps (step INTEGER PRIMARY KEY)')
    const done = sql<{ steps: number }>('SELECT COUNT(*) AS steps FROM schema_steps')[0]!.steps
    for (let step = done; step < until; step++) {
      for (const statement of steps[step]!) sql(statement)
      sql('INSERT INTO schema_steps (step) VALUES (?)', step + 1)
    }
  })
}
