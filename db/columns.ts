// The columns that every table spells the same way.
import { integer, text } from 'drizzle-orm/sqlite-core'

/** Prefixed and sortable by creation (`#shared/lib/ids`). */
export const id = () => text('id').primaryKey()

/** A moment as a Date, kept as milliseconds since the epoch. */
export const instant = (name: string) => integer(name, { mode: 'timestamp_ms' })

/** A moment as a number: milliseconds since the epoch. */
export const milliseconds = (name: string) => integer(name, { mode: 'number' })

/** Money: millionths of a US dollar. */
export const micros = (name: string) => integer(name, { mode: 'number' })

/** Better Auth writes both of these itself. */
export const timestamps = () => ({
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})
