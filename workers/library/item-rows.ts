// Items in D1, as members see them. The organization is part of every query.
import { and, eq, inArray, or, sql, type SQL } from 'drizzle-orm'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import { libraryItems, libraryShares } from '#db/schema/library'
import { notFound } from '#shared/http/problems'
import type { ItemRow, SeenItem, Viewer } from './item-row.ts'
import { positionsOf, type ListAsked } from './list-query.ts'

export type Database = DrizzleD1Database & { $client: D1Database }
export type ItemRows = ReturnType<typeof createItemRows>

/** A list of any length as one bound value: D1 takes a hundred. */
export const listed = (values: readonly (string | number)[]): SQL =>
  sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`

/**
 * Part of every question that names items or places. The plus sign keeps the organization's own indexes out of it: the
 * database would rather walk through all of an organization than look at a list of a hundred.
 */
export const belongsTo = (organizationId: string): SQL => sql`+${libraryItems.organizationId} = ${organizationId}`

const canBeSeen = ({ organizationId, userId }: Viewer): SQL =>
  and(
    belongsTo(organizationId),
    or(
      and(eq(libraryItems.ownerId, userId), inArray(libraryItems.state, ['ready', 'temporary', 'deleted'])),
      and(eq(libraryItems.visibility, 'organization'), eq(libraryItems.state, 'ready')),
    ),
  )!

export function createItemRows(db: Database) {
  async function see({ viewer, where }: { viewer: Viewer; where: SQL | undefined }): Promise<SeenItem[]> {
    const { organizationId, userId } = viewer
    const rows = await db
      .select({
        item: libraryItems,
        share: libraryShares,
        favourite: sql<number>`EXISTS (SELECT 1 FROM library_favourites f WHERE f.organization_id = ${organizationId} AND f.user_id = ${userId} AND f.position = ${libraryItems.position})`,
        collections: sql<string>`(SELECT json_group_array(c.collection_id) FROM library_collection_items c CROSS JOIN library_collections k ON k.id = c.collection_id WHERE c.position = ${libraryItems.position} AND k.organization_id = ${organizationId} AND k.owner_id = ${userId})`,
      })
      .from(libraryItems)
      .leftJoin(libraryShares, eq(libraryShares.position, libraryItems.position))
      .where(where)
    return rows.map(({ item, share, favourite, collections }) => ({
      item,
      share,
      favourite: favourite === 1,
      collectionIds: JSON.parse(collections) as string[],
    }))
  }

  return {
    /** In the order that was asked for. */
    async list(asked: ListAsked): Promise<SeenItem[]> {
      const positions = positionsOf(asked)
      if (!positions) return []
      const { organizationId } = asked.viewer
      const rows = await see({
        viewer: asked.viewer,
        where: sql`${libraryItems.position} IN (SELECT position FROM (${positions})) AND ${belongsTo(organizationId)}`,
      })
      const sign = asked.order === 'newest' ? -1 : 1
      return rows.sort((a, b) => sign * (a.item.position - b.item.position))
    },

    /** What this member sees, also of what they have deleted. */
    async getItemOf({ viewer, id }: { viewer: Viewer; id: string }): Promise<SeenItem> {
      const [found] = await see({ viewer, where: and(canBeSeen(viewer), eq(libraryItems.id, id)) })
      if (!found) throw notFound('item')
      return found
    },

    /** Of these, those that this member sees. */
    seen: ({ viewer, ids }: { viewer: Viewer; ids: readonly string[] }): Promise<SeenItem[]> =>
      see({ viewer, where: and(canBeSeen(viewer), sql`${libraryItems.id} IN ${listed(ids)}`) }),

    /** Whatever its state. */
    async find({ organizationId, id }: { organizationId: string; id: string }): Promise<ItemRow | undefined> {
      const [row] = await db
        .select()
        .from(libraryItems)
        .where(and(belongsTo(organizationId), eq(libraryItems.id, id)))
        .limit(1)
      return row
    },

    async findAll({ organizationId, ids }: { organizationId: string; ids: readonly string[] }): Promise<ItemRow[]> {
      return db
        .select()
        .from(libraryItems)
        .where(and(belongsTo(organizationId), sql`${libraryItems.id} IN ${listed(ids)}`))
    },
  }
}
