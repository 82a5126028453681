// What its owner shows to everybody who has the address. The table keeps the hash of what stands in it.
import { and, eq } from 'drizzle-orm'
import { libraryItems, libraryShares } from '#db/schema/library'
import type { LibraryItem, Rendition, SharedItem } from '#shared/contracts/library'
import { invalidRequest, notFound, permissionDenied, Problem, serviceUnavailable } from '#shared/http/problems'
import { wordsOfError } from '#shared/http/words-of-error'
import type { ServiceAuditAction } from '#shared/contracts/account'
import type { LibraryContext, LibrarySystem } from './context.ts'
import { getItem } from './get-item.ts'
import { isMine, type ItemRow, type SeenItem } from './item-row.ts'
import { signedPath } from './signed-url.ts'
import { hashOfToken } from './signer.ts'
import { tellOfItems } from './tell.ts'

const SIGNED_SECONDS = 3_600

async function ownOf({ id, ctx }: { id: string; ctx: LibraryContext }): Promise<SeenItem> {
  const seen = await ctx.items.getItemOf({ viewer: ctx.viewer, id })
  if (!isMine(seen.item, ctx.viewer)) throw permissionDenied('library.change-others')
  return seen
}

/** Before it is done: what cannot be recorded is not done. */
async function record(action: ServiceAuditAction, id: string, ctx: LibraryContext): Promise<void> {
  const { organizationId, userId } = ctx.viewer
  try {
    await ctx.recordAudit({ organizationId, actor: { userId, keyId: ctx.keyId }, action, targetId: id })
  } catch (error) {
    throw serviceUnavailable('The accounts service', wordsOfError(error))
  }
}

async function changed({ id, ctx }: { id: string; ctx: LibraryContext }): Promise<LibraryItem> {
  const item = await getItem({ id, ctx })
  await tellOfItems({ viewer: ctx.viewer, items: [item], storage: false, ctx })
  return item
}

/** The address stays the same as long as it is shared; only its end changes. */
export async function shareItem({
  id,
  expiresAt,
  ctx,
}: {
  id: string
  expiresAt: number | null
  ctx: LibraryContext
}): Promise<LibraryItem> {
  const now = ctx.now()
  const { item, share } = await ownOf({ id, ctx })
  if (expiresAt !== null && expiresAt <= now) throw invalidRequest('expires_at: must be in the future', 'expires_at')
  if (item.state !== 'ready') throw new Problem('conflict', 'Only what is in the library can be shared.')
  await record('library-item.shared', id, ctx)
  // What had ended does not open again under its old address.
  if (share?.expiresAt && share.expiresAt <= now) await remove(item, ctx)
  const shareId = ctx.createId('share')
  await ctx.db
    .insert(libraryShares)
    .values({
      id: shareId,
      organizationId: item.organizationId,
      position: item.position,
      tokenHash: await hashOfToken(await ctx.signer.shareToken(shareId)),
      createdAt: now,
      expiresAt,
    })
    .onConflictDoUpdate({ target: libraryShares.position, set: { expiresAt } })
  return changed({ id, ctx })
}

const remove = ({ organizationId, position }: ItemRow, { db }: Pick<LibraryContext, 'db'>) =>
  db
    .delete(libraryShares)
    .where(and(eq(libraryShares.organizationId, organizationId), eq(libraryShares.position, position)))

/** From then on the address opens nothing. */
export async function unshareItem({ id, ctx }: { id: string; ctx: LibraryContext }): Promise<LibraryItem> {
  const { item, share } = await ownOf({ id, ctx })
  if (!share) return getItem({ id, ctx })
  await record('library-item.unshared', id, ctx)
  await remove(item, ctx)
  return changed({ id, ctx })
}

async function urlsOf(item: ItemRow, shareId: string, ctx: LibrarySystem): Promise<SharedItem['urls']> {
  const url = (rendition: Rendition) =>
    signedPath({
      organizationId: item.organizationId,
      itemId: item.id,
      rendition,
      expiresInSeconds: SIGNED_SECONDS,
      shareId,
      ctx,
    })
  return {
    original: await url('original'),
    web: item.webType === null ? null : await url('web'),
    thumbnail: item.thumbnailType === null ? null : await url('thumbnail'),
  }
}

/** For whoever was given its address. */
export async function openShare({ token, ctx }: { token: string; ctx: LibrarySystem }): Promise<SharedItem> {
  const [found] = await ctx.db
    .select({ share: libraryShares, item: libraryItems })
    .from(libraryShares)
    .innerJoin(libraryItems, eq(libraryItems.position, libraryShares.position))
    .where(eq(libraryShares.tokenHash, await hashOfToken(token)))
  if (!found || found.item.state !== 'ready') throw notFound('share')
  const { share, item } = found
  if (share.expiresAt !== null && share.expiresAt <= ctx.now()) throw notFound('share')
  return {
    object: 'shared_item',
    kind: item.kind,
    title: item.title,
    media_type: item.mediaType,
    width: item.width,
    height: item.height,
    duration_ms: item.durationMs,
    thumbhash: item.thumbhash,
    generated: item.source !== 'uploaded',
    model: item.model,
    urls: await urlsOf(item, share.id, ctx),
    created_at: item.createdAt,
    expires_at: share.expiresAt,
  }
}
