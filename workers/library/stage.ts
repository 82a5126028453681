// Keeps a thing where nobody sees it yet. What was begun is finished by the next try under the same name: room is taken
// and the row written first, then the bytes, then the row says that they are there.
import { and, eq } from 'drizzle-orm'
import { libraryItems } from '#db/schema/library'
import type { PictureFacts, StageInput, Staged } from '#shared/contracts/library'
import { conflict } from '#shared/http/problems'
import type { LibrarySystem } from './context.ts'
import { belongsTo } from './item-rows.ts'
import type { ItemRow } from './item-row.ts'
import { deleteMedia, mediaKey } from './media-store.ts'
import { newItem, type Kept } from './new-item.ts'
import type { PreparedPicture } from './pixels/index.ts'
import { reserveItem } from './reserve-item.ts'

type Ctx = Pick<LibrarySystem, 'db' | 'items' | 'media' | 'pixels' | 'quotaOf' | 'now' | 'random'>
type Prepared = Extract<PreparedPicture, { ok: true }>

const stagedAs = (row: ItemRow): Staged => ({
  ok: true,
  itemId: row.id,
  facts: {
    mediaType: row.mediaType as PictureFacts['mediaType'],
    width: row.width ?? 0,
    height: row.height ?? 0,
    bytes: row.bytes,
    hasAlpha: row.hasAlpha,
  },
  contentHash: row.contentHash,
  storedBytes: row.storedBytes,
})

/** Null where it still has to be written. */
async function stagedBefore({ itemId: id, organizationId }: StageInput, ctx: Ctx): Promise<Staged | null> {
  const row = await ctx.items.find({ organizationId, id })
  if (!row || row.state === 'storing') return null
  if (row.state === 'erasing') throw conflict('This item was discarded.')
  return stagedAs(row)
}

const keptOf = (original: Uint8Array, { facts, web, thumbnail, thumbhash }: Prepared, contentHash: string): Kept => ({
  mediaType: facts.mediaType,
  width: facts.width,
  height: facts.height,
  hasAlpha: facts.hasAlpha,
  bytes: original.byteLength,
  storedBytes: original.byteLength + (web?.bytes.byteLength ?? 0) + thumbnail.bytes.byteLength,
  contentHash,
  thumbhash,
  webType: web?.mediaType ?? null,
  thumbnailType: thumbnail.mediaType,
})

async function writeMedia(
  { row, original, prepared }: { row: ItemRow; original: Uint8Array; prepared: Prepared },
  ctx: Ctx,
): Promise<void> {
  const put = (rendition: 'original' | 'web' | 'thumbnail', bytes: Uint8Array, contentType: string) =>
    ctx.media.put(mediaKey(row, rendition), bytes, { httpMetadata: { contentType } })
  const { web, thumbnail } = prepared
  await Promise.all([
    put('original', original, row.mediaType),
    web && put('web', web.bytes, web.mediaType),
    put('thumbnail', thumbnail.bytes, thumbnail.mediaType),
  ])
}

async function finish(row: ItemRow, ctx: Ctx): Promise<void> {
  const { organizationId, id, contentHash } = row
  const [finished] = await ctx.db
    .update(libraryItems)
    .set({ state: 'staged' })
    .where(
      and(
        belongsTo(organizationId),
        eq(libraryItems.id, id),
        eq(libraryItems.state, 'storing'),
        eq(libraryItems.contentHash, contentHash),
      ),
    )
    .returning({ id: libraryItems.id })
  if (finished) return
  const current = await ctx.items.find({ organizationId, id })
  // Discarded meanwhile: nothing may stay behind that no row tells of.
  if (!current || current.state === 'erasing') await deleteMedia(ctx.media, [row])
  if (current?.contentHash !== contentHash || current.state === 'erasing') throw conflict('This item was discarded.')
}

export async function stage({ input, ctx }: { input: StageInput; ctx: Ctx }): Promise<Staged> {
  const before = await stagedBefore(input, ctx)
  if (before) return before
  const { bytes, format, quality, provenance, organizationId } = input
  const prepared = await ctx.pixels.prepare({
    bytes,
    ...(format && { format }),
    ...(quality !== undefined && { quality }),
  })
  if (!prepared.ok) return { ok: false, fault: prepared.fault, facts: prepared.facts }
  const { mediaType } = prepared.facts
  const original = provenance
    ? ctx.pixels.writeProvenance({ bytes: prepared.bytes, mediaType, provenance })
    : prepared.bytes
  const kept = keptOf(original, prepared, await ctx.pixels.contentHash(original))
  const row = newItem({ input, kept, now: ctx.now(), random: ctx.random() })
  const quotaBytes = row.temporary ? null : await ctx.quotaOf(organizationId)
  if (!(await reserveItem({ row, quotaBytes, db: ctx.db, random: ctx.random })))
    return (await stagedBefore(input, ctx)) ?? { ok: false, fault: 'storage_exhausted' }
  await writeMedia({ row, original, prepared }, ctx)
  await finish(row, ctx)
  return stagedAs(row)
}
