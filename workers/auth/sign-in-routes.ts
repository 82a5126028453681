// Better Auth's own routes, by name: what is not listed here is not there. Before each: limits and the rules
// that it does not know. After each: what a success changes elsewhere.
import { readJson } from '#shared/http/validate'
import { notFound, Problem } from '#shared/http/problems'
import type { ServiceApp } from '#shared/http/create-service-app'
import { authContext, type AuthContext, type AuthHono } from './context.ts'
import { withBackground } from './background.ts'
import { authEngine, siteOrigin } from './better-auth.ts'
import type { AuthEnv } from './env.ts'
import { forgiveAttempts, takeAttempt } from './limits.ts'
import { requireGoodBody, type SignInBody } from './sign-in-rules.ts'
import { asProblem } from './sign-in-answer.ts'
import { signInPaths, type SignInPath } from './sign-in-paths.ts'

const BASE = '/api/auth/'
const MAX_BODY_BYTES = 64 * 1024

function findPath(c: AuthHono): SignInPath | undefined {
  const name = c.req.path.slice(BASE.length).replace(/\/$/, '')
  const found = signInPaths.find((path) =>
    path.path.endsWith('*') ? name.startsWith(path.path.slice(0, -1)) : name === path.path,
  )
  return found?.method === c.req.method ? found : undefined
}

async function readBody(c: AuthHono): Promise<SignInBody> {
  if (c.req.method !== 'POST') return {}
  const hasBody = c.req.raw.body !== null && c.req.header('content-length') !== '0'
  const body = hasBody ? await readJson(c.req.raw, { maxBytes: MAX_BODY_BYTES }) : {}
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem('invalid_request', 'The body is not a JSON object.')
  return body as SignInBody
}

/** A program that keeps cookies sends no origin, and no browser leaves it out of a POST from elsewhere. */
const isWithoutOrigin = (headers: Headers): boolean =>
  !headers.has('origin') &&
  !headers.has('referer') &&
  ['same-origin', 'none', null].includes(headers.get('sec-fetch-site'))

function requestFor({ c, ctx, body }: { c: AuthHono; ctx: AuthContext; body: SignInBody }): Request {
  if (c.req.method !== 'POST') return c.req.raw
  const headers = new Headers(c.req.raw.headers)
  if (isWithoutOrigin(headers)) headers.set('origin', siteOrigin({ origin: ctx.origin, ctx }))
  headers.set('content-type', 'application/json')
  headers.delete('content-length')
  return new Request(c.req.url, { method: 'POST', headers, body: JSON.stringify(body) })
}

function askEngine({ c, ctx, body }: { c: AuthHono; ctx: AuthContext; body: SignInBody }): Promise<Response> {
  const engine = authEngine({ origin: ctx.origin, ctx: ctx.system })
  const { executionCtx } = c
  return withBackground(
    (promise) => executionCtx.waitUntil(promise),
    () => engine.handler(requestFor({ c, ctx, body })),
  )
}

async function answer(c: AuthHono, path: SignInPath, ctx: AuthContext): Promise<Response> {
  const body = await readBody(c)
  const query = new URL(c.req.url).searchParams
  const guarded = (await path.limits?.({ body, query, ctx })) ?? []
  const degraded = await takeAttempt({ guarded, ctx })
  const refused = requireGoodBody({ path: path.path, body }) ?? (await path.before?.({ body, query, ctx })) ?? null
  const response = refused ?? (await askEngine({ c, ctx, body: { ...body, ...path.forced } }))
  if (response.ok) {
    await forgiveAttempts({
      guarded: guarded.filter(({ limit }) => limit === 'sign-in-account' || limit === 'two-factor'),
      ctx,
    })
    await path.afterwards?.({ body, query, ctx, response: response.clone() })
  }
  const rendered = await asProblem(response, c.get('requestId'))
  if (degraded) rendered.headers.set('x-riwaq-degraded', 'rate-limits')
  return rendered
}

export function signInRoutes(app: ServiceApp<AuthEnv>): void {
  app.all(`${BASE}*`, async (c) => {
    const path = findPath(c)
    if (!path) throw notFound('route')
    return answer(c, path, authContext(c))
  })
}
