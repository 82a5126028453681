import { and, inArray, sql } from 'drizzle-orm'
import { libraryItems } from '#db/schema/library'
import type { LibrarySystem } from './context.ts'
import { eraseItems } from './erase-items.ts'
import { belongsTo, listed } from './item-rows.ts'

/** What is in the library stays. What was kept for a day may go earlier. */
export async function discard({
  organizationId,
  itemIds,
  ctx,
}: {
  organizationId: string
  itemIds: string[]
  ctx: Pick<LibrarySystem, 'db' | 'media' | 'now'>
}): Promise<void> {
  if (itemIds.length === 0) return
  await eraseItems({
    where: and(
      belongsTo(organizationId),
      sql`${libraryItems.id} IN ${listed(itemIds)}`,
      inArray(libraryItems.state, ['storing', 'staged', 'temporary', 'erasing']),
    )!,
    ctx,
  })
}
