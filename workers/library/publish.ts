// What was staged is there from now on.
import { and, eq, sql } from 'drizzle-orm'
import { libraryItems } from '#db/schema/library'
import type { LibraryItem } from '#shared/contracts/library'
import type { LibrarySystem } from './context.ts'
import { belongsTo } from './item-rows.ts'
import { ownerOf, type SeenItem } from './item-row.ts'
import { tellOfItems, wireItems } from './tell.ts'

type Ctx = Pick<LibrarySystem, 'db' | 'items' | 'feedOf' | 'quotaOf' | 'logger' | 'signer' | 'siteUrl' | 'now'>

export interface Published {
  organizationId: string
  itemIds: string[]
  costMicros?: number[]
  collectionId?: string
  ctx: Ctx
}

function publishOne({
  organizationId,
  id,
  cost,
  ctx,
}: {
  organizationId: string
  id: string
  cost?: number
  ctx: Ctx
}) {
  const { db } = ctx
  return db
    .update(libraryItems)
    .set({
      state: sql`iif(temporary = 1, 'temporary', 'ready')`,
      eraseAt: sql`iif(temporary = 1, erase_at, NULL)`,
      updatedAt: ctx.now(),
      ...(cost !== undefined && { provenance: sql`json_set(provenance, '$.cost_micros', json(${String(cost)}))` }),
    })
    .where(and(belongsTo(organizationId), eq(libraryItems.id, id), eq(libraryItems.state, 'staged')))
}

const collect = ({
  organizationId,
  id,
  collectionId,
  ctx,
}: {
  organizationId: string
  id: string
  collectionId: string
  ctx: Ctx
}) =>
  ctx.db.run(sql`INSERT OR IGNORE INTO library_collection_items (collection_id, position, organization_id)
    SELECT k.id, i.position, i.organization_id FROM library_items i
    JOIN library_collections k ON k.id = ${collectionId} AND k.organization_id = i.organization_id AND k.owner_id = i.owner_id
    WHERE i.id = ${id} AND i.organization_id = ${organizationId} AND i.state = 'ready'`)

/** As their owner sees them, in the order of their names. Names that nothing was staged under are left out. */
async function seenByOwner({ organizationId, itemIds, ctx }: Published): Promise<SeenItem[]> {
  const rows = await ctx.items.findAll({ organizationId, ids: itemIds })
  const first = rows[0]
  if (!first) return []
  const seen = await ctx.items.seen({ viewer: ownerOf(first), ids: itemIds })
  return itemIds.flatMap((id) => seen.filter(({ item }) => item.id === id))
}

export async function publish(asked: Published): Promise<LibraryItem[]> {
  const { organizationId, itemIds, costMicros, collectionId, ctx } = asked
  const [first, ...rest] = itemIds.map((id, at) => publishOne({ organizationId, id, cost: costMicros?.[at], ctx }))
  if (!first) return []
  await ctx.db.batch([first, ...rest])
  if (collectionId) for (const id of itemIds) await collect({ organizationId, id, collectionId, ctx })
  const seen = await seenByOwner(asked)
  if (seen.length < itemIds.length)
    ctx.logger.error('published-without-being-staged', { organization_id: organizationId, item_ids: itemIds.join(' ') })
  const owner = seen[0] && ownerOf(seen[0].item)
  if (!owner) return []
  const items = await wireItems({ seen, viewer: owner, ctx })
  const isListed = new Set(seen.filter(({ item }) => item.state === 'ready').map(({ item }) => item.id))
  await tellOfItems({ viewer: owner, items: items.filter(({ id }) => isListed.has(id)), ctx })
  return items
}
