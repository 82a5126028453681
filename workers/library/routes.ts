// Every route of the library: what a member asks, what everybody may ask with an address that was given to them, and the
// socket on which pages hear what happens.
import type { Routes } from '#shared/http/create-service-app'
import { collectionRoutes } from './collection-routes.ts'
import type { SystemOf } from './context.ts'
import type { LibraryEnv } from './env.ts'
import { feedRoute } from './feed-route.ts'
import { itemRoutes } from './item-routes.ts'
import { mediaRoutes } from './media-routes.ts'
import { openShare } from './shares.ts'

export const createRoutes =
  (systemOf: SystemOf): Routes<LibraryEnv> =>
  (app) => {
    app.get('/api/library/shares/:token', async (c) =>
      c.json(await openShare({ token: c.req.param('token'), ctx: systemOf(c.env) })),
    )
    itemRoutes(systemOf)(app)
    collectionRoutes(systemOf)(app)
    mediaRoutes(systemOf)(app)
    feedRoute(app)
  }
