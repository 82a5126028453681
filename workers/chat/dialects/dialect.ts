// What a public dialect must be able to do, so that one path serves them all.
import type { OrganizationPolicy } from '#shared/contracts/policy'
import type { Logger } from '#shared/http/log'
import type { Problem } from '#shared/http/problems'
import type { Clock } from '#shared/lib/clock'
import type { Usage } from '#shared/lib/money'
import type { Tally } from '#shared/metering/charge'
import type { LanguageModels } from '#shared/providers/language-models'
import type { Dialect as DialectName, LanguageEvent } from '#shared/providers/spec/language-model'
import type { StoredResponses } from '../responses/stored-responses.ts'
import type { CollectedAnswer } from './collect-answer.ts'
import type { AnswerIdentity } from './answer-identity.ts'
import type { Translation } from './translation.ts'

/** Writes one answer as a stream; every answer is text to be sent at once ('' for nothing). */
export interface EventWriter {
  begin(): string
  write(event: Exclude<LanguageEvent, { type: 'finish' }>): string
  end(finish: Extract<LanguageEvent, { type: 'finish' }>, usage: Usage): string | Promise<string>
  /** How a stream that broke off ends, where that depends on what was written; `errorEvent` where absent. */
  fail?(problem: Problem): string
}

/** Changes what a vendor's own answer says of itself, and holds its end back until the answer is kept. */
export interface RelayEditor {
  /** Whole events of a stream, as they come. */
  pass(events: Uint8Array): Uint8Array
  /** The end of a stream that is whole. */
  end(): Promise<Uint8Array | null>
  /** The end of one that broke off. */
  fail(problem: Problem): Uint8Array
  /** An answer in one piece. */
  whole(answer: Record<string, unknown>): Promise<Record<string, unknown>>
}

/** Keeps a whole answer, so that a later request can go on from it. False where it could not be kept. Never throws. */
export type KeepAnswer = (answer: unknown) => Promise<boolean>

/** What a request may name that is kept here. */
export interface DialectContext {
  organizationId: string
  responses: StoredResponses
  models: LanguageModels
  clock: Clock
  logger?: Logger
  /** Throws where the caller turns out to be nobody: before admission a key is only a claim. */
  known(): Promise<void>
}

/** Reads a vendor's stream that is passed through untranslated. */
export interface StreamReader {
  /** One event's `data`. */
  read(data: string): void
  usage(): Usage | null
  promptUsage(): Usage | null
  /** Text that came since it was last asked for. */
  takeText(): string
  /** The vendor said that the answer is whole. */
  finished(): boolean
  /** The vendor itself told the caller of an error. */
  failed(): boolean
}

export interface ChatDialect<Body> {
  name: DialectName
  path: string
  /** Whether its bodies have room for the platform's own parameters, `models` and `provider`. */
  routesInBody?: boolean
  parse(body: unknown): Body
  /** Reads what the body only names (an earlier answer), so that the request is whole. */
  complete?(body: Body, ctx: DialectContext): Promise<Body>
  /** How this answer is kept beyond the call; null where it is not to be. */
  keeperOf?(body: Body, ctx: DialectContext & { policy: OrganizationPolicy; userId: string | null }): KeepAnswer | null
  /** Parameters of the body that this dialect does not know. */
  unknownParameters(body: Body): string[]
  /** How many characters of the body no schema reads: what a vendor that takes them may count as prompt. */
  unreadCharacters(body: Body): number
  toLanguageRequest(body: Body): Translation
  /** How many answers one call asks for. */
  answers(body: Body): number
  streams(body: Body): boolean
  modelOf(body: Body): string
  createId(): string
  toAnswer(
    answer: CollectedAnswer,
    usage: Usage,
    identity: AnswerIdentity,
    body: Body,
    keep: KeepAnswer | null,
  ): unknown
  createEventWriter(identity: AnswerIdentity, body: Body, keep: KeepAnswer | null): EventWriter
  /** The last event of a stream that broke off. */
  errorEvent(problem: Problem, requestId: string): string
  toVendorBody(input: { body: Body; upstream: string; maxOutputTokens: number }): Record<string, unknown>
  /** Whether the vendor's usage-only event must be kept from a caller who did not ask for it. */
  hidesUsageEvent(body: Body): boolean
  createStreamReader(): StreamReader
  /** Absent: a vendor's answer is passed on as it is. */
  createRelayEditor?(identity: AnswerIdentity, body: Body, keep: KeepAnswer | null): RelayEditor
  /** A whole answer of the vendor. */
  readWhole(body: Record<string, unknown>): Pick<Tally, 'usage'> & { written: () => string }
}
