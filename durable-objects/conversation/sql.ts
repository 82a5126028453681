// SQL as the rules see it: the object's own storage in production, SQLite in memory in a test.
export type SqlValue = string | number | null

export type Sql = <Row = Record<string, SqlValue>>(query: string, ...values: SqlValue[]) => Row[]

export const sqlOf =
  (storage: SqlStorage): Sql =>
  <Row>(query: string, ...values: SqlValue[]) =>
    storage.exec(query, ...values).toArray() as Row[]
