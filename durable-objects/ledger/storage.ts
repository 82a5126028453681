// SQLite as the ledger sees it: the object's own in production, one in memory in a test.
export type SqlValue = string | number | null

export interface LedgerStorage {
  sql<Row = Record<string, SqlValue>>(query: string, ...values: SqlValue[]): Row[]
  /** All of it or none of it. */
  transaction<T>(run: () => T): T
}

export const objectStorage = (storage: DurableObjectStorage): LedgerStorage => ({
  sql: <Row>(query: string, ...values: SqlValue[]) => storage.sql.exec(query, ...values).toArray() as Row[],
  transaction: (run) => storage.transactionSync(run),
})
