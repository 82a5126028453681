// What a vendor's refusal means to our caller. Decided by status and code, never by English text. A vendor's own
// words are for the log, unless they speak of the caller's own request: those may quote a prompt, and are for the
// caller alone.
import { Problem, type ProblemCode, type ProblemDetails } from '#shared/http/problems'

export interface UpstreamFailure {
  /** As people know it: OpenAI, Anthropic… */
  vendor: string
  status?: number
  /** The vendor's machine-readable word for it. */
  code?: string | null
  message?: string
  param?: string | null
  retryAfterSeconds?: number
  /** Taken out of every text, wherever a vendor may echo it. */
  secret?: string
}

/** Codes that say more than their status. */
const byCode = new Map<string, ProblemCode>(
  Object.entries({
    context_length_exceeded: 'context_length_exceeded',
    string_above_max_length: 'context_length_exceeded',
    content_policy_violation: 'content_rejected',
    content_filter: 'content_rejected',
    moderation_blocked: 'content_rejected',
    invalid_prompt: 'content_rejected',
    unsupported_parameter: 'unsupported_parameter',
    unsupported_value: 'unsupported_parameter',
    request_too_large: 'payload_too_large',
    // The operator's account at the vendor is out of money: waiting will not help, and it is not our caller's debt.
    insufficient_quota: 'provider_misconfigured',
    billing_hard_limit_reached: 'provider_misconfigured',
    billing_error: 'provider_misconfigured',
    authentication_error: 'provider_misconfigured',
    permission_error: 'provider_misconfigured',
    invalid_api_key: 'provider_misconfigured',
    overloaded_error: 'provider_overloaded',
    rate_limit_error: 'provider_overloaded',
    rate_limit_exceeded: 'provider_overloaded',
    timeout_error: 'provider_timeout',
  } as const),
)

/** The vendor's own faults, to which no code of theirs can add. */
const byStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid_request',
  401: 'provider_misconfigured',
  402: 'provider_misconfigured',
  403: 'provider_misconfigured',
  404: 'provider_error',
  408: 'provider_timeout',
  413: 'payload_too_large',
  422: 'invalid_request',
  429: 'provider_overloaded',
  503: 'provider_overloaded',
  504: 'provider_timeout',
  529: 'provider_overloaded',
}

const sentences: Partial<Record<ProblemCode, (vendor: string) => string>> = {
  provider_misconfigured: (vendor) =>
    `This platform’s access to ${vendor} is not set up correctly. Its operator has to see to it; nothing was charged.`,
  provider_error: (vendor) => `${vendor} could not answer. Try again, or choose another model.`,
  provider_overloaded: (vendor) =>
    `${vendor} is taking no more requests at the moment. Try again shortly, or choose another model.`,
  provider_timeout: (vendor) => `${vendor} took too long to answer. Try again, or choose another model.`,
  invalid_request: (vendor) => `${vendor} did not accept this request.`,
  content_rejected: (vendor) => `${vendor} refused this content by its usage policy.`,
  context_length_exceeded: () =>
    'The prompt is longer than this model can read. Shorten it, or choose a model with a larger context.',
  unsupported_parameter: (vendor) => `${vendor} does not take one of these parameters for this model.`,
  payload_too_large: (vendor) => `The request is larger than ${vendor} accepts.`,
}

/** Whose words may be shown: the caller is at fault, so the vendor speaks of what the caller sent. */
const callersOwn = new Set<ProblemCode>([
  'invalid_request',
  'content_rejected',
  'context_length_exceeded',
  'unsupported_parameter',
  'payload_too_large',
])

function codeOf({ status, code }: UpstreamFailure): ProblemCode {
  const named = code ? byCode.get(code) : undefined
  // A vendor that is down may say anything; only what it says of its own state counts then.
  if (named && !(status !== undefined && status >= 500 && callersOwn.has(named))) return named
  return (status === undefined ? undefined : byStatus[status]) ?? 'provider_error'
}

const DEFAULT_RETRY_SECONDS = 2

export function upstreamProblem(failure: UpstreamFailure): Problem {
  const { vendor, status, message, param, retryAfterSeconds, secret } = failure
  const code = codeOf(failure)
  const scrub = (text: string) => (secret ? text.replaceAll(secret, '…') : text)
  const sentence = sentences[code]?.(vendor) ?? sentences.provider_error!(vendor)
  const logged = callersOwn.has(code) ? '' : (message ?? '')
  const details: ProblemDetails = {
    upstream: { status, retryAfterSeconds },
    internal: scrub(
      `${vendor} ${status ?? ''} ${failure.code ?? ''} ${logged}`.replace(/\s+/g, ' ').trim().slice(0, 2000),
    ),
  }
  if (callersOwn.has(code)) {
    if (param) details.param = param
    return new Problem(code, message ? `${sentence} It says: ${scrub(message).slice(0, 1000)}` : sentence, details)
  }
  if (code === 'provider_overloaded') details.retryAfterSeconds = retryAfterSeconds ?? DEFAULT_RETRY_SECONDS
  return new Problem(code, sentence, details)
}

/** The connection failed, before or in the middle of an answer. */
export const networkProblem = (vendor: string, error: unknown, secret?: string): Problem =>
  upstreamProblem({
    vendor,
    secret,
    message:
      error instanceof Error
        ? `${error.name}: ${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`
        : String(error),
  })

/** It answered, but not in its own language. */
export const nonsenseProblem = (vendor: string, what: string): Problem =>
  upstreamProblem({ vendor, code: 'unreadable_answer', message: what.slice(0, 300) })

/** `Retry-After` in seconds, whether it is written as seconds, milliseconds or a date. */
export function retryAfterOf(headers: Headers | undefined, now: number): number | undefined {
  const milliseconds = Number(headers?.get('retry-after-ms') ?? Number.NaN)
  if (milliseconds > 0) return milliseconds / 1000
  const value = headers?.get('retry-after')
  if (!value) return undefined
  const seconds = Number(value)
  if (Number.isFinite(seconds)) return Math.max(0, seconds)
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now) / 1000)
}
