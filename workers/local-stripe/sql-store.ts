// The store of the Durable Object: one table in its SQLite database.
import { customerOf, type Store } from './store.ts'
import type { Tables, TypeName } from './tables.ts'

export class SqlStore implements Store {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec(`CREATE TABLE IF NOT EXISTS objects (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, id TEXT NOT NULL, customer TEXT, json TEXT NOT NULL,
      UNIQUE (type, id))`)
    sql.exec('CREATE INDEX IF NOT EXISTS objects_of_customer ON objects (type, customer, seq)')
  }

  get<Name extends TypeName>(type: Name, id: string): Tables[Name] | undefined {
    const [row] = this.#sql
      .exec<{ json: string }>('SELECT json FROM objects WHERE type = ? AND id = ?', type, id)
      .toArray()
    return row && (JSON.parse(row.json) as Tables[Name])
  }

  put<Name extends TypeName>(type: Name, value: Tables[Name]): void {
    this.#sql.exec(
      `INSERT INTO objects (type, id, customer, json) VALUES (?, ?, ?, ?)
       ON CONFLICT (type, id) DO UPDATE SET json = excluded.json, customer = excluded.customer`,
      type,
      value.id,
      customerOf(value),
      JSON.stringify(value),
    )
  }

  remove(type: TypeName, id: string): void {
    this.#sql.exec('DELETE FROM objects WHERE type = ? AND id = ?', type, id)
  }

  list<Name extends TypeName>(type: Name, of: { customer?: string } = {}): Tables[Name][] {
    const rows =
      of.customer === undefined
        ? this.#sql.exec<{ json: string }>('SELECT json FROM objects WHERE type = ? ORDER BY seq DESC', type)
        : this.#sql.exec<{ json: string }>(
            'SELECT json FROM objects WHERE type = ? AND customer = ? ORDER BY seq DESC',
            type,
            of.customer,
          )
    return rows.toArray().map(({ json }) => JSON.parse(json) as Tables[Name])
  }

  clear(): void {
    this.#sql.exec('DELETE FROM objects')
  }
}
