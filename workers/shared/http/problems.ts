// The one list of errors. Statuses, OpenAI types, retry hints, documentation and translations derive from it.

export const problemCodes = {
  invalid_request: { status: 400, type: 'invalid_request_error', retry: false },
  content_rejected: { status: 400, type: 'invalid_request_error', retry: false },
  unsupported_parameter: { status: 400, type: 'invalid_request_error', retry: false },
  context_length_exceeded: { status: 400, type: 'invalid_request_error', retry: false },
  image_damaged: { status: 400, type: 'invalid_request_error', retry: false },
  image_too_large: { status: 400, type: 'invalid_request_error', retry: false },
  image_animated: { status: 400, type: 'invalid_request_error', retry: false },
  invalid_cursor: { status: 400, type: 'invalid_request_error', retry: false },
  invalid_api_key: { status: 401, type: 'authentication_error', retry: false },
  unauthenticated: { status: 401, type: 'authentication_error', retry: false },
  insufficient_credits: { status: 402, type: 'insufficient_quota', retry: false },
  budget_exceeded: { status: 402, type: 'insufficient_quota', retry: false },
  payment_overdue: { status: 402, type: 'insufficient_quota', retry: false },
  permission_denied: { status: 403, type: 'permission_error', retry: false },
  model_not_allowed: { status: 403, type: 'permission_error', retry: false },
  model_not_in_plan: { status: 403, type: 'permission_error', retry: false },
  origin_not_allowed: { status: 403, type: 'permission_error', retry: false },
  not_found: { status: 404, type: 'invalid_request_error', retry: false },
  model_not_found: { status: 404, type: 'invalid_request_error', retry: false },
  model_not_priced: { status: 404, type: 'invalid_request_error', retry: false },
  method_not_allowed: { status: 405, type: 'invalid_request_error', retry: false },
  conflict: { status: 409, type: 'invalid_request_error', retry: false },
  billing_disabled: { status: 409, type: 'invalid_request_error', retry: false },
  storage_exhausted: { status: 409, type: 'invalid_request_error', retry: false },
  job_cancelled: { status: 409, type: 'invalid_request_error', retry: false },
  seats_exhausted: { status: 409, type: 'invalid_request_error', retry: false },
  idempotency_mismatch: { status: 409, type: 'invalid_request_error', retry: false },
  idempotency_in_progress: { status: 409, type: 'invalid_request_error', retry: true },
  payload_too_large: { status: 413, type: 'invalid_request_error', retry: false },
  image_unsupported: { status: 415, type: 'invalid_request_error', retry: false },
  unsupported_media_type: { status: 415, type: 'invalid_request_error', retry: false },
  rate_limit_exceeded: { status: 429, type: 'rate_limit_error', retry: true },
  too_many_parallel_requests: { status: 429, type: 'rate_limit_error', retry: true },
  credit_held: { status: 429, type: 'rate_limit_error', retry: true },
  budget_held: { status: 429, type: 'rate_limit_error', retry: true },
  client_closed_request: { status: 499, type: 'invalid_request_error', retry: false },
  internal_error: { status: 500, type: 'server_error', retry: false },
  provider_error: { status: 502, type: 'server_error', retry: true },
  provider_no_image: { status: 502, type: 'server_error', retry: true },
  provider_wrong_count: { status: 502, type: 'server_error', retry: true },
  provider_bad_image: { status: 502, type: 'server_error', retry: true },
  provider_image_lost: { status: 502, type: 'server_error', retry: true },
  provider_misconfigured: { status: 502, type: 'server_error', retry: false },
  provider_overloaded: { status: 503, type: 'server_error', retry: true },
  service_unavailable: { status: 503, type: 'server_error', retry: true },
  job_expired: { status: 504, type: 'server_error', retry: true },
  provider_timeout: { status: 504, type: 'server_error', retry: true },
} as const satisfies Record<string, { status: number; type: string; retry: boolean }>

export type ProblemCode = keyof typeof problemCodes

export interface ProblemDetails {
  /** The parameter that is at fault, as the caller named it. */
  param?: string
  retryAfterSeconds?: number
  /** Machine-readable facts, shown to the caller: amounts, limits, when it resets. */
  facts?: Record<string, string | number | boolean | null>
  /** For the log alone: a vendor's own words, a cause. Never shown. */
  internal?: string
  headers?: Record<string, string>
  /** What a vendor answered, for deciding whether to ask again. Never shown. */
  upstream?: { status?: number; retryAfterSeconds?: number }
}

export class Problem extends Error {
  override name = 'Problem'
  readonly code: ProblemCode
  readonly details: ProblemDetails

  constructor(code: ProblemCode, message: string, details: ProblemDetails = {}) {
    super(message)
    this.code = code
    this.details = details
  }

  get status(): number {
    return problemCodes[this.code].status
  }
}

/** Fields survive RPC, classes do not: look at the name and the code. */
export function isProblem(error: unknown): error is Problem {
  return error instanceof Error && error.name === 'Problem' && 'code' in error && String(error.code) in problemCodes
}

export const invalidRequest = (message: string, param?: string) =>
  new Problem('invalid_request', message, param ? { param } : {})
export const unsupportedParameter = (param: string, message: string) =>
  new Problem('unsupported_parameter', message, { param })
export const notFound = (what: string) => new Problem('not_found', `There is no such ${what}.`)
export const permissionDenied = (action: string) => new Problem('permission_denied', `You may not do this (${action}).`)
export const unauthenticated = () =>
  new Problem('unauthenticated', 'Sign in, or send an API key as “Authorization: Bearer rq_…”.')
export const serviceUnavailable = (what: string, internal?: string) =>
  new Problem('service_unavailable', `${what} cannot be reached right now. Nothing was charged; try again shortly.`, {
    internal,
    retryAfterSeconds: 2,
  })
export const invalidCursor = () =>
  new Problem('invalid_cursor', 'This cursor is not one of ours. Start again without it.', { param: 'cursor' })
export const conflict = (message: string) => new Problem('conflict', message)
