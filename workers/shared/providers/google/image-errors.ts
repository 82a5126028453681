// https://ai.google.dev/gemini-api/docs/troubleshooting: a status of RPC's beside that of HTTP.
import { z } from 'zod'
import type { Problem } from '#shared/http/problems'
import { networkProblem, retryAfterOf, upstreamProblem } from '../kit/upstream-problem.ts'

export const vendor = 'Google'

const Failure = z.looseObject({
  error: z.looseObject({
    message: z.string().nullish().catch(null),
    status: z.string().nullish().catch(null),
    details: z
      .array(z.looseObject({ reason: z.string().optional().catch(undefined) }))
      .nullish()
      .catch(null),
  }),
})

/** A wrong key is an INVALID_ARGUMENT with a reason, which is the operator's fault and not the caller's. */
const keyReasons = new Set(['API_KEY_INVALID', 'API_KEY_SERVICE_BLOCKED', 'SERVICE_DISABLED'])

const codes: Readonly<Record<string, string>> = {
  RESOURCE_EXHAUSTED: 'rate_limit_error',
  UNAVAILABLE: 'overloaded_error',
  DEADLINE_EXCEEDED: 'timeout_error',
  UNAUTHENTICATED: 'authentication_error',
  PERMISSION_DENIED: 'permission_error',
  FAILED_PRECONDITION: 'permission_error',
}

interface Refusal {
  status: number
  body: unknown
  text: string
  headers: Headers
}

export function toProblem({ status, body, text, headers }: Refusal, secret: string): Problem {
  const said = Failure.safeParse(Array.isArray(body) ? body[0] : body).data?.error
  const wrongKey = said?.details?.some(({ reason }) => reason !== undefined && keyReasons.has(reason))
  return upstreamProblem({
    vendor,
    status,
    code: wrongKey ? 'invalid_api_key' : said?.status ? codes[said.status] : undefined,
    message: said?.message ?? text,
    retryAfterSeconds: retryAfterOf(headers, Date.now()),
    secret,
  })
}

export const toNetworkProblem = (error: unknown, secret: string): Problem => networkProblem(vendor, error, secret)
