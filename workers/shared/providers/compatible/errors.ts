// Look-alikes copy OpenAI's error body more or less: `error` may be text, the code a number, or all of it missing.
import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'
import { z } from 'zod'
import type { Problem } from '#shared/http/problems'
import { networkProblem, retryAfterOf, upstreamProblem } from '../kit/upstream-problem.ts'

const Body = z.object({
  message: z.string().nullish().catch(null),
  code: z.union([z.string(), z.number()]).nullish().catch(null),
  type: z.string().nullish().catch(null),
  param: z.string().nullish().catch(null),
  error: z.string().nullish().catch(null),
})

export function toProblem({ error, vendor, secret }: { error: unknown; vendor: string; secret?: string }): Problem {
  if (error instanceof APIConnectionTimeoutError)
    return upstreamProblem({ vendor, status: 408, message: error.message, secret })
  if (error instanceof APIConnectionError || !(error instanceof APIError)) return networkProblem(vendor, error, secret)
  const body = Body.safeParse(error.error).data
  return upstreamProblem({
    vendor,
    secret,
    status: error.status,
    code: typeof body?.code === 'string' ? body.code : body?.type,
    message: body?.message ?? body?.error ?? error.message,
    param: body?.param,
    retryAfterSeconds: retryAfterOf(error.headers, Date.now()),
  })
}
