// https://docs.fal.ai/errors: `detail` is a list of typed faults, or one sentence; infrastructure says `error_type`.
import { z } from 'zod'
import type { Problem } from '#shared/http/problems'
import type { Refusal } from '../kit/ask-json.ts'
import { pictureProblem } from '../kit/picture-problems.ts'
import { networkProblem, retryAfterOf, upstreamProblem } from '../kit/upstream-problem.ts'

export const vendor = 'fal'

const Detail = z.object({
  loc: z.array(z.union([z.string(), z.number()])).optional(),
  msg: z.string().optional(),
  type: z.string().optional(),
})

const Body = z.object({
  detail: z.union([z.string(), z.array(Detail)]).optional(),
  error_type: z.string().optional(),
})

/** Their word for it → one that every vendor shares. What is not here is told by its status. */
const codes: Readonly<Record<string, string>> = {
  content_policy_violation: 'content_policy_violation',
  generation_timeout: 'timeout_error',
  request_timeout: 'timeout_error',
  startup_timeout: 'timeout_error',
  downstream_service_unavailable: 'overloaded_error',
  runner_scheduling_failure: 'overloaded_error',
}

/** Faults of theirs that are dressed as ours by a status of 4xx. */
const theirs = new Set(['downstream_service_error', 'internal_server_error'])

export function toProblem({ status, body, text, headers }: Refusal, secret: string): Problem {
  const { detail, error_type: errorType } = Body.safeParse(body).data ?? {}
  const first = Array.isArray(detail) ? detail[0] : undefined
  const type = first?.type ?? errorType
  if (type === 'no_media_generated') return pictureProblem('provider_no_image', vendor, type)
  return upstreamProblem({
    vendor,
    status: type !== undefined && theirs.has(type) ? 502 : status,
    code: type === undefined ? undefined : codes[type],
    message: first?.msg ?? (typeof detail === 'string' ? detail : text),
    retryAfterSeconds: retryAfterOf(headers, Date.now()),
    secret,
  })
}

export const toNetworkProblem = (error: unknown, secret: string): Problem =>
  error instanceof Error && error.name === 'TimeoutError'
    ? upstreamProblem({ vendor, status: 408, message: error.message, secret })
    : networkProblem(vendor, error, secret)
