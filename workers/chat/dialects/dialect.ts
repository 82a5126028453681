// What a public dialect must be able to do, so that one path serves them all.
import type { Problem } from '#shared/http/problems'
import type { Usage } from '#shared/lib/money'
import type { Tally } from '#shared/metering/charge'
import type { Dialect as DialectName, LanguageEvent } from '#shared/providers/spec/language-model'
import type { CollectedAnswer } from './collect-answer.ts'
import type { AnswerIdentity } from './answer-identity.ts'
import type { Translation } from './translation.ts'

/** Writes one answer as a stream; every answer is text to be sent at once ('' for nothing). */
export interface EventWriter {
  begin(): string
  write(event: Exclude<LanguageEvent, { type: 'finish' }>): string
  end(finish: Extract<LanguageEvent, { type: 'finish' }>, usage: Usage): string
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
  parse(body: unknown): Body
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
  toAnswer(answer: CollectedAnswer, usage: Usage, identity: AnswerIdentity): unknown
  createEventWriter(identity: AnswerIdentity, body: Body): EventWriter
  /** The last event of a stream that broke off. */
  errorEvent(problem: Problem, requestId: string): string
  toVendorBody(input: { body: Body; upstream: string; maxOutputTokens: number }): Record<string, unknown>
  /** Whether the vendor's usage-only event must be kept from a caller who did not ask for it. */
  hidesUsageEvent(body: Body): boolean
  createStreamReader(): StreamReader
  /** A whole answer of the vendor. */
  readWhole(body: Record<string, unknown>): Pick<Tally, 'usage'> & { text: string }
}
