// The gateway's part of an entrance: which service answers, else the health, else the site.
import {
  admitCall,
  receive,
  requireKnownMethod,
  type Answer,
  type Call,
  type Entrance,
  type EntranceTools,
} from '#shared/entrance/receive'
import { notFound } from '#shared/http/problems'
import type { GatewayEnv } from './env.ts'
import { forward } from './forward.ts'
import { answerHealth } from './health.ts'
import { findService, isApiPath, type ServiceRoute } from './services.ts'
import { answerFromSite } from './site.ts'

type GatewayCall = Call<GatewayEnv> & { route: ServiceRoute | undefined }

async function answer(call: GatewayCall, tools: EntranceTools): Promise<Answer> {
  const { request, path, env, route, requestId, now } = call
  requireKnownMethod(request.method)
  if (route) {
    return admitCall({ ...call, route }, tools, (principal) =>
      forward({ request, route, principal, requestId, env, now: now() }),
    )
  }
  if (path === '/health') return { response: await answerHealth(call) }
  if (isApiPath(path)) throw notFound('route')
  return { response: await answerFromSite({ request, url: new URL(request.url), env }) }
}

export function handleRequest(request: Request, env: GatewayEnv, tools: EntranceTools): Promise<Response> {
  const gateway: Entrance<GatewayEnv, ServiceRoute> = {
    name: 'gateway',
    routeOf: findService,
    isApiPath,
    answer: (call) => answer(call, tools),
    ownAnswers: false,
  }
  return receive(gateway, { request, env }, tools)
}
