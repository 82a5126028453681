// GET /api/feed: the socket on which a member's pages are told what happens.
import { feedName } from '#shared/contracts/feed'
import type { Routes } from '#shared/http/create-service-app'
import { requirePermission } from '#shared/http/require-permission'
import { socketHeadersOf } from '#shared/http/socket-upgrade'
import { objectOf } from '#shared/lib/object-of'
import type { LibraryEnv } from './env.ts'

export const feedRoute: Routes<LibraryEnv> = (app) =>
  app.get('/api/feed', (c) => {
    const { organizationId, userId } = requirePermission(c.get('principal'), 'library.use')
    const headers = socketHeadersOf(c.req.raw)
    const name = feedName({ organizationId, userId })
    return objectOf(c.env.FEED, { organizationId, name, settings: c.env }).fetch(
      new Request('https://feed/', { headers }),
    )
  })
