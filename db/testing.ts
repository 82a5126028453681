// A database for tests in Node: SQLite in memory that has run the real migrations, in the shape of D1.
import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

const migrations = `${import.meta.dirname}/migrations/`

/** D1 refuses more; a test must notice before production does. */
const MAX_BOUND_VALUES = 100

type Row = Record<string, unknown>

/** What D1 takes as a value: no `undefined`, no dates, no objects. */
function toSqlite(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint')
    return value
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (value instanceof Uint8Array) return value
  throw new TypeError(`D1_TYPE_ERROR: Type '${typeof value}' not supported for value '${String(value)}'`)
}

const metaOf = (changes = 0, lastRowId = 0) => ({
  changes,
  last_row_id: lastRowId,
  duration: 0,
  changed_db: changes > 0,
  rows_read: 0,
  rows_written: changes,
  size_after: 0,
})

class TestStatement {
  readonly #prepare: () => StatementSync
  readonly #values: SQLInputValue[]

  constructor(prepare: () => StatementSync, values: SQLInputValue[] = []) {
    this.#prepare = prepare
    this.#values = values
  }

  bind(...values: unknown[]): TestStatement {
    if (values.length > MAX_BOUND_VALUES) throw new Error('D1_ERROR: too many SQL variables')
    return new TestStatement(this.#prepare, values.map(toSqlite))
  }

  execute() {
    const statement = this.#prepare()
    statement.setReturnArrays(false)
    if (statement.columns().length > 0)
      return {
        success: true as const,
        results: statement.all(...this.#values).map((row) => ({ ...row })),
        meta: metaOf(),
      }
    const { changes, lastInsertRowid } = statement.run(...this.#values)
    return { success: true as const, results: [], meta: metaOf(Number(changes), Number(lastInsertRowid)) }
  }

  all = async () => this.execute()
  run = async () => this.execute()

  async first(column?: string): Promise<unknown> {
    const row = this.execute().results[0] as Row | undefined
    if (!row) return null
    return column === undefined ? row : row[column]
  }

  async raw({ columnNames = false } = {}): Promise<unknown[]> {
    const statement = this.#prepare()
    statement.setReturnArrays(true)
    const rows = statement.all(...this.#values) as unknown as unknown[][]
    return columnNames ? [statement.columns().map((column) => column.name), ...rows] : rows
  }
}

/** An empty database whose schema is that of production: every migration, in order. */
export function createTestDatabase(): D1Database {
  const database = new DatabaseSync(':memory:')
  database.exec('PRAGMA foreign_keys = ON')
  for (const file of readdirSync(migrations)
    .filter((name) => name.endsWith('.sql'))
    .sort()) {
    database.exec(readFileSync(`${migrations}${file}`, 'utf8'))
  }
  // Parsed once, however often it is asked.
  const statements = new Map<string, StatementSync>()
  function prepare(sql: string): StatementSync {
    const known = statements.get(sql)
    if (known) return known
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const d1 = {
    prepare: (sql: string) => new TestStatement(() => prepare(sql)),
    async batch(statements: TestStatement[]) {
      database.exec('BEGIN')
      try {
        const results = statements.map((statement) => statement.execute())
        database.exec('COMMIT')
        return results
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
    },
    async exec(sql: string) {
      database.exec(sql)
      return { count: sql.split(';').filter((statement) => statement.trim()).length, duration: 0 }
    },
    withSession: () => d1,
  }
  return d1 as unknown as D1Database
}
