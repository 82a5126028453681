// Owner: vault. Keys of vendors that organizations bring, sealed. A key ends with its organization.
import { sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { id, milliseconds } from '../columns.ts'
import { organizations } from './auth.ts'

export const providerKeys = sqliteTable(
  'provider_keys',
  {
    id: id(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    vendor: text('vendor').notNull(),
    /** The last characters of the key, to tell it by. */
    hint: text('hint').notNull(),
    /** Part of what the seal vouches for: who changes it here makes the key useless. */
    baseUrl: text('base_url'),
    /** What a server of the organization's own offers. */
    models: text('models', { mode: 'json' }).$type<
      { id: string; kind: 'language' | 'embedding' | 'image'; context_tokens: number; max_output_tokens: number }[]
    >(),
    sealed: text('sealed').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: milliseconds('created_at').notNull(),
    lastUsedAt: milliseconds('last_used_at'),
  },
  (table) => [uniqueIndex('provider_keys_vendor').on(table.organizationId, table.vendor)],
)
