// A job that has not succeeded, as what its caller is told.
import { Problem, problemCodes, type ProblemCode } from '#shared/http/problems'
import type { ImageJob } from '../image-job.ts'

const isCode = (code: string): code is ProblemCode => code in problemCodes

const usual: Partial<Record<ImageJob['state'], [ProblemCode, string]>> = {
  cancelled: ['job_cancelled', 'This was cancelled. Nothing was charged.'],
  expired: ['job_expired', 'This took longer than is waited for. Nothing was charged.'],
  failed: ['internal_error', 'Something went wrong on our side. Nothing was charged; try again.'],
}

export function jobProblem({ state, fault, id }: ImageJob): Problem {
  const known = fault && isCode(fault.code) ? ([fault.code, fault.message] as const) : usual[state]
  // It still runs: only who has left is told that.
  const [code, message] = known ?? ['client_closed_request', 'The caller left before the pictures were done.']
  return new Problem(code, message, { ...(fault?.param && { param: fault.param }), headers: { 'x-riwaq-job-id': id } })
}
