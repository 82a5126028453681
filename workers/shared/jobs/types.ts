// What the engine of a service's jobs needs, and what it can be asked.
import type { Erasure } from '../contracts/account.ts'
import type { FeedRpc } from '../contracts/feed.ts'
import type { Job, JobAlarmRpc, JobMessage, JobStage, JobState } from '../contracts/jobs.ts'
import type { AdmitInput, LedgerRpc, RateLimitState } from '../contracts/ledger.ts'
import type { Logger } from '../http/log.ts'
import type { Clock } from '../lib/clock.ts'
import type { CreateId } from '../lib/ids.ts'
import type { PolicyRefusal } from '../metering/metered-call.ts'
import type { Timers } from '../metering/timers.ts'
import type { JobHandler, JobRow } from './handler.ts'
import type { JobRepository } from './repository.ts'

/** As what a job ends that does not succeed. */
export type Fate = 'failed' | 'cancelled' | 'expired'

/** A row with what only the engine looks at. */
export interface StoredJob<Input = unknown> extends JobRow<Input> {
  failures: number
  fate: Fate | null
  lease: string | null
  leaseUntil: number
}

export type JobLedger = Pick<LedgerRpc, 'admit' | 'renew' | 'settle' | 'release'>

export interface JobEngineOptions<Input, Raw> {
  handler: JobHandler<Input, Raw>
  repository: JobRepository<Input>
  ledger(organizationId: string): JobLedger
  /** The object that wakes this job, named by its id. */
  alarm(message: JobMessage): JobAlarmRpc
  queue: { send(message: JobMessage): Promise<unknown> }
  feed(member: { organizationId: string; userId: string }): FeedRpc
  clock: Clock
  timers: Timers
  createId: CreateId
  logger: Logger
  /** Between 0 and 1, for the jitter. Absent: `Math.random`. */
  random?: () => number
}

export interface NewJob<Input> {
  organizationId: string
  /** Absent: a new one. `createId('job')` where something must be named after it before it is born. */
  id?: string
  kind: string
  input: Input
  /** What the ledger is asked. Who pays is whose job it is. */
  admission: Omit<AdmitInput, 'ttlMs'>
  /** It has ended after that long, whatever happens. */
  lifetimeMs: number
  /** The caller drives it in its own request: the queue is not told, and looks after it only where the caller is lost. */
  driven?: boolean
  /** Where its Idempotency-Key was used before, that job is the answer also while it still runs. */
  joins?: boolean
}

export interface CreatedJob<Input> {
  job: StoredJob<Input>
  /** It was made before, by the same Idempotency-Key: nothing was held for this one. */
  replayed: boolean
  rateLimit: RateLimitState | null
}

export interface One {
  organizationId: string
  jobId: string
  /** Only where it is this member's. */
  userId?: string
}

export interface DriveInput<Input> extends One {
  /** Fires when the caller has left. What no provider was asked for is cancelled then; what was is finished. */
  signal?: AbortSignal
  onPreview?(picture: { index: number; bytes: Uint8Array; mediaType: string }): void
  onProgress?(progress: { stage: JobStage; progress: number | null }): void
  /** Instead of what the row keeps: for those whose words are not to be kept. */
  input?: Input
}

export interface JobList {
  organizationId: string
  userId?: string
  states?: readonly JobState[]
  limit: number
  cursor?: string
}

export interface JobEngine<Input> {
  /** Admission and birth. What the ledger refuses is thrown, but for an old policy, which is for `underPolicy`. */
  create(job: NewJob<Input>): Promise<CreatedJob<Input> | PolicyRefusal>
  /** Works at it here until it has ended, or waits for whoever does. */
  drive(input: DriveInput<Input>): Promise<StoredJob<Input>>
  /** For the queue's consumer: what can be done now. Throws where it is to be sent again. */
  work(message: JobMessage): Promise<void>
  /** Has no effect on what is kept already, or has ended. Once it answers, the money is free again. */
  cancel(which: One): Promise<StoredJob<Input>>
  /** A new job instead of one that ended without success; once, however often it is pressed. */
  retry(old: StoredJob<Input>, job: NewJob<Input>): Promise<CreatedJob<Input> | PolicyRefusal>
  /** Somebody says that the provider is done: look now. */
  wake(message: JobMessage): Promise<void>
  /** Sends what is overdue to the queue again. How many. */
  sweep(): Promise<number>
  /** `not_found` where there is none. */
  get(which: One): Promise<StoredJob<Input>>
  findByRequest(which: { organizationId: string; requestId: string }): Promise<StoredJob<Input> | null>
  /** Newest first. */
  list(query: JobList): Promise<{ data: StoredJob<Input>[]; nextCursor: string | null }>
  /** Of every organization, for operators. */
  deadLetters(query: {
    limit: number
    cursor?: string
  }): Promise<{ data: StoredJob<Input>[]; nextCursor: string | null }>
  /** `not_found` where it is no dead letter. */
  getDeadLetter(which: { jobId: string }): Promise<StoredJob<Input>>
  /** How many rows are gone. */
  eraseFor(erasure: Erasure): Promise<number>
  toJob(row: StoredJob<Input>): Job
}
