// The stations of every call: request id → service → size → caller → limits → service. Whatever goes wrong
// on the way is rendered once, here, and every answer leaves with the same headers and one line in the log.
import { createLogger, type Logger } from '#shared/http/log'
import { notFound, Problem } from '#shared/http/problems'
import { renderProblem, toProblem } from '#shared/http/render-problem'
import type { CreateId } from '#shared/lib/ids'
import { authenticate } from './authenticate.ts'
import { answerPreflight, isPreflight } from './cors.ts'
import type { GatewayEnv } from './env.ts'
import { forward, requireBodyWithin } from './forward.ts'
import { withHeaders } from './headers.ts'
import { answerHealth } from './health.ts'
import { limitCalls } from './rate-limit.ts'
import { findService, isApiPath, type ServiceRoute } from './services.ts'
import { answerFromSite } from './site.ts'

export interface GatewayTools {
  createId: CreateId
  now: () => number
  logger?: Logger
}

interface Call {
  request: Request
  url: URL
  env: GatewayEnv
  requestId: string
  now: () => number
  route: ServiceRoute | undefined
}

interface Answer {
  response: Response
  organizationId?: string
  extra?: Record<string, string>
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const gatewayLogger = createLogger({ service: 'gateway' })

async function answerFromService(call: Call & { route: ServiceRoute }): Promise<Answer> {
  const { request, url, env, route, requestId } = call
  if (route.cors && isPreflight(request)) return { response: answerPreflight(request) }
  requireBodyWithin(request, route.maxBodyBytes)
  const { principal, limit } = await authenticate({ request, url, route, env })
  const limits = await limitCalls({ principal, route, request, env })
  const response = await forward({ request, route, principal, requestId, env, now: call.now() })
  return {
    response,
    extra: { ...limit, ...limits },
    ...(principal.kind !== 'anonymous' && { organizationId: principal.organizationId }),
  }
}

async function answer(call: Call): Promise<Answer> {
  const { request, url, env, route } = call
  if (!METHODS.has(request.method)) {
    throw new Problem('method_not_allowed', 'This method is not known here.', {
      headers: { allow: [...METHODS].join(', ') },
    })
  }
  if (route) return answerFromService({ ...call, route })
  if (url.pathname === '/health') return { response: await answerHealth(call) }
  if (isApiPath(url.pathname)) throw notFound('route')
  return { response: await answerFromSite({ request, url, env }) }
}

export async function handleRequest(request: Request, env: GatewayEnv, tools: GatewayTools): Promise<Response> {
  const started = tools.now()
  const url = new URL(request.url)
  const requestId = tools.createId('request')
  const route = findService({ path: url.pathname, method: request.method })
  const logger = tools.logger ?? gatewayLogger
  let given: Answer
  let code: string | undefined
  let internal: string | undefined
  try {
    given = await answer({ request, url, env, requestId, now: tools.now, route })
  } catch (error) {
    const problem = toProblem(error)
    code = problem.code
    internal = problem.details.internal
    given = { response: renderProblem(problem, { path: url.pathname, requestId }) }
  }
  const { response, organizationId, extra } = given
  logger.info('request', {
    request_id: requestId,
    method: request.method,
    // The prefix alone: a path may hold ids, a query may hold tokens.
    route: route?.prefix ?? (isApiPath(url.pathname) ? 'api' : 'site'),
    status: response.status,
    ms: tools.now() - started,
    organization_id: organizationId,
    code,
    internal,
  })
  return withHeaders(response, {
    requestId,
    isApi: isApiPath(url.pathname),
    isSecure: url.protocol === 'https:' || request.headers.get('x-forwarded-proto') === 'https',
    cors: route?.cors ?? url.pathname.startsWith('/v1'),
    ...(extra && { extra }),
  })
}
