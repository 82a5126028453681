// The ledger's tables in SQLite in memory, so that a test can drop everything else and wake it again.
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { LedgerStorage, SqlValue } from './storage.ts'

export interface MemoryStorage extends LedgerStorage {
  /** From now on this many statements run before one throws; null ends it. */
  failAfter(statements: number | null): void
}

export function createMemoryStorage(): MemoryStorage {
  const database = new DatabaseSync(':memory:')
  const statements = new Map<string, StatementSync>()
  let left: number | null = null
  return {
    sql: <Row>(query: string, ...values: SqlValue[]) => {
      if (left !== null && left-- <= 0) throw new Error('the disk is gone')
      let statement = statements.get(query)
      if (!statement) statements.set(query, (statement = database.prepare(query)))
      return statement.all(...values).map((row) => ({ ...row })) as Row[]
    },
    transaction(run) {
      database.exec('BEGIN')
      try {
        const result = run()
        database.exec('COMMIT')
        return result
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
    },
    failAfter: (count) => void (left = count),
  }
}
