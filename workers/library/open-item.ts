// A kept thing with its bytes, whole, for another Worker.
import type { OpenedItem, Provenance, Rendition } from '#shared/contracts/library'
import type { LibrarySystem } from './context.ts'
import type { ItemRow, Viewer } from './item-row.ts'
import { mediaKey } from './media-store.ts'

const seenStates: readonly ItemRow['state'][] = ['ready', 'temporary', 'deleted']

function maySee(item: ItemRow, { userId }: Viewer, staged: boolean): boolean {
  if (item.ownerId === userId) return seenStates.includes(item.state) || (staged && item.state === 'staged')
  return item.visibility === 'organization' && item.state === 'ready'
}

const typeOf = (item: ItemRow, rendition: Rendition): string | null =>
  rendition === 'original' ? item.mediaType : rendition === 'web' ? item.webType : item.thumbnailType

/** The rendition, or the original where there is no such one. */
export const existingRendition = (item: ItemRow, rendition: Rendition): { rendition: Rendition; mediaType: string } => {
  const mediaType = typeOf(item, rendition)
  return mediaType === null ? { rendition: 'original', mediaType: item.mediaType } : { rendition, mediaType }
}

export async function openItem({
  organizationId,
  userId,
  itemId: id,
  rendition: wanted = 'original',
  staged = false,
  ctx,
}: {
  organizationId: string
  userId: string
  itemId: string
  rendition?: Rendition
  staged?: boolean
  ctx: Pick<LibrarySystem, 'items' | 'media'>
}): Promise<OpenedItem | null> {
  const item = await ctx.items.find({ organizationId, id })
  if (!item || !maySee(item, { organizationId, userId }, staged)) return null
  const { rendition, mediaType } = existingRendition(item, wanted)
  const object = await ctx.media.get(mediaKey(item, rendition))
  if (!object) return null
  const isOriginal = rendition === 'original'
  return {
    bytes: new Uint8Array(await object.arrayBuffer()),
    facts: { mediaType, width: isOriginal ? item.width : null, height: isOriginal ? item.height : null },
    provenance: item.provenance as Provenance | null,
    title: item.title,
  }
}
