// Owner: billing. The book: every ledger's entries, copied here for reports and invoices. The objects are the truth.
// No reference to the organization: an entry may arrive after it was deleted, and a charge that happened stays on record.
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { id, micros, milliseconds } from '../columns.ts'

export const ledgerEntries = sqliteTable(
  'ledger_entries',
  {
    id: id(),
    organizationId: text('organization_id').notNull(),
    sequence: integer('sequence').notNull(),
    at: milliseconds('at').notNull(),
    kind: text('kind', { enum: ['grant', 'charge', 'refund', 'adjustment', 'expiry'] }).notNull(),
    amountMicros: micros('amount_micros').notNull(),
    requestId: text('request_id'),
    service: text('service'),
    model: text('model'),
    provider: text('provider'),
    keyId: text('key_id'),
    userId: text('user_id'),
    usage: text('usage', { mode: 'json' }).$type<Record<string, number>>(),
    price: text('price', { mode: 'json' }).$type<Record<string, number>>(),
    estimated: integer('estimated', { mode: 'boolean' }).notNull(),
    note: text('note'),
  },
  (table) => [
    uniqueIndex('ledger_entries_by_sequence').on(table.organizationId, table.sequence),
    index('ledger_entries_by_time').on(table.organizationId, table.at),
  ],
)
