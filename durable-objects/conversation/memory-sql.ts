// SQLite in memory, so that the rules can be tested without a Durable Object.
import { DatabaseSync } from 'node:sqlite'
import type { Sql, SqlValue } from './sql.ts'

export function createMemorySql(): Sql {
  const database = new DatabaseSync(':memory:')
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  return <Row>(query: string, ...values: SqlValue[]) => {
    let statement = prepared.get(query)
    if (!statement) prepared.set(query, (statement = database.prepare(query)))
    return statement.all(...values) as Row[]
  }
}
