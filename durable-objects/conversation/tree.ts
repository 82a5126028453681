// The tree of a conversation's messages. Each has one parent (or none, if it opens the conversation);
// those of one parent are its versions. Every walk follows an index, so that its cost is what it returns.
import type { MessageRow, SummaryRow } from './rows.ts'
import type { Sql } from './sql.ts'

export type NewMessage = Pick<MessageRow, 'id' | 'parent_id' | 'role' | 'status' | 'content' | 'created_at'> &
  Partial<Omit<MessageRow, 'sequence'>>

export interface PathStep {
  id: string
  parent_id: string | null
  role: 'user' | 'assistant'
  status: string
  tokens: number
}

const marks = (values: unknown[]): string => values.map(() => '?').join(', ')

export type Tree = ReturnType<typeof createTree>

export function createTree(sql: Sql) {
  const find = (id: string): MessageRow | null => sql<MessageRow>('SELECT * FROM messages WHERE id = ?', id)[0] ?? null

  function insert(message: NewMessage): void {
    const columns = Object.entries(message).filter(([, value]) => value !== undefined)
    sql(
      `INSERT INTO messages (${columns.map(([name]) => name).join(', ')}) VALUES (${marks(columns)})`,
      ...columns.map(([, value]) => value as string | number | null),
    )
  }

  function change(id: string, columns: Partial<Omit<MessageRow, 'sequence' | 'id' | 'parent_id' | 'role'>>): void {
    const entries = Object.entries(columns)
    sql(
      `UPDATE messages SET ${entries.map(([name]) => `${name} = ?`).join(', ')} WHERE id = ?`,
      ...entries.map(([, value]) => value),
      id,
    )
  }

  /** Up to `limit` messages from this one towards the first, newest first. */
  const pathUp = (from: string, limit: number): MessageRow[] =>
    sql<MessageRow>(
      `WITH RECURSIVE path (id, depth) AS (
        SELECT ?, 0
        UNION ALL
        SELECT messages.parent_id, depth + 1 FROM path JOIN messages ON messages.id = path.id
        WHERE messages.parent_id IS NOT NULL
        LIMIT ?
      )
      SELECT messages.* FROM path JOIN messages ON messages.id = path.id ORDER BY depth`,
      from,
      limit,
    )

  /** Every step from this message to the first, newest first, without any text. */
  const stepsUp = (from: string): PathStep[] =>
    sql<PathStep>(
      `WITH RECURSIVE path (id, parent_id, role, status, tokens, depth) AS (
        SELECT id, parent_id, role, status, tokens, 0 FROM messages WHERE id = ?
        UNION ALL
        SELECT parent.id, parent.parent_id, parent.role, parent.status, parent.tokens, depth + 1
        FROM path JOIN messages AS parent ON parent.id = path.parent_id
      )
      SELECT id, parent_id, role, status, tokens FROM path ORDER BY depth`,
      from,
    )

  /** From this message down, by the newest version at each step, to the end. */
  const newestLeaf = (from: string): string =>
    sql<{ id: string }>(
      `WITH RECURSIVE path (id, depth) AS (
        SELECT ?, 0
        UNION ALL
        SELECT (SELECT child.id FROM messages AS child WHERE child.parent_id = path.id ORDER BY child.sequence DESC LIMIT 1), depth + 1
        FROM path WHERE path.id IS NOT NULL
      )
      SELECT id FROM path WHERE id IS NOT NULL ORDER BY depth DESC LIMIT 1`,
      from,
    )[0]!.id

  /** The versions beside each of these messages, oldest first. */
  function siblings(rows: Pick<MessageRow, 'id' | 'parent_id'>[]): Map<string, string[]> {
    const families = new Map<string | null, string[]>()
    for (const parent of new Set(rows.map((row) => row.parent_id))) {
      const family =
        parent === null
          ? sql<{ id: string }>('SELECT id FROM messages WHERE parent_id IS NULL ORDER BY sequence')
          : sql<{ id: string }>('SELECT id FROM messages WHERE parent_id = ? ORDER BY sequence', parent)
      families.set(
        parent,
        family.map((row) => row.id),
      )
    }
    return new Map(rows.map((row) => [row.id, families.get(row.parent_id) ?? [row.id]]))
  }

  const messagesByIds = (ids: string[]): Map<string, MessageRow> => {
    const found = new Map<string, MessageRow>()
    // SQLite in an object takes at most 100 parameters a query.
    for (let at = 0; at < ids.length; at += 100) {
      const part = ids.slice(at, at + 100)
      for (const row of sql<MessageRow>(`SELECT * FROM messages WHERE id IN (${marks(part)})`, ...part))
        found.set(row.id, row)
    }
    return found
  }

  /** The newest summary that stands after each of these messages. */
  const summariesAfter = (ids: string[], { usable = false } = {}): Map<string, SummaryRow> => {
    const found = new Map<string, SummaryRow>()
    for (let at = 0; at < ids.length; at += 100) {
      const part = ids.slice(at, at + 100)
      const rows = sql<SummaryRow>(
        `SELECT * FROM summaries WHERE after_id IN (${marks(part)}) ${usable ? 'AND stale = 0' : ''} ORDER BY sequence`,
        ...part,
      )
      for (const row of rows) found.set(row.after_id, row)
    }
    return found
  }

  return { find, insert, change, pathUp, stepsUp, newestLeaf, siblings, messagesByIds, summariesAfter }
}
