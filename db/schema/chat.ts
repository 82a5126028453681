// Owner: chat. Conversations: what a list shows and a search finds; the messages are in the objects.
// No reference to the member: a row must outlive them until its object has been erased.
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { id, micros, milliseconds } from '../columns.ts'

export const conversations = sqliteTable(
  'conversations',
  {
    id: id(),
    organizationId: text('organization_id').notNull(),
    userId: text('user_id').notNull(),
    title: text('title').notNull(),
    /** The title as search sees it: folded. */
    titleSearch: text('title_search').notNull(),
    model: text('model'),
    /** Of the last message: what a short next one is probably written in. */
    language: text('language'),
    /** An answer runs until then unless its writer says otherwise; 0 while nothing runs. */
    runningUntil: milliseconds('running_until').notNull().default(0),
    createdAt: milliseconds('created_at').notNull(),
    updatedAt: milliseconds('updated_at').notNull(),
    /** Gone for its owner, but its object is not erased yet. */
    deleted: integer('deleted', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [index('conversations_by_update').on(table.organizationId, table.userId, table.updatedAt, table.id)],
)

/** Answers of `/v1/responses` that are kept: what expires when, and whose they are. The answers themselves are in R2. */
export const storedResponses = sqliteTable(
  'stored_responses',
  {
    id: id(),
    organizationId: text('organization_id').notNull(),
    /** Who asked, or made the key that asked: erased with them. */
    userId: text('user_id'),
    createdAt: milliseconds('created_at').notNull(),
    expiresAt: milliseconds('expires_at').notNull(),
  },
  (table) => [
    index('stored_responses_by_expiry').on(table.expiresAt),
    index('stored_responses_by_owner').on(table.organizationId, table.userId),
    index('stored_responses_by_user').on(table.userId),
  ],
)

/** Which kept answer an item belongs to, for those who name the item alone. */
export const storedResponseItems = sqliteTable(
  'stored_response_items',
  {
    organizationId: text('organization_id').notNull(),
    itemId: text('item_id').notNull(),
    responseId: text('response_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId] }),
    index('stored_response_items_by_response').on(table.responseId),
  ],
)

/** Requests that an organization keeps a record of: ids, counts and times. What was said, where it is kept, is in R2. */
export const requestLogs = sqliteTable(
  'request_logs',
  {
    /** The request's own id. */
    id: id(),
    organizationId: text('organization_id').notNull(),
    at: milliseconds('at').notNull(),
    keyId: text('key_id'),
    /** Who asked, or made the key that asked: erased with them. */
    userId: text('user_id'),
    path: text('path').notNull(),
    /** As the caller wrote it. */
    asked: text('asked').notNull(),
    model: text('model'),
    provider: text('provider'),
    status: integer('status').notNull(),
    code: text('code'),
    /** complete, cut, left or failed; null where nothing was begun. */
    ending: text('ending'),
    streams: integer('streams', { mode: 'boolean' }).notNull(),
    attempts: integer('attempts').notNull(),
    cache: text('cache'),
    replayed: integer('replayed', { mode: 'boolean' }).notNull(),
    usage: text('usage', { mode: 'json' }).$type<Record<string, number>>().notNull(),
    costMicros: micros('cost_micros').notNull(),
    estimated: integer('estimated', { mode: 'boolean' }).notNull(),
    firstByteMs: integer('first_byte_ms'),
    totalMs: integer('total_ms').notNull(),
    /** Names of rules and counts. */
    findings: text('findings', { mode: 'json' }).$type<string[]>().notNull(),
    /** none, redacted or full. */
    content: text('content').notNull(),
    expiresAt: milliseconds('expires_at').notNull(),
  },
  (table) => [
    index('request_logs_by_time').on(table.organizationId, table.at, table.id),
    index('request_logs_by_user').on(table.userId),
    index('request_logs_by_expiry').on(table.expiresAt),
  ],
)
