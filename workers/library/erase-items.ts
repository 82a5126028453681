// The end of items. Marked first, so that nobody finds them any more; then their bytes; then their rows. Whatever fails
// in between is done again by whoever comes next: a row that outlives its bytes is found, bytes without a row never are.
import { and, eq, sql, type SQL } from 'drizzle-orm'
import { libraryItems } from '#db/schema/library'
import type { LibrarySystem } from './context.ts'
import { listed } from './item-rows.ts'
import { deleteMedia } from './media-store.ts'

type Ctx = Pick<LibrarySystem, 'db' | 'media' | 'now'>

export interface Erased {
  id: string
  organizationId: string
  ownerId: string
  position: number
  /** Whether anybody could see it before. */
  listed: boolean
}

async function mark(where: SQL, ctx: Ctx): Promise<Erased[]> {
  const found = await ctx.db
    .select({
      id: libraryItems.id,
      organizationId: libraryItems.organizationId,
      ownerId: libraryItems.ownerId,
      position: libraryItems.position,
      state: libraryItems.state,
    })
    .from(libraryItems)
    .where(where)
  if (found.length === 0) return []
  // Again under the same condition: what was restored or published a moment ago stays.
  const marked = await ctx.db
    .update(libraryItems)
    .set({ state: 'erasing', eraseAt: ctx.now() })
    .where(and(sql`${libraryItems.position} IN ${listed(found.map(({ position }) => position))}`, where))
    .returning({ position: libraryItems.position })
  const positions = new Set(marked.map(({ position }) => position))
  return found
    .filter(({ position }) => positions.has(position))
    .map(({ state, ...item }) => ({ ...item, listed: state === 'ready' || state === 'deleted' }))
}

/** Those that fit `where`, which names few. Idempotent. */
export async function eraseItems({ where, ctx }: { where: SQL; ctx: Ctx }): Promise<Erased[]> {
  const items = await mark(where, ctx)
  if (items.length === 0) return []
  await deleteMedia(ctx.media, items)
  await ctx.db
    .delete(libraryItems)
    .where(
      and(
        sql`${libraryItems.position} IN ${listed(items.map(({ position }) => position))}`,
        eq(libraryItems.state, 'erasing'),
      ),
    )
  return items
}
