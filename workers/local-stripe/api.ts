// The API as its clients see it: who asks, what they send, and the envelope of every answer.
import { parse } from 'qs'
import type { Engine } from './engine.ts'
import { invalid, StripeError, unknownRoute, type StripeRefusal } from './errors.ts'
import { Expander } from './expand.ts'
import type { Method, Resource, Route } from './resource.ts'
import type { KeptAnswer } from './tables.ts'

interface Answer {
  status: number
  body: object
}

type Given = Record<string, unknown>

const readForm = (text: string): Given =>
  parse(text, { depth: 12, arrayLimit: 1000, parameterLimit: 10_000, allowDots: false })

function readBody(text: string, contentType: string): Given {
  if (!contentType.includes('json')) return readForm(text)
  try {
    return text ? (JSON.parse(text) as Given) : {}
  } catch {
    throw invalid('Invalid JSON')
  }
}

/** The secret key by `Authorization: Bearer`, or as the user name of basic authentication. */
function keyOf(request: Request): string | null {
  const [scheme = '', value = ''] = (request.headers.get('authorization') ?? '').split(' ')
  if (/^bearer$/i.test(scheme)) return value
  if (/^basic$/i.test(scheme)) return atob(value).split(':')[0] ?? null
  return null
}

function refuseStranger(request: Request): void {
  const key = keyOf(request)
  if (key && /^(sk|rk|pk)_test_/.test(key)) return
  throw new StripeError({
    status: 401,
    type: 'invalid_request_error',
    message: key
      ? 'Invalid API Key provided. This local stand-in takes test keys only: they begin with sk_test_.'
      : 'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.',
  })
}

/** Versions begin with their day. Who names none speaks as it always did. */
const isBefore = (version: string | null, present: string) => (version ?? '').slice(0, 10) < present.slice(0, 10)

function toAnswer(error: StripeError): Answer {
  const { status, ...refusal }: StripeRefusal = error.refusal
  return { status, body: { error: refusal } }
}

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const found = path.split('/')
  if (wanted.length !== found.length) return null
  const values: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const given = found[index]!
    if (part.startsWith(':') && given) values[part.slice(1)] = decodeURIComponent(given)
    else if (part !== given) return null
  }
  return values
}

export class Api {
  readonly #engine: Engine
  readonly #routes: Route[]
  readonly #expander: Expander

  constructor(engine: Engine, resources: Resource[]) {
    this.#engine = engine
    // What is spelled out comes before what is a placeholder.
    const placeholders = ({ path }: Route) => path.split('/').filter((part) => part.startsWith(':')).length
    this.#routes = resources.flatMap(({ routes }) => routes).toSorted((a, b) => placeholders(a) - placeholders(b))
    this.#expander = new Expander(resources)
    engine.call = <T extends object>(method: Method, path: string, given: object = {}) =>
      this.#perform({ method, pathname: path, given, isLegacy: false }) as T
  }

  /** The body is read before anything changes, so that one call is one uninterrupted piece of work. */
  async fetch(request: Request): Promise<Response> {
    const text = await request.text()
    this.#engine.tick()
    const requestId = this.#engine.id('req', 14)
    const kept = this.#keptAnswer(request, text)
    if (kept) return kept
    const answer = this.#answer(request, text, requestId)
    const body = JSON.stringify(answer.body)
    this.#keepAnswer({ request, text, requestId, status: answer.status, body })
    return this.#respond({ request, requestId, status: answer.status, body })
  }

  #answer(request: Request, text: string, requestId: string): Answer {
    this.#engine.request = { id: requestId, idempotency_key: request.headers.get('idempotency-key') }
    try {
      refuseStranger(request)
      return { status: 200, body: this.#call(request, text) }
    } catch (error) {
      if (error instanceof StripeError) return toAnswer(error)
      const message = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error)
      return { status: 500, body: { error: { type: 'api_error', message } } }
    } finally {
      this.#engine.request = { id: null, idempotency_key: null }
    }
  }

  #call(request: Request, text: string): object {
    const { pathname, search } = new URL(request.url)
    const contentType = request.headers.get('content-type') ?? ''
    const { expand, ...given } = { ...readForm(search.slice(1)), ...readBody(text, contentType) }
    const version = request.headers.get('stripe-version')
    const isLegacy = isBefore(version, this.#engine.config.apiVersion)
    const answer = this.#perform({ method: request.method, pathname, given, isLegacy })
    return this.#expander.expand(this.#engine, answer, this.#pathsOf(expand))
  }

  #perform({ method, pathname, given, isLegacy }: Performing): object {
    for (const route of this.#routes) {
      const path = route.method === method ? matchPath(route.path, pathname) : null
      if (path) return route.handle({ engine: this.#engine, path, given, url: pathname, isLegacy })
    }
    throw unknownRoute(method, pathname)
  }

  #pathsOf(expand: unknown): string[] {
    if (expand === undefined) return []
    const paths = typeof expand === 'object' && expand !== null ? Object.values(expand) : [expand]
    if (!paths.every((path) => typeof path === 'string')) throw invalid('Invalid array', { param: 'expand' })
    return paths
  }

  #keptAnswer(request: Request, text: string): Response | null {
    const key = request.method === 'POST' ? request.headers.get('idempotency-key') : null
    const kept = key ? this.#engine.store.get('_answer', key) : undefined
    if (!kept) return null
    if (kept.fingerprint === this.#fingerprint(request, text))
      return this.#respond({ request, requestId: kept.requestId, status: kept.status, body: kept.body, isReplay: true })
    const { status, body } = toAnswer(
      new StripeError({
        status: 400,
        type: 'idempotency_error',
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      }),
    )
    return this.#respond({ request, requestId: this.#engine.id('req', 14), status, body: JSON.stringify(body) })
  }

  /** What was refused before anything was done may be tried again with the same key, as at Stripe. */
  #keepAnswer({ request, text, requestId, status, body }: KeepingOf): void {
    const key = request.method === 'POST' ? request.headers.get('idempotency-key') : null
    if (!key || (status !== 200 && status !== 402)) return
    const kept: KeptAnswer = { id: key, fingerprint: this.#fingerprint(request, text), status, body, requestId }
    this.#engine.store.put('_answer', kept)
  }

  #fingerprint(request: Request, text: string): string {
    return `${new URL(request.url).pathname}\n${text}`
  }

  #respond({ request, requestId, status, body, isReplay = false }: RespondingOf): Response {
    const headers = new Headers({
      'content-type': 'application/json',
      'request-id': requestId,
      'stripe-version': request.headers.get('stripe-version') ?? this.#engine.config.apiVersion,
    })
    const key = request.headers.get('idempotency-key')
    if (key) headers.set('idempotency-key', key)
    if (isReplay) headers.set('idempotent-replayed', 'true')
    return new Response(body, { status, headers })
  }
}

interface Performing {
  method: string
  pathname: string
  given: object
  isLegacy: boolean
}

interface RespondingOf {
  request: Request
  requestId: string
  status: number
  body: string
  isReplay?: boolean
}

interface KeepingOf extends RespondingOf {
  text: string
}
