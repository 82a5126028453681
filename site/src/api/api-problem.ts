import type { ProblemCode } from '#shared/http/problems'

/** `network`: no answer at all. `unknown`: an answer that says nothing that we know. */
export type ApiProblemCode = ProblemCode | 'network' | 'unknown'

export type Facts = Record<string, string | number | boolean | null>

export interface ApiProblemInit {
  code: string
  status: number
  message: string
  requestId: string | null
  facts?: Facts
  retryAfterSeconds?: number | null
  param?: string | null
}

/** Why a call to the platform failed. `message` is the wire's English; people are shown `problem.<code>`. */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly code: ApiProblemCode | (string & {})
  /** 0 where there was no answer. */
  readonly status: number
  readonly requestId: string | null
  readonly facts: Facts
  readonly retryAfterSeconds: number | null
  readonly param: string | null

  constructor(init: ApiProblemInit) {
    super(init.message)
    this.code = init.code
    this.status = init.status
    this.requestId = init.requestId
    this.facts = init.facts ?? {}
    this.retryAfterSeconds = init.retryAfterSeconds ?? null
    this.param = init.param ?? null
  }
}

export const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'

/** Whatever was thrown, as a problem that can be shown. */
export function toApiProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  const message = error instanceof Error ? error.message : String(error)
  return new ApiProblem({ code: 'unknown', status: 0, message, requestId: null })
}

type Json = Record<string, unknown>

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const codesByStatus: Record<number, ProblemCode> = {
  400: 'invalid_request',
  401: 'unauthenticated',
  402: 'insufficient_credits',
  403: 'permission_denied',
  404: 'not_found',
  409: 'conflict',
  413: 'payload_too_large',
  429: 'rate_limit_exceeded',
  500: 'internal_error',
  503: 'service_unavailable',
}

/** Reads an RFC 9457 problem, the shape of OpenAI's errors, or that of the account routes (`{code, message}`). */
export function readProblem(response: Response, body: unknown): ApiProblem {
  const outer = isRecord(body) ? body : {}
  const problem = isRecord(outer.error) ? outer.error : outer
  const retryAfter = Number(response.headers.get('retry-after'))
  return new ApiProblem({
    code: textOf(problem.code) ?? codesByStatus[response.status] ?? 'unknown',
    status: response.status,
    message: textOf(problem.detail) ?? textOf(problem.message) ?? textOf(problem.title) ?? `HTTP ${response.status}`,
    requestId: textOf(problem.requestId) ?? textOf(problem.request_id) ?? response.headers.get('x-request-id'),
    facts: isRecord(problem.facts) ? (problem.facts as Facts) : {},
    retryAfterSeconds: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
    param: textOf(problem.param),
  })
}
