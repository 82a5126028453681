// One problem, two renderings: OpenAI's (and Anthropic's) shape on /v1, RFC 9457 elsewhere. Picked by path.
import { isProblem, Problem, problemCodes, type ProblemCode } from './problems.ts'
import { wordsOfError } from './words-of-error.ts'

interface Rendered {
  code: ProblemCode
  message: string
  param?: string
  facts?: Record<string, string | number | boolean | null>
}

export const toOpenAIError = ({ code, message, param, facts }: Rendered) => ({
  error: { message, type: problemCodes[code].type, param: param ?? null, code, ...(facts && { facts }) },
})

/** https://docs.anthropic.com/en/api/errors: the `type` is what its SDK's users switch on. */
const anthropicTypes: Partial<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
  504: 'timeout_error',
}

export const toAnthropicError = ({ code, message, param, facts }: Rendered, requestId: string) => ({
  type: 'error',
  error: {
    type:
      anthropicTypes[problemCodes[code].status] ??
      (problemCodes[code].status < 500 ? 'invalid_request_error' : 'api_error'),
    message,
    code,
    ...(param && { param }),
    ...(facts && { facts }),
  },
  request_id: requestId,
})

export const toProblemDetails = ({ code, message, param, facts }: Rendered, requestId: string) => ({
  type: `/en/docs/errors#${code}`,
  title: code.replaceAll('_', ' '),
  status: problemCodes[code].status,
  detail: message,
  code,
  request_id: requestId,
  ...(param && { param }),
  ...(facts && { facts }),
})

export const toProblem = (error: unknown): Problem =>
  isProblem(error)
    ? error
    : new Problem(
        'internal_error',
        'Something went wrong on our side. Nothing was lost; try again, and send us the request id if it stays.',
        {
          internal: wordsOfError(error),
        },
      )

export function problemBody(error: Problem, { path, requestId }: { path: string; requestId: string }): unknown {
  const rendered = { code: error.code, message: error.message, param: error.details.param, facts: error.details.facts }
  if (path.startsWith('/v1/messages')) return toAnthropicError(rendered, requestId)
  return path.startsWith('/v1/') ? toOpenAIError(rendered) : toProblemDetails(rendered, requestId)
}

export function renderProblem(error: Problem, { path, requestId }: { path: string; requestId: string }): Response {
  const { status, retry } = problemCodes[error.code]
  const headers = new Headers({
    'content-type': path.startsWith('/v1/') ? 'application/json' : 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
    // Official SDKs retry 408, 409, 429 and every 5xx by themselves unless they are told.
    'x-should-retry': String(retry),
    ...error.details.headers,
  })
  if (error.details.retryAfterSeconds !== undefined)
    headers.set('retry-after', String(Math.max(1, Math.ceil(error.details.retryAfterSeconds))))
  return new Response(JSON.stringify(problemBody(error, { path, requestId })), { status, headers })
}
