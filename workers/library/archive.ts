// A ZIP of many items, written as it is read: no more than a piece of one picture is in memory at once.
import { makeZip } from 'client-zip'
import { sql } from 'drizzle-orm'
import type { ArchiveAnswer, ArchiveRequest } from '#shared/contracts/library'
import { notFound } from '#shared/http/problems'
import { getCollection } from './collections.ts'
import type { LibraryContext, LibrarySystem } from './context.ts'
import type { ItemRow, Viewer } from './item-row.ts'
import { mediaKey } from './media-store.ts'
import type { Grant } from './signer.ts'
import { cleanTitle } from './upload-title.ts'

const HOUR_MS = 3_600_000
/** Of a collection. */
const MOST = 2_000
const AT_ONCE = 100

type Ctx = Pick<LibrarySystem, 'db' | 'items' | 'media' | 'now' | 'logger'>

export async function createArchive({
  input,
  ctx,
}: {
  input: ArchiveRequest
  ctx: LibraryContext
}): Promise<ArchiveAnswer> {
  const { ids = [], collection_id: collectionId } = input
  const expiresAt = ctx.now() + HOUR_MS
  let grant: Grant
  if (collectionId === undefined) {
    const itemIds = [...new Set(ids)]
    const seen = await ctx.items.seen({ viewer: ctx.viewer, ids: itemIds })
    if (seen.length < itemIds.length) throw notFound('item')
    grant = { kind: 'archive', ...ctx.viewer, itemIds, expiresAt }
  } else {
    await getCollection({ id: collectionId, ctx })
    grant = { kind: 'collection', ...ctx.viewer, collectionId, expiresAt }
  }
  return { url: `${ctx.siteUrl}/media/${await ctx.signer.sign(grant)}`, expires_at: expiresAt }
}

const endings: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
}

export const fileNameOf = ({ title, id, mediaType }: Pick<ItemRow, 'title' | 'id' | 'mediaType'>): string =>
  `${Array.from(cleanTitle(title)).slice(0, 80).join('').trim() || id}.${endings[mediaType] ?? 'bin'}`

/** Two of one name are told apart by a number, also where a file system sees no difference between letters of two sizes. */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>()
  return (name) => {
    const dot = name.lastIndexOf('.')
    for (let count = 1; ; count++) {
      const candidate = count === 1 ? name : `${name.slice(0, dot)} (${count})${name.slice(dot)}`
      const key = candidate.normalize('NFKC').toLowerCase()
      if (taken.has(key)) continue
      taken.add(key)
      return candidate
    }
  }
}

async function idsOf(grant: Exclude<Grant, { kind: 'item' }>, { db }: Ctx): Promise<string[]> {
  if (grant.kind === 'archive') return grant.itemIds
  const rows = await db.all<{ id: string }>(sql`SELECT i.id AS id FROM library_collection_items l
    CROSS JOIN library_items i ON i.position = l.position
    WHERE l.collection_id = ${grant.collectionId} AND l.organization_id = ${grant.organizationId} ORDER BY l.position LIMIT ${MOST}`)
  return rows.map(({ id }) => id)
}

const described = (item: ItemRow, file: string) => ({
  file,
  id: item.id,
  title: item.title,
  tags: item.tags,
  source: item.source,
  content_hash: item.contentHash,
  created_at: new Date(item.createdAt).toISOString(),
  provenance: item.provenance,
})

async function* filesOf({ viewer, ids }: { viewer: Viewer; ids: string[] }, ctx: Ctx) {
  const unique = uniqueNames()
  const list = unique('provenance.json')
  const written: unknown[] = []
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const part = ids.slice(from, from + AT_ONCE)
    // Looked at again: what was deleted or hidden since is not given away.
    const seen = new Map((await ctx.items.seen({ viewer, ids: part })).map(({ item }) => [item.id, item]))
    for (const id of part) {
      const item = seen.get(id)
      const object = item && item.state !== 'deleted' ? await ctx.media.get(mediaKey(item, 'original')) : null
      if (!item || !object) continue
      const name = unique(fileNameOf(item))
      written.push(described(item, name))
      yield { name, input: object.body, size: object.size, lastModified: new Date(item.createdAt) }
    }
  }
  yield { name: list, input: JSON.stringify({ items: written }, null, 2), lastModified: new Date(ctx.now()) }
}

/** Whoever leaves early is no fault: the library that writes it would call it one. */
function stoppable(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason ?? new Error('the client left')).catch(() => undefined),
  })
}

export async function openArchive({
  grant,
  ctx,
}: {
  grant: Exclude<Grant, { kind: 'item' }>
  ctx: Ctx
}): Promise<Response> {
  const { organizationId, userId } = grant
  const files = filesOf({ viewer: { organizationId, userId }, ids: await idsOf(grant, ctx) }, ctx)
  return new Response(stoppable(makeZip(files)), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="riwaq-${new Date(ctx.now()).toISOString().slice(0, 10)}.zip"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
