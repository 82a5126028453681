// What a failure before the first byte means for the next step.
import { isProblem, Problem, type ProblemCode } from '#shared/http/problems'

/** again: the same vendor may do it in a moment. elsewhere: another may. final: the request is at fault, or nobody can help. */
export type Verdict = 'again' | 'elsewhere' | 'final'

/**
 * A request that one vendor calls wrong or refuses by its policy is not carried to the next: it would be wrong there as
 * well, or is being shopped around. What a model lacks (its window, a parameter, the operator's key) another may have.
 */
const byCode: Partial<Record<ProblemCode, Verdict>> = {
  provider_timeout: 'again',
  provider_overloaded: 'again',
  provider_error: 'again',
  provider_misconfigured: 'elsewhere',
  unsupported_parameter: 'elsewhere',
  context_length_exceeded: 'elsewhere',
  payload_too_large: 'elsewhere',
  content_rejected: 'final',
  invalid_request: 'final',
}

/** Of the vendor's own doing, and gone in a moment. A connection that failed has no status. */
const isPassing = (status: number | undefined): boolean =>
  status === undefined || status >= 500 || [408, 409, 425, 429].includes(status)

export function verdictOn(error: unknown): Verdict {
  if (!isProblem(error)) return 'final'
  const verdict = byCode[error.code] ?? 'final'
  return verdict === 'again' && !isPassing(error.details.upstream?.status) ? 'elsewhere' : verdict
}

/** Whether it speaks against the vendor as a whole: a key that asks too much does not. */
export const countsAgainstVendor = (error: unknown): boolean =>
  isProblem(error) &&
  ['provider_timeout', 'provider_overloaded', 'provider_error'].includes(error.code) &&
  isPassing(error.details.upstream?.status) &&
  error.details.upstream?.status !== 429

export const vendorIsResting = (name: string, restsForMs: number): Problem =>
  new Problem(
    'provider_overloaded',
    `${name} has failed often in the last moments, so it is not asked for a while. Try again shortly, or choose another model.`,
    { retryAfterSeconds: Math.ceil(restsForMs / 1_000) },
  )
