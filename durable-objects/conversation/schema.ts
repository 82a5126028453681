// The object's own schema: steps in order, each taken once. A step that has been released is never edited.
import type { Sql } from './sql.ts'

// The text of a message comes last in its row, so that walking the tree never reads the pages that hold it.
const steps: string[][] = [
  [
    `CREATE TABLE conversation (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
      id TEXT NOT NULL,
      organization_id TEXT NOT NULL,
      user_id TEXT NOT NULL,
      title TEXT NOT NULL,
      title_source TEXT NOT NULL,
      model TEXT,
      leaf_id TEXT,
      running_id TEXT,
      stop_requested INTEGER NOT NULL DEFAULT 0,
      sign_at INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    )`,
    `CREATE TABLE messages (
      sequence INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      parent_id TEXT REFERENCES messages (id),
      role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
      status TEXT NOT NULL,
      tokens INTEGER NOT NULL DEFAULT 0,
      finish_reason TEXT,
      error_code TEXT,
      error_message TEXT,
      model TEXT,
      language TEXT,
      usage TEXT,
      cost_micros INTEGER,
      request_id TEXT,
      idempotency_key TEXT,
      fingerprint TEXT,
      created_at INTEGER NOT NULL,
      reasoning TEXT,
      content TEXT NOT NULL
    )`,
    `CREATE INDEX messages_by_parent ON messages (parent_id, sequence)`,
    `CREATE UNIQUE INDEX messages_by_idempotency_key ON messages (idempotency_key) WHERE idempotency_key IS NOT NULL`,
    `CREATE TABLE summaries (
      sequence INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      after_id TEXT NOT NULL REFERENCES messages (id),
      stale INTEGER NOT NULL DEFAULT 0,
      tokens INTEGER NOT NULL,
      model TEXT NOT NULL,
      language TEXT,
      usage TEXT,
      cost_micros INTEGER,
      request_id TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      content TEXT NOT NULL
    )`,
    `CREATE INDEX summaries_by_message ON summaries (after_id, sequence)`,
    `CREATE TABLE answer_pieces (
      number INTEGER PRIMARY KEY,
      content TEXT NOT NULL,
      reasoning TEXT NOT NULL
    )`,
  ],
  [`ALTER TABLE messages ADD COLUMN attachments TEXT`],
]

export function migrate(sql: Sql): void {
  sql('CREATE TABLE IF NOT EXISTS schema_steps (step INTEGER PRIMARY KEY)')
  const done = sql<{ steps: number }>('SELECT COUNT(*) AS steps FROM schema_steps')[0]!.steps
  for (let step = done; step < steps.length; step++) {
    for (const statement of steps[step]!) sql(statement)
    sql('INSERT INTO schema_steps (step) VALUES (?)', step + 1)
  }
}
