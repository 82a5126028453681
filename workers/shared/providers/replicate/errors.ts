// https://replicate.com/docs/reference/http: refusals are problem documents; a prediction that failed has one sentence in `error`.
import { z } from 'zod'
import type { Problem } from '#shared/http/problems'
import type { Refusal } from '../kit/ask-json.ts'
import { networkProblem, retryAfterOf, upstreamProblem } from '../kit/upstream-problem.ts'

export const vendor = 'Replicate'

const Body = z.object({
  detail: z.string().optional(),
  title: z.string().optional(),
  retry_after: z.number().optional(),
  invalid_fields: z.array(z.object({ field: z.string().optional() })).optional(),
})

export function toProblem({ status, body, text, headers }: Refusal, secret: string): Problem {
  const { detail, title, retry_after: seconds } = Body.safeParse(body).data ?? {}
  return upstreamProblem({
    vendor,
    status,
    message: detail ?? title ?? text,
    retryAfterSeconds: retryAfterOf(headers, Date.now()) ?? seconds,
    secret,
  })
}

export const toNetworkProblem = (error: unknown, secret: string): Problem =>
  error instanceof Error && error.name === 'TimeoutError'
    ? upstreamProblem({ vendor, status: 408, message: error.message, secret })
    : networkProblem(vendor, error, secret)

/** Models write their own sentences; the codes in brackets (E005…) and these words are what they have in common. */
const REFUSED = /\bNSFW\b|flagged as sensitive|\bE005\b|content policy|safety (?:filter|system)|violat\w+ .{0,40}polic/i
const BUSY = /\bE003\b|high demand|rate limit|\b429\b/i
const SLOW = /timed? ?out|\bE004\b|deadline/i
const INPUT = /\bE006\b|invalid input|input validation/i

/** Of a prediction that was taken and came to nothing. */
export function failureProblem(error: string, secret: string): Problem {
  const code = REFUSED.test(error)
    ? 'content_policy_violation'
    : BUSY.test(error)
      ? 'overloaded_error'
      : SLOW.test(error)
        ? 'timeout_error'
        : undefined
  const status = code === undefined && INPUT.test(error) ? 422 : undefined
  return upstreamProblem({ vendor, status, code, message: error, secret })
}
