// The object's own schema: steps in order, each taken once. A step that has been released is never edited.
import type { LedgerStorage } from './storage.ts'

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
    `ALTER TABLE holds ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0`,
    `ALTER TABLE holds ADD COLUMN abandoned TEXT`,
    `CREATE TABLE limits (account TEXT PRIMARY KEY, limits TEXT NOT NULL) WITHOUT ROWID`,
    `INSERT INTO limits SELECT 'organization', json_object(
      'requestsPerMinute', value, 'tokensPerMinute', NULL, 'parallelRequests', NULL, 'alertPercents', json('[80]')
    ) FROM settings WHERE name = 'requests_per_minute' AND value IS NOT NULL`,
    `DELETE FROM settings WHERE name = 'requests_per_minute'`,
    // Models have totals from here on: every entry is counted once more, when the object wakes.
    `DELETE FROM spending`,
    `DELETE FROM settings WHERE name = 'checkpoint_sequence'`,
  ],
]

export const hasSchema = ({ sql }: LedgerStorage): boolean =>
  sql("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_steps'").length > 0

export function migrate({ sql, transaction }: LedgerStorage): void {
  transaction(() => {
    sql('CREATE TABLE IF NOT EXISTS schema_steps (step INTEGER PRIMARY KEY)')
    const done = sql<{ steps: number }>('SELECT COUNT(*) AS steps FROM schema_steps')[0]!.steps
    for (let step = done; step < steps.length; step++) {
      for (const statement of steps[step]!) sql(statement)
      sql('INSERT INTO schema_steps (step) VALUES (?)', step + 1)
    }
  })
}
