// The entrance of a service that has a public address of its own (a route of the zone): the gateway's stations, and
// then the service itself, without the hop between them.
import type { ServiceApp, ServiceBindings } from '../http/create-service-app.ts'
import { notFound } from '../http/problems.ts'
import { createIds } from '../lib/ids.ts'
import type { EntranceEnv } from './entrance-env.ts'
import { covers, findRoute, type PublicRoute } from './public-route.ts'
import { admitCall, receive, requireKnownMethod, type Entrance, type EntranceTools } from './receive.ts'
import { vouchFor } from './vouched.ts'

type DoorEnv = ServiceBindings & EntranceEnv

export type Door<Env> = (request: Request, env: Env, ctx: ExecutionContext) => Promise<Response>

export function createDoor<Env extends DoorEnv>({
  name,
  routes,
  app,
  tools = { createId: createIds(), now: () => Date.now() },
}: {
  name: string
  routes: readonly PublicRoute[]
  app: Pick<ServiceApp<Env>, 'fetch'>
  tools?: EntranceTools
}): Door<Env> {
  const shared: Omit<Entrance<Env, PublicRoute>, 'answer'> = {
    name,
    routeOf: (call) => findRoute(routes, call),
    isApiPath: (path) => routes.some(({ prefix }) => covers(prefix, path)),
    ownAnswers: true,
  }
  return (request, env, ctx) =>
    receive(
      {
        ...shared,
        async answer(call) {
          requireKnownMethod(request.method)
          const { route, requestId, standing } = call
          if (!route) throw notFound('route')
          return admitCall({ ...call, route }, tools, async (principal) => {
            vouchFor(request, { principal, requestId, standing })
            return app.fetch(request, env, ctx)
          })
        },
      },
      { request, env },
      tools,
    )
}
