// The shell of every service, as a plain Hono app that knows nothing of Cloudflare: unit tests use this one.
// The principal of a request is opened here; a service's routes only ever see one that is genuine.
import { Hono } from 'hono'
import type { Principal } from '../contracts/principal.ts'
import { vouchedFor } from '../entrance/vouched.ts'
import { createLogger, type Logger } from './log.ts'
import { notFound, type Problem } from './problems.ts'
import { openPrincipal, PRINCIPAL_HEADER, REQUEST_ID_HEADER } from './principal.ts'
import { renderProblem, toProblem } from './render-problem.ts'

export interface ServiceBindings {
  PRINCIPAL_KEY: string
}

export interface ServiceVariables {
  requestId: string
  principal: Principal
  logger: Logger
  /** At the service's own entrance: what every answer says there. */
  standing?: Readonly<Record<string, string>>
}

export type ServiceEnv<Bindings extends ServiceBindings> = { Bindings: Bindings; Variables: ServiceVariables }
export type ServiceApp<Bindings extends ServiceBindings> = Hono<ServiceEnv<Bindings>>
export type Routes<Bindings extends ServiceBindings> = (app: ServiceApp<Bindings>) => unknown

export function logProblem(logger: Logger, problem: Problem): void {
  const fields = { code: problem.code, status: problem.status, internal: problem.details.internal }
  if (problem.status >= 500) logger.error('request-failed', fields)
  else logger.info('request-refused', fields)
}

export function createServiceApp<Bindings extends ServiceBindings>(
  name: string,
  routes: Routes<Bindings>,
  { now = () => Date.now() } = {},
): ServiceApp<Bindings> {
  const app = new Hono<ServiceEnv<Bindings>>()
  app.use(async function principal(c, next) {
    const known = vouchedFor(c.req.raw)
    if (known) {
      c.set('requestId', known.requestId)
      c.set('logger', createLogger({ service: name, request_id: known.requestId }))
      c.set('principal', known.principal)
      c.set('standing', known.standing)
      return next()
    }
    const requestId = c.req.header(REQUEST_ID_HEADER) ?? 'req_unknown'
    c.set('requestId', requestId)
    c.set('logger', createLogger({ service: name, request_id: requestId }))
    const opened = await openPrincipal(c.req.header(PRINCIPAL_HEADER) ?? null, {
      secret: c.env.PRINCIPAL_KEY,
      now: now(),
    })
    // It can only be missing if the platform itself erred: the gateway always sets one.
    if (!opened) throw new Error(`no genuine principal on a request to ${name}`)
    c.set('principal', opened)
    await next()
  })
  app.onError((error, c) => {
    const problem = toProblem(error)
    logProblem(c.get('logger') ?? createLogger({ service: name }), problem)
    return renderProblem(problem, { path: c.req.path, requestId: c.get('requestId') ?? 'req_unknown' })
  })
  app.notFound((c) =>
    renderProblem(notFound('page or route'), { path: c.req.path, requestId: c.get('requestId') ?? 'req_unknown' }),
  )
  routes(app)
  return app
}
