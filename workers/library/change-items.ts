// What is done to one item or to many: each has an outcome of its own, and what can be done is done in one step.
import { and, eq, sql, type SQL } from 'drizzle-orm'
import { libraryItems } from '#db/schema/library'
import { RESTORE_DAYS, type BulkAction, type BulkResult } from '#shared/contracts/library'
import { chooseLocale } from '#shared/http/choose-locale'
import { Problem, notFound, permissionDenied, type ProblemCode } from '#shared/http/problems'
import { getCollection } from './collections.ts'
import type { LibraryContext } from './context.ts'
import { eraseItems } from './erase-items.ts'
import { isMine, type SeenItem } from './item-row.ts'
import { belongsTo, listed } from './item-rows.ts'
import { tellOfItems, wireItems } from './tell.ts'

const RESTORE_MS = RESTORE_DAYS * 86_400_000

/** What anybody may do with what they see; the rest is the owner's. */
const everybodys: readonly BulkAction[] = ['favourite', 'unfavourite', 'collect', 'uncollect']

function faultOf(action: BulkAction, { item }: SeenItem, { viewer, now }: LibraryContext): ProblemCode | null {
  if (!everybodys.includes(action) && !isMine(item, viewer)) return 'permission_denied'
  if (action === 'restore')
    return item.state === 'ready' || (item.state === 'deleted' && (item.eraseAt ?? 0) > now()) ? null : 'conflict'
  if (action === 'delete' || action === 'erase') return null
  return item.state === 'ready' ? null : 'conflict'
}

interface Change {
  action: BulkAction
  collectionId?: string
  seen: SeenItem[]
  ctx: LibraryContext
}

const positionsOf = (seen: readonly SeenItem[]): SQL => listed(seen.map(({ item }) => item.position))

const update = ({ seen, ctx }: Change, values: Record<string, unknown>, state: 'ready' | 'deleted') =>
  ctx.db
    .update(libraryItems)
    .set({ ...values, updatedAt: ctx.now() })
    .where(
      and(
        belongsTo(ctx.viewer.organizationId),
        eq(libraryItems.state, state),
        sql`${libraryItems.position} IN ${positionsOf(seen)}`,
      ),
    )

async function erase({ seen, ctx }: Change): Promise<void> {
  if (seen.length === 0) return
  await eraseItems({
    where: and(
      belongsTo(ctx.viewer.organizationId),
      eq(libraryItems.ownerId, ctx.viewer.userId),
      sql`${libraryItems.position} IN ${positionsOf(seen)}`,
    )!,
    ctx,
  })
}

const effects: Record<BulkAction, (change: Change) => Promise<unknown>> = {
  async delete(change) {
    const now = change.ctx.now()
    await update(change, { state: 'deleted', deletedAt: now, eraseAt: now + RESTORE_MS }, 'ready')
    // What nobody finds in a list would not be found to be restored either.
    await erase({ ...change, seen: change.seen.filter(({ item }) => item.state === 'temporary') })
  },
  restore: (change) => update(change, { state: 'ready', deletedAt: null, eraseAt: null }, 'deleted'),
  erase,
  show: (change) => update(change, { visibility: 'organization' }, 'ready'),
  hide: (change) => update(change, { visibility: 'private' }, 'ready'),
  favourite: ({ seen, ctx: { db, viewer } }) =>
    db.run(sql`INSERT OR IGNORE INTO library_favourites (organization_id, user_id, position)
      SELECT ${viewer.organizationId}, ${viewer.userId}, value FROM json_each(${JSON.stringify(seen.map(({ item }) => item.position))})`),
  unfavourite: ({ seen, ctx: { db, viewer } }) =>
    db.run(sql`DELETE FROM library_favourites WHERE organization_id = ${viewer.organizationId}
      AND user_id = ${viewer.userId} AND position IN ${positionsOf(seen)}`),
  collect: ({ seen, collectionId, ctx: { db, viewer } }) =>
    db.run(sql`INSERT OR IGNORE INTO library_collection_items (collection_id, position, organization_id)
      SELECT ${collectionId}, value, ${viewer.organizationId} FROM json_each(${JSON.stringify(seen.map(({ item }) => item.position))})`),
  uncollect: ({ seen, collectionId, ctx: { db } }) =>
    db.run(
      sql`DELETE FROM library_collection_items WHERE collection_id = ${collectionId} AND position IN ${positionsOf(seen)}`,
    ),
}

const touchesStorage: readonly BulkAction[] = ['delete', 'restore', 'erase']

async function tellAfter({ action, seen, ctx }: Change): Promise<void> {
  const { viewer } = ctx
  const now = await ctx.items.seen({ viewer, ids: seen.map(({ item }) => item.id) })
  const there = new Set(now.map(({ item }) => item.id))
  await tellOfItems({
    viewer,
    items: await wireItems({ seen: now, viewer, locale: chooseLocale(ctx.headers), ctx }),
    gone: seen.map(({ item }) => item.id).filter((id) => !there.has(id)),
    storage: touchesStorage.includes(action),
    ctx,
  })
}

export async function changeItems({
  ids: asked,
  action,
  collectionId,
  ctx,
}: {
  ids: readonly string[]
  action: BulkAction
  collectionId?: string
  ctx: LibraryContext
}): Promise<BulkResult> {
  if (action === 'collect' || action === 'uncollect') await getCollection({ id: collectionId ?? '', ctx })
  const ids = [...new Set(asked)]
  const byId = new Map((await ctx.items.seen({ viewer: ctx.viewer, ids })).map((seen) => [seen.item.id, seen]))
  const outcomes = ids.map((id) => {
    const seen = byId.get(id)
    return { id, seen, code: seen ? faultOf(action, seen, ctx) : ('not_found' as const) }
  })
  const change: Change = {
    action,
    collectionId,
    seen: outcomes.flatMap(({ seen, code }) => (seen && code === null ? [seen] : [])),
    ctx,
  }
  if (change.seen.length > 0) {
    await effects[action](change)
    await tellAfter(change)
  }
  return {
    done: outcomes.filter(({ code }) => code === null).map(({ id }) => id),
    failed: outcomes.flatMap(({ id, code }) => (code === null ? [] : [{ id, code }])),
  }
}

/** The same for one, whose failure is a problem. */
export async function changeItem(change: {
  id: string
  action: BulkAction
  collectionId?: string
  ctx: LibraryContext
}): Promise<void> {
  const { id, ...rest } = change
  const { failed } = await changeItems({ ids: [id], ...rest })
  const code = failed[0]?.code
  if (code === undefined) return
  if (code === 'not_found') throw notFound('item')
  if (code === 'permission_denied') throw permissionDenied('library.change-others')
  throw new Problem('conflict', 'In its present state this cannot be done with the item.')
}
