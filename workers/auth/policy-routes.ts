// /api/organizations/current/policy. `ETag` is the policy's version; a change says it as `version` or `If-Match`.
import { ChangePolicy, ReplacePolicy } from '#shared/contracts/organizations'
import type { Action } from '#shared/contracts/permissions'
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { ServiceApp } from '#shared/http/create-service-app'
import { invalidRequest } from '#shared/http/problems'
import { parseBody } from '#shared/http/validate'
import { authContext, type AuthHono } from './context.ts'
import type { AuthEnv } from './env.ts'
import { changePolicy, readPolicy, toPolicyState, type ReadVersion } from './policy.ts'
import { requireActor } from './require-actor.ts'
import { requireOrganization } from './require-organization.ts'

const PATH = '/api/organizations/:id/policy'

async function asActor(c: AuthHono, action: Action) {
  const ctx = authContext(c)
  const actor = await requireActor(ctx, action)
  requireOrganization(c.req.param('id') ?? '', actor)
  return { ctx, actor }
}

const answer = (c: AuthHono, snapshot: PolicySnapshot) =>
  c.json(toPolicyState(snapshot), 200, { etag: `"${snapshot.version}"`, 'cache-control': 'no-store' })

function readVersion(c: AuthHono, said: number | undefined): ReadVersion {
  if (said !== undefined) return said
  const header = c.req.header('if-match')?.trim()
  if (header === '*') return 'any'
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(header ?? '')?.[1]
  if (version === undefined)
    throw invalidRequest(
      'version: say which version you have read, here or as If-Match: "3". If-Match: * overwrites whatever is there',
      'version',
    )
  return Number(version)
}

export function policyRoutes(app: ServiceApp<AuthEnv>): void {
  app.get(PATH, async (c) => answer(c, await readPolicy(await asActor(c, 'policy.read'))))

  app.put(PATH, async (c) => {
    const asked = await asActor(c, 'policy.manage')
    const { version, policy } = await parseBody(c.req.raw, ReplacePolicy)
    return answer(c, await changePolicy({ readVersion: readVersion(c, version), change: () => policy, ...asked }))
  })

  app.patch(PATH, async (c) => {
    const asked = await asActor(c, 'policy.manage')
    const { version, policy } = await parseBody(c.req.raw, ChangePolicy)
    const change = (present: PolicySnapshot['policy']) => ({ ...present, ...policy })
    return answer(c, await changePolicy({ readVersion: readVersion(c, version), change, ...asked }))
  })
}
