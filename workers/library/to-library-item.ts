// The wire form of an item, for the member who looks.
import type { LibraryItem, Provenance, Rendition } from '#shared/contracts/library'
import { isMine, type SeenItem, type ShareRow, type Viewer } from './item-row.ts'

export const fileUrl = (id: string, rendition: Rendition): string =>
  `/api/library/items/${id}/file${rendition === 'original' ? '' : `?rendition=${rendition}`}`

export interface ShareUrls {
  /** The public address of a share; null where it has ended. */
  shareUrl(share: ShareRow): Promise<string | null>
}

async function shareOf({ item, share }: SeenItem, viewer: Viewer, urls: ShareUrls): Promise<LibraryItem['share']> {
  if (!share || !isMine(item, viewer)) return null
  const url = await urls.shareUrl(share)
  return url === null ? null : { url, created_at: share.createdAt, expires_at: share.expiresAt }
}

export async function toLibraryItem(
  seen: SeenItem,
  { viewer, urls }: { viewer: Viewer; urls: ShareUrls },
): Promise<LibraryItem> {
  const { item, favourite, collectionIds } = seen
  return {
    id: item.id,
    object: 'library_item',
    kind: item.kind,
    source: item.source,
    title: item.title,
    visibility: item.visibility,
    owner_id: item.ownerId,
    mine: isMine(item, viewer),
    media_type: item.mediaType,
    bytes: item.bytes,
    stored_bytes: item.storedBytes,
    width: item.width,
    height: item.height,
    duration_ms: item.durationMs,
    content_hash: item.contentHash,
    thumbhash: item.thumbhash,
    favourite,
    collection_ids: collectionIds,
    tags: item.tags,
    job_id: item.jobId,
    provenance: item.provenance as Provenance | null,
    urls: {
      original: fileUrl(item.id, 'original'),
      web: item.webType === null ? null : fileUrl(item.id, 'web'),
      thumbnail: item.thumbnailType === null ? null : fileUrl(item.id, 'thumbnail'),
    },
    share: await shareOf(seen, viewer, urls),
    created_at: item.createdAt,
    updated_at: item.updatedAt,
    deleted_at: item.deletedAt,
    erased_at: item.state === 'deleted' ? item.eraseAt : null,
  }
}
