// HTTP in, HTTP out: items, one by one and many at once.
import {
  ArchiveRequest,
  BulkRequest,
  LibraryQuery,
  LinkRequest,
  ShareRequest,
  UpdateLibraryItem,
} from '#shared/contracts/library'
import type { Routes } from '#shared/http/create-service-app'
import { permissionDenied } from '#shared/http/problems'
import { parseJson } from '#shared/http/parse-json'
import { parseBody, parseWith, readText } from '#shared/http/validate'
import { createArchive } from './archive.ts'
import { changeItem, changeItems } from './change-items.ts'
import { libraryContext, type LibraryContext, type LibraryHono, type SystemOf } from './context.ts'
import type { LibraryEnv } from './env.ts'
import { exportLibrary } from './export-library.ts'
import { getItem } from './get-item.ts'
import { isMine } from './item-row.ts'
import { listItems } from './list-items.ts'
import { readFacets } from './read-facets.ts'
import { readStorage } from './read-storage.ts'
import { shareItem, unshareItem } from './shares.ts'
import { signedUrl } from './signed-url.ts'
import { sweepSometimes } from './sweep.ts'
import { updateItem } from './update-item.ts'

/** A body may be left out where everything in it may be. */
async function optionalJson(request: Request): Promise<unknown> {
  const text = await readText(request, 10_000)
  return text.trim() === '' ? {} : parseJson(text)
}

/** Only its owner gives an item away. */
async function requireOwn(id: string, ctx: LibraryContext): Promise<void> {
  const { item } = await ctx.items.getItemOf({ viewer: ctx.viewer, id })
  if (!isMine(item, ctx.viewer)) throw permissionDenied('library.change-others')
}

function linkRoutes(app: Parameters<Routes<LibraryEnv>>[0], contextOf: (c: LibraryHono) => LibraryContext): void {
  app.post('/api/library/items/:id/links', async (c) => {
    const ctx = contextOf(c)
    const id = c.req.param('id')
    const { expires_in_seconds: seconds, rendition } = parseWith(LinkRequest, await optionalJson(c.req.raw))
    await requireOwn(id, ctx)
    const { organizationId } = ctx.viewer
    const url = await signedUrl({ organizationId, itemId: id, rendition, expiresInSeconds: seconds, ctx })
    return c.json({ url, expires_at: ctx.now() + seconds * 1_000 }, 201)
  })

  app.put('/api/library/items/:id/share', async (c) => {
    const ctx = contextOf(c)
    const { expires_at: expiresAt = null } = parseWith(ShareRequest, await optionalJson(c.req.raw))
    return c.json(await shareItem({ id: c.req.param('id'), expiresAt, ctx }))
  })

  app.delete('/api/library/items/:id/share', async (c) =>
    c.json(await unshareItem({ id: c.req.param('id'), ctx: contextOf(c) })),
  )

  app.post('/api/library/archives', async (c) => {
    const ctx = contextOf(c)
    return c.json(await createArchive({ input: await parseBody(c.req.raw, ArchiveRequest), ctx }), 201)
  })
}

export const itemRoutes =
  (systemOf: SystemOf): Routes<LibraryEnv> =>
  (app) => {
    const contextOf = (c: LibraryHono) => libraryContext(c, systemOf)

    app.get('/api/library/items', async (c) => {
      const ctx = contextOf(c)
      const page = await listItems({ ctx, query: parseWith(LibraryQuery, c.req.query()) })
      c.executionCtx.waitUntil(sweepSometimes({ ctx }))
      return c.json(page)
    })

    app.get('/api/library/export', (c) =>
      c.body(exportLibrary(contextOf(c)), 200, {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': 'attachment; filename="riwaq-library.ndjson"',
        'cache-control': 'no-store',
      }),
    )

    app.get('/api/library/items/:id', async (c) => c.json(await getItem({ id: c.req.param('id'), ctx: contextOf(c) })))

    app.patch('/api/library/items/:id', async (c) => {
      const ctx = contextOf(c)
      const change = await parseBody(c.req.raw, UpdateLibraryItem)
      return c.json(await updateItem({ id: c.req.param('id'), change, ctx }))
    })

    app.delete('/api/library/items/:id', async (c) => {
      await changeItem({ id: c.req.param('id'), action: 'delete', ctx: contextOf(c) })
      return c.body(null, 204)
    })

    app.post('/api/library/items/:id/restore', async (c) => {
      const ctx = contextOf(c)
      const id = c.req.param('id')
      await changeItem({ id, action: 'restore', ctx })
      return c.json(await getItem({ id, ctx }))
    })

    app.post('/api/library/items/:id/erase', async (c) => {
      await changeItem({ id: c.req.param('id'), action: 'erase', ctx: contextOf(c) })
      return c.body(null, 204)
    })

    app.post('/api/library/bulk', async (c) => {
      const ctx = contextOf(c)
      const { ids, action, collection_id: collectionId } = await parseBody(c.req.raw, BulkRequest)
      return c.json(await changeItems({ ids, action, collectionId, ctx }))
    })

    app.get('/api/library/storage', async (c) => {
      const ctx = contextOf(c)
      return c.json(await readStorage({ organizationId: ctx.viewer.organizationId, ctx }))
    })

    app.get('/api/library/facets', async (c) => c.json(await readFacets({ ctx: contextOf(c) })))

    linkRoutes(app, contextOf)
  }
