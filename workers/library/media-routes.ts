// Bytes: in for members, out for members and for whoever holds a signed address.
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { libraryShares } from '#db/schema/library'
import { renditions, type Rendition } from '#shared/contracts/library'
import type { Routes } from '#shared/http/create-service-app'
import { notFound } from '#shared/http/problems'
import { parseWith } from '#shared/http/validate'
import { openArchive } from './archive.ts'
import { libraryContext, type LibraryHono, type LibrarySystem, type SystemOf } from './context.ts'
import type { LibraryEnv } from './env.ts'
import type { ItemRow } from './item-row.ts'
import { mediaKey } from './media-store.ts'
import { existingRendition } from './open-item.ts'
import { serveFile, type FileAccess } from './serve.ts'
import type { Grant } from './signer.ts'
import { upload } from './upload.ts'

const FileQuery = z.object({
  rendition: z.enum(renditions).default('original'),
  download: z
    .enum(['true', 'false', '1', '0'])
    .transform((value) => value === 'true' || value === '1')
    .default(false),
})

/** The item of a signed address, as long as it is there and what it was signed for holds. */
async function grantedItem(grant: Extract<Grant, { kind: 'item' }>, ctx: LibrarySystem): Promise<ItemRow> {
  const { organizationId, itemId: id, shareId } = grant
  const item = await ctx.items.find({ organizationId, id })
  if (!item || (item.state !== 'ready' && item.state !== 'temporary')) throw notFound('item')
  if (shareId === null) return item
  const [share] = await ctx.db
    .select({ expiresAt: libraryShares.expiresAt })
    .from(libraryShares)
    .where(and(eq(libraryShares.id, shareId), eq(libraryShares.organizationId, organizationId)))
  if (!share || (share.expiresAt !== null && share.expiresAt <= ctx.now())) throw notFound('item')
  return item
}

const tokenOf = (c: LibraryHono): string => new URL(c.req.url).pathname.slice('/media/'.length)

interface Sent {
  item: ItemRow
  rendition: Rendition
  download: boolean
  access: FileAccess
}

async function send(
  { item, rendition: wanted, download, access }: Sent,
  c: LibraryHono,
  ctx: LibrarySystem,
): Promise<Response> {
  const { rendition, mediaType } = existingRendition(item, wanted)
  const file = {
    key: mediaKey(item, rendition),
    mediaType,
    title: item.title,
    version: `${item.contentHash}-${rendition}`,
  }
  const answer = await serveFile({ request: c.req.raw, bucket: ctx.media, file, access, download })
  if (!answer) throw notFound('item')
  return answer
}

export const mediaRoutes =
  (systemOf: SystemOf): Routes<LibraryEnv> =>
  (app) => {
    app.post('/api/library/uploads', async (c) => {
      const ctx = libraryContext(c, systemOf)
      return c.json(await upload({ request: c.req.raw, ctx }), 201)
    })

    app.get('/api/library/items/:id/file', async (c) => {
      const ctx = libraryContext(c, systemOf)
      const { rendition, download } = parseWith(FileQuery, c.req.query())
      const { item } = await ctx.items.getItemOf({ viewer: ctx.viewer, id: c.req.param('id') })
      return send({ item, rendition, download, access: { by: 'principal' } }, c, ctx)
    })

    app.get('/media/*', async (c) => {
      const ctx = systemOf(c.env)
      const grant = await ctx.signer.open(tokenOf(c), ctx.now())
      if (!grant) throw notFound('address, or it has ended')
      if (grant.kind !== 'item') return openArchive({ grant, ctx })
      const { rendition, expiresAt } = grant
      const item = await grantedItem(grant, ctx)
      const download = c.req.query('download') === 'true'
      return send({ item, rendition, download, access: { by: 'address', expiresAt, now: ctx.now() } }, c, ctx)
    })
  }
