import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'
import type { Problem } from '#shared/http/problems'
import { networkProblem, retryAfterOf, upstreamProblem } from '../kit/upstream-problem.ts'

const vendor = 'OpenAI'

export function toProblem(error: unknown, secret: string): Problem {
  if (error instanceof APIConnectionTimeoutError)
    return upstreamProblem({ vendor, status: 408, message: error.message, secret })
  if (error instanceof APIConnectionError || !(error instanceof APIError)) return networkProblem(vendor, error, secret)
  const { status, code, type, param, message, headers } = error
  const body: unknown = error.error
  const said =
    typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
      ? body.message
      : message
  return upstreamProblem({
    vendor,
    status,
    code: code ?? type,
    param,
    message: said,
    retryAfterSeconds: retryAfterOf(headers, Date.now()),
    secret,
  })
}
