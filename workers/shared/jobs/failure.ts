// What went wrong with a provider or a product, as the engine decides by it and as its owner is told.
import type { JobFault } from '../contracts/jobs.ts'
import { isProblem, problemCodes, type Problem, type ProblemCode } from '../http/problems.ts'

export interface Failure {
  fault: JobFault
  /** Whether asking again may help. */
  retry: boolean
  /** The platform's or the provider's fault, not the caller's. */
  ours: boolean
  /** The road to the provider failed, not what it makes. */
  transient: boolean
  retryAfterMs: number
}

const roads: readonly ProblemCode[] = [
  'provider_overloaded',
  'provider_timeout',
  'service_unavailable',
  'rate_limit_exceeded',
]

const isRoad = ({ code, details: { upstream } }: Problem): boolean =>
  roads.includes(code) || (code === 'provider_error' && upstream?.status !== undefined && upstream.status >= 500)

export const faultOf = ({ code, message, details }: Problem): JobFault => ({
  code,
  message,
  param: details.param ?? null,
})

/** What nobody foresaw may be over the next time. */
const unforeseen: Failure = {
  fault: {
    code: 'internal_error',
    message: 'Something went wrong on our side. Nothing was charged; try again.',
    param: null,
  },
  retry: true,
  ours: true,
  transient: true,
  retryAfterMs: 0,
}

export function failureOf(error: unknown): Failure {
  if (!isProblem(error)) return unforeseen
  const { status, retry } = problemCodes[error.code]
  const { retryAfterSeconds = error.details.upstream?.retryAfterSeconds ?? 0 } = error.details
  return {
    fault: faultOf(error),
    retry,
    ours: retry || status >= 500,
    transient: isRoad(error),
    retryAfterMs: retryAfterSeconds * 1_000,
  }
}
