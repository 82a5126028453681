// The book's rows in D1.
import { getTableColumns } from 'drizzle-orm'
import { ledgerEntries } from '#db/schema/billing'
import type { PublishedEntry } from '#shared/contracts/ledger'

export interface Book {
  /** Writes what is new, all of it or nothing; what the book has already is left as it is. */
  record(entries: PublishedEntry[]): Promise<void>
}

/** Far below what one value may be (two million bytes). */
const ENTRIES_PER_STATEMENT = 500

const columns = Object.entries(getTableColumns(ledgerEntries)) as [keyof PublishedEntry, { name: string }][]

// One statement for many entries: making and sending one for each costs many times what writing the row does.
const INSERT = `INSERT INTO ledger_entries (${columns.map(([, { name }]) => name).join(', ')})
  SELECT ${columns.map((_, place) => `value ->> ${place}`).join(', ')} FROM json_each(?) WHERE true
  ON CONFLICT DO NOTHING`

export function createBook(database: D1Database): Book {
  return {
    async record(entries) {
      const rows = entries.map((entry) => columns.map(([field]) => entry[field]))
      const insert = database.prepare(INSERT)
      const statements: D1PreparedStatement[] = []
      for (let at = 0; at < rows.length; at += ENTRIES_PER_STATEMENT)
        statements.push(insert.bind(JSON.stringify(rows.slice(at, at + ENTRIES_PER_STATEMENT))))
      if (statements.length > 0) await database.batch(statements)
    },
  }
}
