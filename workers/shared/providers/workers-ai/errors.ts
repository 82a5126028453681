// The binding throws an error whose `code`, or the number before the colon of its message, is one of
// https://developers.cloudflare.com/workers-ai/platform/errors; a raw response carries the same in `errors`.
import { z } from 'zod'
import type { Problem } from '#shared/http/problems'
import { networkProblem, upstreamProblem } from '../kit/upstream-problem.ts'

const vendor = 'Workers AI'

/** Their number → the HTTP status that they document for it. */
const statuses: Readonly<Record<number, number>> = {
  3003: 400,
  3006: 413,
  3007: 408,
  3008: 408,
  3036: 402,
  3039: 413,
  3040: 429,
  3041: 402,
  3042: 404,
  5004: 400,
  5006: 400,
  5005: 405,
  5007: 404,
  5016: 403,
  5018: 403,
}

/** Their number for what their filter holds for unfit, which a status alone does not tell. */
const codes: Readonly<Record<number, string>> = { 3030: 'content_filter' }

const RawFailure = z.object({ status: z.number(), body: z.string() })
const RawBody = z.object({
  errors: z.array(z.object({ code: z.number().optional(), message: z.string().optional() })).min(1),
})

const numberIn = (text: string): number | undefined => {
  const found = /^(?:\w+: )?(\d{4}):/.exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}

function fromRaw({ status, body }: z.infer<typeof RawFailure>): Problem {
  let first: { code?: number; message?: string } | undefined
  try {
    first = RawBody.safeParse(JSON.parse(body)).data?.errors[0]
  } catch {
    // Not JSON: the status alone speaks.
  }
  const code = first?.code ?? 0
  return upstreamProblem({
    vendor,
    status: statuses[code] ?? status,
    code: codes[code],
    message: first?.message ?? body,
  })
}

export function toProblem(error: unknown): Problem {
  const raw = RawFailure.safeParse(error)
  if (raw.success) return fromRaw(raw.data)
  if (!(error instanceof Error)) return networkProblem(vendor, error)
  const code = 'code' in error && typeof error.code === 'number' ? error.code : numberIn(error.message)
  const status = statuses[code ?? 0]
  return status === undefined && codes[code ?? 0] === undefined
    ? networkProblem(vendor, error)
    : upstreamProblem({ vendor, status, code: codes[code ?? 0], message: error.message })
}
