// What a job becomes: pure, and all that the engine ever writes into a row.
import type { JobFault } from '../contracts/jobs.ts'
import type { Asked, KeptProduct } from './handler.ts'
import { backoffMs } from './backoff.ts'
import type { Failure } from './failure.ts'
import type { JobChange } from './repository.ts'
import type { Fate, StoredJob } from './types.ts'

/** So often in a row the provider may not be found before what it makes is given up. */
const MOST_FAILED_LOOKS = 6
const LOOK_AGAIN_MS = 2_000

const letGo = { lease: null, leaseUntil: 0 } as const

/** It counts from now on, even where its Worker is lost in it. */
export const begin = (job: StoredJob, now: number): JobChange => ({
  phase: 'ask',
  state: 'running',
  stage: 'asking',
  progress: null,
  operation: null,
  attempts: job.attempts + 1,
  startedAt: job.startedAt ?? now,
})

export const wait = (job: StoredJob, asked: Extract<Asked<never>, { operation: string }>, now: number): JobChange => ({
  phase: 'wait',
  stage: 'making',
  operation: asked.operation,
  progress: asked.progress === undefined ? job.progress : asked.progress,
  failures: 0,
  nextLookAt: Math.min(job.deadlineAt, now + (asked.afterMs ?? LOOK_AGAIN_MS)),
  ...letGo,
})

/** The point of no return. */
export const keep = (product: KeptProduct): JobChange => ({ phase: 'charge', stage: 'storing', product, failures: 0 })

export const charge = (costMicros: number): JobChange => ({ phase: 'publish', costMicros, failures: 0 })

export const succeed = (now: number): JobChange => ({
  phase: 'done',
  state: 'succeeded',
  progress: 1,
  operation: null,
  endedAt: now,
  fault: null,
  ...letGo,
})

export interface Doom {
  fate: Fate
  fault: JobFault
  dead?: boolean
}

/** The other point of no return: written before any money moves. */
export const doom = ({ fate, fault, dead = false }: Doom, now: number): JobChange => ({
  phase: 'release',
  fate,
  fault,
  dead,
  failures: 0,
  nextLookAt: now,
})

export const end = (job: StoredJob, now: number): JobChange => ({
  phase: 'done',
  state: job.fate ?? 'failed',
  product: null,
  operation: null,
  endedAt: now,
  ...letGo,
})

/** Something of the platform's own does not answer: the next Worker goes on where this one was. */
export const stumble = (job: StoredJob, { now, random }: { now: number; random: () => number }): JobChange => ({
  failures: job.failures + 1,
  nextLookAt: now + backoffMs({ failures: job.failures + 1, random }),
  ...letGo,
})

export const expired: Doom = {
  fate: 'expired',
  fault: { code: 'job_expired', message: 'This took longer than is waited for. Nothing was charged.', param: null },
}

export const cancelled: Doom = {
  fate: 'cancelled',
  fault: { code: 'job_cancelled', message: 'This was cancelled. Nothing was charged.', param: null },
}

export const interrupted: JobFault = {
  code: 'service_unavailable',
  message: 'This was interrupted on our side. Nothing was charged; try again.',
  param: null,
}

export interface AfterFailure {
  job: StoredJob
  /** Asking and looking, or checking and keeping what came. */
  step: 'ask' | 'look' | 'keep'
  failure: Failure
  now: number
  maxAttempts: number
  random: () => number
}

/** What is to be done about it: look again, ask again, or end. */
export function afterFailure({ job, step, failure, now, maxAttempts, random }: AfterFailure): JobChange {
  if (now >= job.deadlineAt) return doom(expired, now)
  const { fault, retry, transient, ours, retryAfterMs } = failure
  const failures = job.failures + 1
  const stillThere = step !== 'ask' && job.operation !== null && transient && failures <= MOST_FAILED_LOOKS
  if (!retry || (!stillThere && job.attempts >= maxAttempts)) return doom({ fate: 'failed', fault, dead: ours }, now)
  const nextLookAt = now + backoffMs({ failures: stillThere ? failures : job.attempts, random, retryAfterMs })
  // Who would only wait for the deadline is told at once.
  if (nextLookAt >= job.deadlineAt) return doom({ fate: 'failed', fault, dead: ours }, now)
  if (stillThere) return { failures, fault, nextLookAt, ...letGo }
  return {
    phase: 'ask',
    state: 'queued',
    stage: 'waiting',
    progress: null,
    operation: null,
    failures,
    fault,
    nextLookAt,
    ...letGo,
  }
}
