// Where an organization's own records meet the path of a paid answer. Most organizations keep none, and their calls pay
// nothing for them: they are made by a function that answers null.
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { ProblemCode } from '#shared/http/problems'
import type { Usage } from '#shared/lib/money'
import type { Ending } from '#shared/metering/charge'

export interface LoggedRequest {
  organizationId: string
  requestId: string
  /** The key's or member's id. */
  payerId: string
  snapshot: PolicySnapshot
  /** The address that was called. */
  path: string
  /** What the caller sent, without the platform's own parameters. */
  body: unknown
  /** The model that was asked for, as the caller wrote it. */
  asked: string
  streams: boolean
}

export interface LoggedOutcome {
  /** The member who pays: the caller, or who made their key; null where that was not found out. */
  userId: string | null
  status: number
  /** Why it was refused or failed; null for an answer. */
  code: ProblemCode | null
  /** Who served it or was asked last; null where nobody was. */
  model: string | null
  provider: string | null
  attempts: number
  cache: 'hit' | 'miss' | null
  /** The answer was given before, for the same Idempotency-Key. */
  replayed: boolean
  ending: Ending | null
  usage: Usage
  amountMicros: number
  estimated: boolean
  /** Until the first byte could be sent; null where none was. */
  firstByteMs: number | null
  ms: number
  findings: string[]
}

export interface RequestRecord {
  /** Sees what the caller is sent, as it is sent. Absent where the content is not kept. */
  record?(bytes: Uint8Array): void
  /** Once, however it ended. Runs after the caller was answered. */
  end(outcome: LoggedOutcome): Promise<void>
}

/** Null where nothing is kept of this request. Asked once its caller is known to be who they say. */
export type RequestLog = (request: LoggedRequest) => RequestRecord | null
