import { APIConnectionError, APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk'
import { z } from 'zod'
import type { Problem } from '#shared/http/problems'
import { networkProblem, retryAfterOf, upstreamProblem } from '../kit/upstream-problem.ts'

const vendor = 'Anthropic'

/** https://docs.anthropic.com/en/api/errors; the same in an `error` event of a stream. */
const ErrorBody = z.object({ error: z.object({ type: z.string().nullish(), message: z.string().nullish() }) })

export function toProblem(error: unknown, secret: string): Problem {
  if (error instanceof APIConnectionTimeoutError)
    return upstreamProblem({ vendor, status: 408, message: error.message, secret })
  if (error instanceof APIConnectionError || !(error instanceof APIError)) return networkProblem(vendor, error, secret)
  const body = ErrorBody.safeParse(error.error).data?.error
  const headers = error.headers instanceof Headers ? error.headers : undefined
  return upstreamProblem({
    vendor,
    status: error.status,
    code: body?.type,
    message: body?.message ?? error.message,
    retryAfterSeconds: retryAfterOf(headers, Date.now()),
    secret,
  })
}

export function fromErrorEvent(data: unknown, secret: string): Problem {
  const body = ErrorBody.safeParse(data).data?.error
  return upstreamProblem({ vendor, code: body?.type, message: body?.message ?? 'an error event', secret })
}
