// Keeps what a caller is sent, so that the same Idempotency-Key can be given it again.
import type { Charge, Ending } from '#shared/metering/charge'
import type { MeteredCall } from '#shared/metering/metered-call'
import { Problem } from '#shared/http/problems'
import { lastingHeaders } from '../answer-headers.ts'
import { createByteCollector } from '../byte-collector.ts'
import { toBytes } from '../dialects/server-sent-events.ts'
import type { AnswerOwner, KeptAnswers } from './kept-answers.ts'

export interface Recorder {
  record(bytes: Uint8Array): void
}

export interface RecorderInput {
  call: MeteredCall
  owner: AnswerOwner
  answers: KeptAnswers
  headers: Record<string, string>
  /** How a recording that its first caller did not stay for ends. */
  errorEvent: (problem: Problem) => string
}

const cutForYou = () =>
  new Problem(
    'client_closed_request',
    'The first caller with this Idempotency-Key went away before the answer was complete; this is what had been delivered. Use a new key for a whole answer.',
  )

export function createRecorder({ call, owner, answers, headers, errorEvent }: RecorderInput): Recorder {
  const collector = createByteCollector()
  // What was charged has used its key, kept or not: one that is too long, or that could not be stored, is told to
  // who asks again as no longer kept. It is never made and charged a second time.
  call.keepWith(async (charge: Charge, ending: Ending) => {
    if (ending === 'left') collector.add(toBytes(errorEvent(cutForYou())))
    const body = collector.whole()
    if (!body) return
    await answers.keep(owner, {
      requestId: call.requestId,
      status: 200,
      headers: { ...lastingHeaders(headers), 'x-riwaq-cost-micros': String(charge.amountMicros) },
      body,
    })
  })
  return { record: (bytes) => collector.add(bytes) }
}
