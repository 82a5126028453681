// The book's rows in D1.
import { drizzle } from 'drizzle-orm/d1'
import { ledgerEntries } from '#db/schema/billing'
import type { PublishedEntry } from '#shared/contracts/ledger'

export interface Book {
  /** Writes what is new, all of it or nothing; what the book has already is left as it is. */
  record(entries: PublishedEntry[]): Promise<void>
}

export function createBook(database: D1Database): Book {
  const db = drizzle(database)
  return {
    async record(entries) {
      const [first, ...rest] = entries.map((entry) => db.insert(ledgerEntries).values(entry).onConflictDoNothing())
      if (first) await db.batch([first, ...rest])
    },
  }
}
