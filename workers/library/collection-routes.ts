import { CollectionInput } from '#shared/contracts/library'
import { PageQuery } from '#shared/contracts/page'
import type { Routes } from '#shared/http/create-service-app'
import { parseBody, parseWith } from '#shared/http/validate'
import { createCollection, deleteCollection, getCollection, listCollections, renameCollection } from './collections.ts'
import { libraryContext, type LibraryHono, type SystemOf } from './context.ts'
import type { LibraryEnv } from './env.ts'

export const collectionRoutes =
  (systemOf: SystemOf): Routes<LibraryEnv> =>
  (app) => {
    const contextOf = (c: LibraryHono) => libraryContext(c, systemOf)

    app.get('/api/library/collections', async (c) => {
      const ctx = contextOf(c)
      return c.json(await listCollections({ ...parseWith(PageQuery, c.req.query()), ctx }))
    })

    app.post('/api/library/collections', async (c) => {
      const ctx = contextOf(c)
      return c.json(await createCollection({ input: await parseBody(c.req.raw, CollectionInput), ctx }), 201)
    })

    app.get('/api/library/collections/:id', async (c) =>
      c.json(await getCollection({ id: c.req.param('id'), ctx: contextOf(c) })),
    )

    app.patch('/api/library/collections/:id', async (c) => {
      const ctx = contextOf(c)
      const input = await parseBody(c.req.raw, CollectionInput)
      return c.json(await renameCollection({ id: c.req.param('id'), input, ctx }))
    })

    app.delete('/api/library/collections/:id', async (c) => {
      await deleteCollection({ id: c.req.param('id'), ctx: contextOf(c) })
      return c.body(null, 204)
    })
  }
