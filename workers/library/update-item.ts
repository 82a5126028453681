import { and, eq } from 'drizzle-orm'
import { libraryItems } from '#db/schema/library'
import type { LibraryItem, UpdateLibraryItem } from '#shared/contracts/library'
import { permissionDenied } from '#shared/http/problems'
import { changeItem } from './change-items.ts'
import type { LibraryContext } from './context.ts'
import { belongsTo } from './item-rows.ts'
import { getItem } from './get-item.ts'
import { isMine, type ItemRow } from './item-row.ts'
import { cleanTags, searchOf } from './new-item.ts'
import { tellOfItems } from './tell.ts'

/** What it is called and found by. */
async function rename({
  item,
  title,
  tags,
  ctx,
}: {
  item: ItemRow
  title?: string
  tags?: string[]
  ctx: LibraryContext
}) {
  const named = { title: title ?? item.title, tags: tags ? cleanTags(tags) : item.tags }
  await ctx.db
    .update(libraryItems)
    .set({ ...named, ...searchOf({ ...item, ...named }), updatedAt: ctx.now() })
    .where(and(belongsTo(ctx.viewer.organizationId), eq(libraryItems.id, item.id)))
}

export async function updateItem({
  id,
  change: { title, tags, visibility, favourite },
  ctx,
}: {
  id: string
  change: UpdateLibraryItem
  ctx: LibraryContext
}): Promise<LibraryItem> {
  const { item } = await ctx.items.getItemOf({ viewer: ctx.viewer, id })
  const isOwners = title !== undefined || tags !== undefined || visibility !== undefined
  if (isOwners && !isMine(item, ctx.viewer)) throw permissionDenied('library.change-others')
  if (visibility !== undefined) await changeItem({ id, action: visibility === 'organization' ? 'show' : 'hide', ctx })
  if (favourite !== undefined) await changeItem({ id, action: favourite ? 'favourite' : 'unfavourite', ctx })
  if (title === undefined && tags === undefined) return getItem({ id, ctx })
  await rename({ item, title, tags, ctx })
  const changed = await getItem({ id, ctx })
  await tellOfItems({ viewer: ctx.viewer, items: [changed], storage: false, ctx })
  return changed
}
