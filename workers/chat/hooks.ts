// Where an organization's own rules and records meet the path of a paid answer. Most organizations have neither, and
// their calls pay nothing for them: both are made by a function that answers null.
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { ProblemCode } from '#shared/http/problems'
import type { Usage } from '#shared/lib/money'
import type { Ending } from '#shared/metering/charge'
import type { MeterContext } from '#shared/metering/metered-call'
import type { LanguageEvent, LanguageRequest } from '#shared/providers/spec/language-model'

/** The guardrails of one call. */
export interface Guard {
  /** True where the caller's own bytes may not pass untranslated: the request is masked, or the answer is looked at. */
  translates: boolean
  /**
   * Before anything is held, and without asking anybody: the request as it may be sent (the same object where
   * nothing was changed). Throws `content_rejected`.
   */
  screen(request: LanguageRequest): LanguageRequest
  /** After admission, before anything is sent: what must ask somebody else. Throws `content_rejected`; nothing is charged. */
  examine?(request: LanguageRequest, options: { signal: AbortSignal }): Promise<void>
  /**
   * The answer as it may be passed on; absent: as it came. What it throws itself ends the answer: the provider is
   * stopped, and what it had said is charged.
   */
  filter?(events: AsyncIterable<LanguageEvent>): AsyncIterable<LanguageEvent>
  /** What was found so far, for a header and the log: names of rules, never what they matched. */
  findings(): string[]
}

export interface GuardInput {
  organizationId: string
  requestId: string
  snapshot: PolicySnapshot
  /** For what a guardrail asks of a model: it is paid for like every call. */
  meter: MeterContext
}

/** Null where no rule applies. */
export type Guardrails = (input: GuardInput) => Guard | null

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
