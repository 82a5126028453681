// What a kind of job must know how to do. The engine decides when, how often and whether at all; it never loses one, and
// never charges one twice or for nothing.
import type { JobFault, JobStage, JobState } from '../contracts/jobs.ts'
import type { UnitPrices, Usage } from '../lib/money.ts'

/**
 * Where a running job is: what a Worker that finds it half done does next.
 * ask → wait → keep decide nothing and may be done again. `charge` is the point of no return: the product is kept, and
 * the job will succeed. `release` is the other one: it will end as `fate` says, with nothing kept and nothing charged.
 */
export const jobPhases = ['arm', 'ask', 'wait', 'charge', 'publish', 'release', 'done'] as const
export type JobPhase = (typeof jobPhases)[number]

export interface JobCharge {
  amountMicros: number
  usage: Usage
  price: UnitPrices
  costMicros: number
  estimated: boolean
}

/** What was kept of a product: enough to charge and publish it without asking anybody again. */
export interface KeptProduct {
  itemIds: string[]
  charge: JobCharge
  /** Whatever else the answer needs: seeds, revised prompts. */
  facts: Record<string, unknown>
}

export interface JobRow<Input = unknown> {
  id: string
  organizationId: string
  /** Who asked, or made the key that asked. */
  userId: string
  keyId: string | null
  service: string
  kind: string
  /** Names the hold and the charge. */
  requestId: string
  state: JobState
  phase: JobPhase
  stage: JobStage
  progress: number | null
  attempts: number
  model: string
  provider: string
  input: Input
  /** The provider's, while it is waited for. */
  operation: string | null
  product: KeptProduct | null
  heldMicros: number
  costMicros: number
  fault: JobFault | null
  /** Where the retries ran out: shown to operators, who may have it done again. */
  dead: boolean
  createdAt: number
  startedAt: number | null
  endedAt: number | null
  deadlineAt: number
  /** Nothing is to be done before that. */
  nextLookAt: number
}

export interface JobTools {
  /** Fires when the job is cancelled, its deadline passes, or this Worker must let go of it. */
  signal: AbortSignal
  now(): number
  report(progress: { stage?: JobStage; progress?: number }): void
  /** A picture that is not final. Told to whoever watches, never kept. */
  preview(picture: { index: number; bytes: Uint8Array; mediaType: string }): void
}

export type Asked<Raw> =
  | { done: Raw }
  /** The provider works on it. `afterMs`: when to look again. */
  | { operation: string; afterMs?: number; progress?: number | null }

export interface JobHandler<Input, Raw> {
  service: string
  /** What of its input its owner is shown. */
  show(input: Input): Record<string, unknown>
  /** How often the provider is asked at the most, all in all. */
  maxAttempts: number
  /** Asks the provider from the beginning. Throws a Problem; whether asking again may help is its code's `retry`. */
  ask(job: JobRow<Input>, tools: JobTools): Promise<Asked<Raw>>
  /** Looks after what was begun. */
  look(job: JobRow<Input>, tools: JobTools): Promise<Asked<Raw>>
  /** Checks and keeps the product where nobody sees it. The same names at every try. */
  keep(job: JobRow<Input>, raw: Raw, tools: JobTools): Promise<KeptProduct>
  /** Shows what was kept. Idempotent. */
  publish(job: JobRow<Input>): Promise<void>
  /** Forgets what was kept, if anything was. Idempotent. */
  discard(job: JobRow<Input>): Promise<void>
  /** Stops the provider as well as can be. Never fails a job. */
  stop(job: JobRow<Input>): Promise<void>
}
