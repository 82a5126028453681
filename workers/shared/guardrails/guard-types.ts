// Where an organization's own rules meet what is sent to a model and what comes back. Most organizations have none, and
// their calls pay nothing for them: a function that answers null.
import type { PolicySnapshot } from '#shared/contracts/policy'
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
