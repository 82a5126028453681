// Owner: library. Everything that was made or uploaded. Its bytes are in R2; what a list shows and a search finds is here.
// Sums (storage, facets, counts of collections) and the full-text index `library_search` are kept by triggers of the
// migrations, so that no order of changes can leave them wrong.
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { id, milliseconds } from '../columns.ts'

/**
 * storing: its bytes are being written. staged: they are there, and nobody sees it yet. ready: in the library.
 * temporary: by its id alone, for a day. deleted: can be restored. erasing: its bytes go, then its row.
 */
export const itemStates = ['storing', 'staged', 'ready', 'temporary', 'deleted', 'erasing'] as const

export const libraryItems = sqliteTable(
  'library_items',
  {
    /** When it was made and, within a millisecond, in which order (`position.ts`): what every list is sorted by. */
    position: integer('position').primaryKey(),
    id: text('id').notNull(),
    organizationId: text('organization_id').notNull(),
    ownerId: text('owner_id').notNull(),
    state: text('state', { enum: itemStates }).notNull(),
    /** Not counted and not listed. */
    temporary: integer('temporary', { mode: 'boolean' }).notNull(),
    visibility: text('visibility', { enum: ['private', 'organization'] }).notNull(),
    kind: text('kind', { enum: ['image', 'video', 'audio', 'design', 'file'] }).notNull(),
    source: text('source', { enum: ['generated', 'edited', 'uploaded'] }).notNull(),
    model: text('model'),
    orientation: text('orientation', { enum: ['landscape', 'portrait', 'square'] }),
    /** Whether it has an address that opens to everybody. */
    shared: integer('shared', { mode: 'boolean' }).notNull(),
    jobId: text('job_id'),
    title: text('title').notNull(),
    tags: text('tags', { mode: 'json' }).$type<string[]>().notNull(),
    mediaType: text('media_type').notNull(),
    bytes: integer('bytes').notNull(),
    storedBytes: integer('stored_bytes').notNull(),
    width: integer('width'),
    height: integer('height'),
    durationMs: integer('duration_ms'),
    hasAlpha: integer('has_alpha', { mode: 'boolean' }).notNull(),
    contentHash: text('content_hash').notNull(),
    thumbhash: text('thumbhash'),
    /** The media types of what was derived from it; null where there is no such rendition. */
    webType: text('web_type'),
    thumbnailType: text('thumbnail_type'),
    /** `Provenance` of the contracts. */
    provenance: text('provenance', { mode: 'json' }).$type<Record<string, unknown>>(),
    /** What a search finds it by: folded words, and what is filtered by. */
    searchWords: text('search_words').notNull(),
    searchFacets: text('search_facets').notNull(),
    createdAt: milliseconds('created_at').notNull(),
    updatedAt: milliseconds('updated_at').notNull(),
    deletedAt: milliseconds('deleted_at'),
    /** When it is to be erased, unless something happens before. Null for what is there to stay. */
    eraseAt: milliseconds('erase_at'),
  },
  (table) => [
    uniqueIndex('library_items_id').on(table.id),
    // Whatever a list filters by is in its index: rows are only read for what is shown.
    index('library_items_own').on(
      table.organizationId,
      table.ownerId,
      table.visibility,
      table.state,
      table.position,
      table.kind,
      table.source,
      table.model,
      table.orientation,
      table.shared,
    ),
    index('library_items_shown').on(
      table.organizationId,
      table.visibility,
      table.state,
      table.position,
      table.ownerId,
      table.kind,
      table.source,
      table.model,
      table.orientation,
      table.shared,
    ),
    index('library_items_by_owner').on(table.ownerId),
    index('library_items_due').on(table.eraseAt),
  ],
)

export const libraryCollections = sqliteTable(
  'library_collections',
  {
    id: id(),
    organizationId: text('organization_id').notNull(),
    ownerId: text('owner_id').notNull(),
    name: text('name').notNull(),
    /** Of what is there: without what was deleted. */
    itemCount: integer('item_count').notNull().default(0),
    createdAt: milliseconds('created_at').notNull(),
    updatedAt: milliseconds('updated_at').notNull(),
  },
  (table) => [
    index('library_collections_of').on(table.organizationId, table.ownerId, table.id),
    index('library_collections_by_owner').on(table.ownerId),
  ],
)

export const libraryCollectionItems = sqliteTable(
  'library_collection_items',
  {
    collectionId: text('collection_id')
      .notNull()
      .references(() => libraryCollections.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    organizationId: text('organization_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.collectionId, table.position] }),
    index('library_collection_items_by_item').on(table.position),
  ],
)

export const libraryFavourites = sqliteTable(
  'library_favourites',
  {
    organizationId: text('organization_id').notNull(),
    userId: text('user_id').notNull(),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.userId, table.position] }),
    index('library_favourites_by_item').on(table.position),
    index('library_favourites_by_user').on(table.userId),
  ],
)

export const libraryShares = sqliteTable(
  'library_shares',
  {
    id: id(),
    organizationId: text('organization_id').notNull(),
    position: integer('position').notNull(),
    /** SHA-256 of what stands in its address: whoever reads this table opens nothing. */
    tokenHash: text('token_hash').notNull(),
    createdAt: milliseconds('created_at').notNull(),
    expiresAt: milliseconds('expires_at'),
  },
  (table) => [
    uniqueIndex('library_shares_item').on(table.position),
    uniqueIndex('library_shares_token').on(table.tokenHash),
    index('library_shares_expiry').on(table.expiresAt),
  ],
)

/** Of an organization. Written by triggers alone. */
export const libraryStorage = sqliteTable('library_storage', {
  organizationId: text('organization_id').primaryKey(),
  usedBytes: integer('used_bytes').notNull(),
  itemCount: integer('item_count').notNull(),
  deletedBytes: integer('deleted_bytes').notNull(),
})

/** How many items have this model or this tag. `scope`: the owner of private ones, `*` for what the organization sees. */
export const libraryFacets = sqliteTable(
  'library_facets',
  {
    organizationId: text('organization_id').notNull(),
    scope: text('scope').notNull(),
    facet: text('facet', { enum: ['model', 'tag'] }).notNull(),
    value: text('value').notNull(),
    items: integer('items').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.scope, table.facet, table.value] })],
)

/** The last storage quota that billing named, for when it cannot be asked. */
export const libraryQuotas = sqliteTable('library_quotas', {
  organizationId: text('organization_id').primaryKey(),
  quotaBytes: integer('quota_bytes'),
  readAt: milliseconds('read_at').notNull(),
})
