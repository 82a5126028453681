// A row of the library, and the same as one member sees it.
import type { libraryItems, libraryShares } from '#db/schema/library'

export type ItemRow = typeof libraryItems.$inferSelect
export type ShareRow = typeof libraryShares.$inferSelect

/** Who looks. */
export interface Viewer {
  organizationId: string
  userId: string
}

export interface SeenItem {
  item: ItemRow
  favourite: boolean
  /** The viewer's own. */
  collectionIds: string[]
  share: ShareRow | null
}

export const ownerOf = ({ organizationId, ownerId }: Pick<ItemRow, 'organizationId' | 'ownerId'>): Viewer => ({
  organizationId,
  userId: ownerId,
})

export const isMine = (item: Pick<ItemRow, 'ownerId'>, { userId }: Pick<Viewer, 'userId'>): boolean =>
  item.ownerId === userId
