// The stations of every call at an entrance: request id → size → caller → limits → whoever answers. Whatever goes
// wrong on the way is rendered once, here, and every answer leaves with the same headers.
import { createLogger, type Logger } from '../http/log.ts'
import { Problem } from '../http/problems.ts'
import { renderProblem, toProblem } from '../http/render-problem.ts'
import type { Principal } from '../contracts/principal.ts'
import type { CreateId } from '../lib/ids.ts'
import { authenticate } from './authenticate.ts'
import { answerPreflight, isPreflight } from './cors.ts'
import type { EntranceEnv } from './entrance-env.ts'
import { standingHeaders, withHeaders } from './headers.ts'
import type { PublicRoute } from './public-route.ts'
import { limitCalls } from './rate-limit.ts'
import { createUnknownKeys, type UnknownKeys } from './unknown-keys.ts'

export interface EntranceTools {
  createId: CreateId
  now: () => number
  logger?: Logger
  unknownKeys?: UnknownKeys
}

export interface Call<Env> {
  request: Request
  path: string
  env: Env
  requestId: string
  now: () => number
  /** What the answer will say, whoever makes it. */
  standing: Readonly<Record<string, string>>
}

export interface Answer {
  response: Response
  organizationId?: string
  extra?: Record<string, string>
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const PLAIN_ADDRESS = /^https?:\/\/[^/?#]*(\/[A-Za-z0-9_/-]*)$/
const unknownKeysOfIsolate = createUnknownKeys()
const loggers: Record<string, Logger> = {}

export function requireKnownMethod(method: string): void {
  if (METHODS.has(method)) return
  throw new Problem('method_not_allowed', 'This method is not known here.', {
    headers: { allow: [...METHODS].join(', ') },
  })
}

function requireBodyWithin(request: Request, maxBytes: number): void {
  // A body without a length is counted by the service as it reads.
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) {
    throw new Problem('payload_too_large', `The body is larger than ${maxBytes} bytes.`, {
      facts: { max_bytes: maxBytes },
    })
  }
}

/** Everything between a caller and a service: who it is, and whether it may go on. */
export async function admitCall<Env extends EntranceEnv, Route extends PublicRoute>(
  call: Call<Env> & { route: Route },
  { unknownKeys = unknownKeysOfIsolate }: Pick<EntranceTools, 'unknownKeys'>,
  serve: (principal: Principal) => Promise<Response>,
): Promise<Answer> {
  const { request, env, route } = call
  if (route.cors && isPreflight(request)) return { response: answerPreflight(request) }
  requireBodyWithin(request, route.maxBodyBytes)
  const { principal, limit } = await unknownKeys.watch(call, () => authenticate({ request, route, env }))
  const limits = principal.kind === 'key-claim' ? undefined : await limitCalls({ principal, route, request, env })
  const response = await serve(principal)
  if (principal.kind === 'key-claim') await unknownKeys.heard(call, principal, response.status)
  return {
    response,
    ...((limit || limits) && { extra: { ...limit, ...limits } }),
    ...(principal.kind !== 'anonymous' && { organizationId: principal.organizationId }),
  }
}

export interface Entrance<Env, Route> {
  name: string
  routeOf(call: { path: string; method: string }): Route | undefined
  isApiPath(path: string): boolean
  answer(call: Call<Env> & { route: Route | undefined }): Promise<Answer>
  /** Whether what is answered is this Worker's own, so that its headers may be set as they are. */
  ownAnswers: boolean
}

/** The path of an address. Most are plain and need not be taken apart; where dots or escapes may mean more, the parser says. */
export const pathOf = (url: string): string => PLAIN_ADDRESS.exec(url)?.[1] ?? new URL(url).pathname

const isSecure = (request: Request, { PUBLIC_URL }: EntranceEnv): boolean =>
  request.url.startsWith('https:') ||
  (PUBLIC_URL?.startsWith('https:') ?? false) ||
  request.headers.get('x-forwarded-proto') === 'https'

const isPaid = (route: PublicRoute | undefined): boolean => route?.auth === 'claim'

/** An answer that was paid for is told of by its ledger entry; the log tells of everything else. */
const isWorthALine = (route: PublicRoute | undefined, status: number, logRequests: string | undefined): boolean =>
  status >= 400 || logRequests === 'all' || !isPaid(route)

export async function receive<Env extends EntranceEnv, Route extends PublicRoute>(
  entrance: Entrance<Env, Route>,
  { request, env }: { request: Request; env: Env },
  tools: EntranceTools,
): Promise<Response> {
  const started = tools.now()
  const path = pathOf(request.url)
  const requestId = tools.createId('request')
  const route = entrance.routeOf({ path, method: request.method })
  const isApi = entrance.isApiPath(path)
  const standing = standingHeaders({
    requestId,
    isApi,
    isSecure: isSecure(request, env),
    cors: route?.cors ?? path.startsWith('/v1'),
  })
  let given: Answer
  let failure: Problem | undefined
  try {
    given = await entrance.answer({ request, path, env, requestId, now: tools.now, route, standing })
  } catch (error) {
    failure = toProblem(error)
    given = { response: renderProblem(failure, { path, requestId }) }
  }
  const { response, organizationId, extra } = given
  if (isWorthALine(route, response.status, env.LOG_REQUESTS)) {
    const logger = tools.logger ?? (loggers[entrance.name] ??= createLogger({ service: entrance.name }))
    logger.info('request', {
      request_id: requestId,
      method: request.method,
      // The prefix alone: a path may hold ids, a query may hold tokens.
      route: route?.prefix ?? (isApi ? 'api' : 'site'),
      status: response.status,
      ms: tools.now() - started,
      organization_id: organizationId,
      code: failure?.code,
      internal: failure?.details.internal,
    })
  }
  return withHeaders(response, { standing, isApi, own: entrance.ownAnswers, ...(extra && { extra }) })
}
