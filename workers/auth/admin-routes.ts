// /api/admin: for the operators of the deployment alone.
import { GrantCredit, SearchQuery } from '#shared/contracts/administration'
import type { ServiceApp } from '#shared/http/create-service-app'
import { requirePlatformAdmin } from '#shared/http/require-permission'
import { parseBody, parseWith } from '#shared/http/validate'
import { grantCredit, listOrganizations, listUsers } from './administration.ts'
import { authContext } from './context.ts'
import type { AuthEnv } from './env.ts'

export function adminRoutes(app: ServiceApp<AuthEnv>): void {
  app.get('/api/admin/users', async (c) => {
    const ctx = authContext(c)
    requirePlatformAdmin(ctx.principal)
    const { data, nextCursor } = await listUsers({ ...parseWith(SearchQuery, c.req.query()), origin: ctx.origin, ctx })
    return c.json({ data, next_cursor: nextCursor })
  })

  app.get('/api/admin/organizations', async (c) => {
    const ctx = authContext(c)
    requirePlatformAdmin(ctx.principal)
    const { data, nextCursor } = await listOrganizations({ ...parseWith(SearchQuery, c.req.query()), ctx })
    return c.json({ data, next_cursor: nextCursor })
  })

  app.post('/api/admin/organizations/:id/grant', async (c) => {
    const ctx = authContext(c)
    const { userId } = requirePlatformAdmin(ctx.principal)
    return c.json(
      await grantCredit({
        organizationId: c.req.param('id'),
        input: await parseBody(c.req.raw, GrantCredit),
        adminId: userId,
        ctx,
      }),
    )
  })
}
