// /api/organizations/current/limits: of the organization, its members and models.
import { LimitAccount, SetLimits } from '#shared/contracts/limits'
import type { Action } from '#shared/contracts/permissions'
import type { ServiceApp } from '#shared/http/create-service-app'
import { parseBody, parseWith } from '#shared/http/validate'
import { z } from 'zod'
import { getLimits, liftLimits, listLimits, setLimits } from './account-limits.ts'
import { authContext, type AuthHono } from './context.ts'
import type { AuthEnv } from './env.ts'
import { requireActor } from './require-actor.ts'
import { requireOrganization } from './require-organization.ts'

const LIST = '/api/organizations/:id/limits'
/** A model's name has slashes in it. */
const ONE = `${LIST}/:account{.+}`

const Place = z.object({ account: LimitAccount })

async function asActor(c: AuthHono, action: Action) {
  const ctx = authContext(c)
  const actor = await requireActor(ctx, action)
  requireOrganization(c.req.param('id') ?? '', actor)
  return { ctx, actor }
}

const placeOf = (c: AuthHono) => parseWith(Place, { account: c.req.param('account') })

export function limitRoutes(app: ServiceApp<AuthEnv>): void {
  app.get(LIST, async (c) => c.json({ data: await listLimits(await asActor(c, 'organization.read')) }))

  app.get(ONE, async (c) => {
    const asked = await asActor(c, 'organization.read')
    return c.json(await getLimits({ ...placeOf(c), ...asked }))
  })

  app.put(ONE, async (c) => {
    const asked = await asActor(c, 'budgets.manage')
    const input = await parseBody(c.req.raw, SetLimits)
    return c.json(await setLimits({ ...placeOf(c), input, ...asked }))
  })

  app.delete(ONE, async (c) => {
    const asked = await asActor(c, 'budgets.manage')
    await liftLimits({ ...placeOf(c), ...asked })
    return c.body(null, 204)
  })
}
