// A call to a vendor who does not speak the caller's dialect.
import { estimateTextTokens } from '#shared/catalog/estimate-tokens'
import type { Problem } from '#shared/http/problems'
import type { Clock } from '#shared/lib/clock'
import type { MeteredCall } from '#shared/metering/metered-call'
import { meteredEvents } from '#shared/metering/metered-events'
import { toProviderCut } from '#shared/metering/provider-cut'
import { untilStopped } from '#shared/metering/until-stopped'
import type { LanguageEvent, LanguageModel, LanguageStream, Warning } from '#shared/providers/spec/language-model'
import type { AnswerHeaders } from './answer-headers.ts'
import type { AnswerIdentity } from './dialects/answer-identity.ts'
import { collectAnswer, type AnswerPart } from './dialects/collect-answer.ts'
import type { ChatDialect, KeepAnswer } from './dialects/dialect.ts'
import { toBytes } from './dialects/server-sent-events.ts'
import type { Translation } from './dialects/translation.ts'
import { openStream } from './open-stream.ts'
import { translateStream } from './translate-stream.ts'

export interface TranslateInput<Body> {
  call: MeteredCall
  language: LanguageModel
  dialect: ChatDialect<Body>
  body: Body
  translation: Translation
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
}: {
  call: MeteredCall
  dialect: ChatDialect<Body>
  body: Body
  clock: Clock
}): AnswerIdentity => ({
  id: dialect.createId(),
  model: dialect.modelOf(body),
  at: clock(),
  promptTokens: call.promptTokens,
})

const toWarningText = ({ parameter, message }: Warning): string => `${parameter}: ${message}`

/** Until the first event a provider's failure still has a status of its own. */
async function firstEvent(call: MeteredCall, events: AsyncIterator<LanguageEvent>): Promise<LanguageEvent> {
  try {
    const { done, value } = await untilStopped(call, events.next())
    if (done) throw toProviderCut()
    return value
  } catch (error) {
    call.end('failed')
    throw call.stopped() ?? toProviderCut(error)
  }
}

async function translateWhole<Body>(
  input: TranslateInput<Body>,
  stream: LanguageStream,
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
  const whole = dialect.toAnswer(answer, usage, identityOf(input), input.body)
  await input.keep?.(whole)
  const text = JSON.stringify(whole)
  recorderFor(headers.with({ warnings }))?.(toBytes(text))
  const charge = call.end('complete')
  return new Response(text, { headers: headers.with({ warnings, costMicros: charge?.amountMicros ?? 0 }) })
}

export async function translateAnswer<Body>(input: TranslateInput<Body>): Promise<Response> {
  const { call, language, dialect, body, translation, headers, errorEvent, recorderFor } = input
  const stream = await openStream({ call, language, request: translation.request })
  const warnings = [...translation.warnings, ...stream.warnings].map(toWarningText)
  if (!dialect.streams(body)) return translateWhole(input, stream, warnings)
  const events = stream.events[Symbol.asyncIterator]()
  const first = await firstEvent(call, events)
  const sent = headers.with({ warnings })
  const writer = dialect.createEventWriter(identityOf(input), body, input.keep ?? null)
  return new Response(translateStream({ call, events, first, writer, errorEvent, record: recorderFor(sent) }), {
    headers: sent,
  })
}
