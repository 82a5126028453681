// One attempt at a vendor who does not speak the caller's dialect. Throws where there is nothing to pass on; whoever
// asked decides what then.
import { estimateTextTokens } from '#shared/catalog/estimate-tokens'
import type { Problem } from '#shared/http/problems'
import type { Clock } from '#shared/lib/clock'
import type { MeteredCall } from '#shared/metering/metered-call'
import { meteredEvents } from '#shared/metering/metered-events'
import type { LanguageModel, Warning } from '#shared/providers/spec/language-model'
import type { AnswerHeaders } from './answer-headers.ts'
import type { AnswerIdentity } from './dialects/answer-identity.ts'
import { collectAnswer, type AnswerPart } from './dialects/collect-answer.ts'
import type { ChatDialect, KeepAnswer } from './dialects/dialect.ts'
import { toBytes } from './dialects/server-sent-events.ts'
import type { Translation } from './dialects/translation.ts'
import type { Guard } from '#shared/guardrails/guard-types'
import { openStream, type OpenedStream } from './open-stream.ts'
import { translateStream } from './translate-stream.ts'

export interface TranslateInput<Body> {
  call: MeteredCall
  language: LanguageModel
  dialect: ChatDialect<Body>
  body: Body
  translation: Translation
  guard: Guard | null
  /** Another than the model that was named may answer: the answer says which did. */
  routed: boolean
  /** The model counts at its end what nobody has seen: reasoning that it does not show. */
  countsUnseen: boolean
  headers: AnswerHeaders
  errorEvent: (problem: Problem) => string
  recorderFor: (headers: Record<string, string>) => ((bytes: Uint8Array) => void) | undefined
  keep?: KeepAnswer | null
  clock: Clock
}

const writtenIn = (part: AnswerPart): string => (part.type === 'tool-call' ? part.name + part.input : part.text)

export const identityOf = <Body>({
  call,
  dialect,
  body,
  clock,
  routed,
}: {
  call: MeteredCall
  dialect: ChatDialect<Body>
  body: Body
  clock: Clock
  routed: boolean
}): AnswerIdentity => ({
  id: dialect.createId(),
  model: routed ? call.model.id : dialect.modelOf(body),
  at: clock(),
  promptTokens: call.promptTokens,
})

const toWarningText = ({ parameter, message }: Warning): string => `${parameter}: ${message}`

async function translateWhole<Body>(
  input: TranslateInput<Body>,
  stream: OpenedStream,
  warnings: string[],
): Promise<Response> {
  const { call, dialect, headers, recorderFor } = input
  const answer = await collectAnswer(
    meteredEvents({ call, events: stream.events, estimateText: estimateTextTokens, whole: true }),
  )
  const usage = answer.usage ?? {
    input_tokens: call.promptTokens,
    output_tokens: estimateTextTokens(answer.parts.map(writtenIn).join('')),
  }
  const text = JSON.stringify(await dialect.toAnswer(answer, usage, identityOf(input), input.body, input.keep ?? null))
  recorderFor(headers.with({ warnings }))?.(toBytes(text))
  const charge = call.end('complete')
  return new Response(text, { headers: headers.with({ warnings, costMicros: charge?.amountMicros ?? 0 }) })
}

export async function translateAnswer<Body>(input: TranslateInput<Body>): Promise<Response> {
  const { call, language, dialect, body, translation, guard, headers, errorEvent, recorderFor } = input
  const stream = await openStream({ call, language, request: translation.request, guard })
  const warnings = [...translation.warnings, ...stream.warnings].map(toWarningText)
  if (!dialect.streams(body)) return translateWhole(input, stream, warnings)
  const events = stream.events[Symbol.asyncIterator]()
  const sent = headers.with({ warnings })
  const writer = dialect.createEventWriter(identityOf(input), body, input.keep ?? null)
  return new Response(
    translateStream({ call, events, writer, errorEvent, record: recorderFor(sent), countsUnseen: input.countsUnseen }),
    {
      headers: sent,
    },
  )
}
