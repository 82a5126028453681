// Work that may outlive the request that asked for it: a row, a message on a queue, and a state that only ever moves on.
import { z } from 'zod'
import { pageOf } from './page.ts'

/** What a job is in. The last four are for ever. */
export const jobStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'expired'] as const
export type JobState = (typeof jobStates)[number]

export const endedStates = ['succeeded', 'failed', 'cancelled', 'expired'] as const satisfies readonly JobState[]
export const hasEnded = (state: JobState): boolean => (endedStates as readonly JobState[]).includes(state)

/** What may follow what. Everything else is refused by the database as well: an update names the state it leaves. */
export const jobMoves: Record<JobState, readonly JobState[]> = {
  queued: ['running', 'failed', 'cancelled', 'expired'],
  running: ['queued', 'succeeded', 'failed', 'cancelled', 'expired'],
  succeeded: [],
  failed: [],
  cancelled: [],
  expired: [],
}

/** What a person is told of a running job. */
export const jobStages = ['waiting', 'asking', 'making', 'checking', 'storing'] as const
export type JobStage = (typeof jobStages)[number]

export const JobFault = z.object({
  code: z.string().describe('one of the documented codes'),
  message: z.string(),
  param: z.string().nullable(),
})
export type JobFault = z.infer<typeof JobFault>

export const Job = z.object({
  id: z.string(),
  object: z.literal('job'),
  service: z.string().describe('`images`'),
  kind: z
    .string()
    .describe('what is made: `generate`, `edit`, `variation`, `outpaint`, `upscale`, `remove-background`'),
  state: z.enum(jobStates),
  stage: z.enum(jobStages),
  progress: z.number().min(0).max(1).nullable().describe('a share; null where nobody knows'),
  attempts: z.number().int().describe('how many times a provider was asked'),
  model: z.string(),
  provider: z.string(),
  input: z.record(z.string(), z.unknown()).describe('what was asked for'),
  item_ids: z.array(z.string()).describe('what it has put into the library'),
  held_micros: z.number().int().describe('the highest price it can reach, held while it runs; 0 once it has ended'),
  cost_micros: z.number().int().describe('what was charged; 0 until it has succeeded'),
  error: JobFault.nullable(),
  request_id: z.string().describe('names its charge'),
  created_at: z.number().int(),
  started_at: z.number().int().nullable(),
  ended_at: z.number().int().nullable(),
  deadline_at: z.number().int().describe('it has ended by then, and so has its hold'),
})
export type Job = z.infer<typeof Job>

export const JobPage = pageOf(Job)

/** A job whose retries ran out, as operators see it: whose it is, and none of its words. */
export const DeadLetter = Job.extend({ organization_id: z.string(), user_id: z.string() })
export type DeadLetter = z.infer<typeof DeadLetter>

export const DeadLetterPage = pageOf(DeadLetter)

/** What a service's queue carries: which job to look at. Everything else is in its row. */
export interface JobMessage {
  organizationId: string
  jobId: string
}

/** The object that wakes one job: at least once, also where everything was restarted, until it is cleared. */
export interface JobAlarmRpc {
  /** Replaces what was set. `service` says which queue is told. */
  set(input: { at: number; service: string; message: JobMessage }): Promise<void>
  clear(): Promise<void>
}
