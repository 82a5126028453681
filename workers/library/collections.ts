// Collections: a member's own, of whatever that member sees.
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { libraryCollections } from '#db/schema/library'
import type { Collection, CollectionInput } from '#shared/contracts/library'
import { conflict, invalidCursor, notFound } from '#shared/http/problems'
import { decodeCursor, encodeCursor } from '#shared/lib/cursor'
import type { LibraryContext } from './context.ts'
import type { Viewer } from './item-row.ts'

type Row = typeof libraryCollections.$inferSelect
type Ctx = Pick<LibraryContext, 'db' | 'viewer' | 'now' | 'createId'>

const MOST = 1_000
const LIST = 'collections'

const isOwn = ({ organizationId, userId }: Viewer) =>
  and(eq(libraryCollections.organizationId, organizationId), eq(libraryCollections.ownerId, userId))!

/** The newest of what is there. */
const cover = sql<
  string | null
>`(SELECT i.id FROM library_collection_items l CROSS JOIN library_items i ON i.position = l.position
  WHERE l.collection_id = library_collections.id AND i.state = 'ready' ORDER BY l.position DESC LIMIT 1)`

const toCollection = ({ row, coverItemId }: { row: Row; coverItemId: string | null }): Collection => ({
  id: row.id,
  object: 'collection',
  name: row.name,
  item_count: row.itemCount,
  cover_item_id: coverItemId,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
})

export async function getCollection({
  id,
  ctx: { db, viewer },
}: {
  id: string
  ctx: Pick<Ctx, 'db' | 'viewer'>
}): Promise<Collection> {
  const [found] = await db
    .select({ row: libraryCollections, coverItemId: cover })
    .from(libraryCollections)
    .where(and(isOwn(viewer), eq(libraryCollections.id, id)))
  if (!found) throw notFound('collection')
  return toCollection(found)
}

export async function listCollections({
  limit,
  cursor,
  ctx: { db, viewer },
}: {
  limit: number
  cursor?: string
  ctx: Ctx
}): Promise<{ data: Collection[]; next_cursor: string | null }> {
  const after = cursor === undefined ? '' : decodeCursor(LIST, cursor)
  if (after === null) throw invalidCursor()
  const rows = await db
    .select({ row: libraryCollections, coverItemId: cover })
    .from(libraryCollections)
    .where(and(isOwn(viewer), gt(libraryCollections.id, after)))
    .orderBy(asc(libraryCollections.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    data: page.map(toCollection),
    next_cursor: rows.length > limit && last ? encodeCursor(LIST, last.row.id) : null,
  }
}

export async function createCollection({
  input: { name },
  ctx,
}: {
  input: CollectionInput
  ctx: Ctx
}): Promise<Collection> {
  const { organizationId, userId: ownerId } = ctx.viewer
  const own = await ctx.db
    .select({ id: libraryCollections.id })
    .from(libraryCollections)
    .where(isOwn(ctx.viewer))
    .limit(MOST)
  if (own.length >= MOST) throw conflict(`You have ${MOST} collections, and there can be no more.`)
  const now = ctx.now()
  const row: Row = {
    id: ctx.createId('collection'),
    organizationId,
    ownerId,
    name,
    itemCount: 0,
    createdAt: now,
    updatedAt: now,
  }
  await ctx.db.insert(libraryCollections).values(row)
  return toCollection({ row, coverItemId: null })
}

export async function renameCollection({
  id,
  input: { name },
  ctx,
}: {
  id: string
  input: CollectionInput
  ctx: Ctx
}): Promise<Collection> {
  await ctx.db
    .update(libraryCollections)
    .set({ name, updatedAt: ctx.now() })
    .where(and(isOwn(ctx.viewer), eq(libraryCollections.id, id)))
  return getCollection({ id, ctx })
}

/** Its items stay in the library. */
export async function deleteCollection({ id, ctx: { db, viewer } }: { id: string; ctx: Ctx }): Promise<void> {
  const [gone] = await db
    .delete(libraryCollections)
    .where(and(isOwn(viewer), eq(libraryCollections.id, id)))
    .returning({ id: libraryCollections.id })
  if (!gone) throw notFound('collection')
}
