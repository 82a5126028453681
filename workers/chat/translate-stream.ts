// A vendor's events to a caller of another dialect, one server-sent event for each as it arrives.
import { estimateTextTokens } from '#shared/catalog/estimate-tokens'
import type { Problem } from '#shared/http/problems'
import { createEventTally } from '#shared/metering/event-tally'
import type { MeteredCall } from '#shared/metering/metered-call'
import { meteredStream } from '#shared/metering/metered-stream'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import type { EventWriter } from './dialects/dialect.ts'
import { toBytes } from './dialects/server-sent-events.ts'

type Finish = Extract<LanguageEvent, { type: 'finish' }>

export interface TranslateStreamInput {
  call: MeteredCall
  events: AsyncIterator<LanguageEvent>
  writer: EventWriter
  errorEvent: (problem: Problem) => string
  record?: (bytes: Uint8Array) => void
  countsUnseen: boolean
}

/** Where the vendor gave no count, the caller is told ours, as they are charged. */
export const usageOrEstimate = (finish: Finish, estimated: { promptTokens: number; outputTokens: number }) =>
  finish.usage ?? { input_tokens: estimated.promptTokens, output_tokens: estimated.outputTokens }

export function translateStream({
  call,
  events: iterator,
  writer,
  errorEvent,
  record,
  countsUnseen,
}: TranslateStreamInput): ReadableStream<Uint8Array> {
  const tally = createEventTally(estimateTextTokens)
  let finish: Finish | null = null
  let begun = false
  let cancel: () => void = () => {}
  const cancelled = new Promise<undefined>((resolve) => (cancel = () => resolve(undefined)))
  call.tallyWith(tally.tally)

  const begin = () => {
    if (begun) return ''
    begun = true
    return writer.begin()
  }

  return meteredStream<LanguageEvent>({
    call,
    record,
    countsUnseen,
    source: {
      next: async () => {
        const result = await Promise.race([iterator.next(), cancelled])
        return result && !result.done ? result.value : undefined
      },
      cancel() {
        cancel()
        void Promise.resolve(iterator.return?.()).catch(() => undefined)
      },
    },
    pass(event) {
      tally.count(event)
      if (event.type === 'finish') {
        finish = event
        return null
      }
      return toBytes(begin() + writer.write(event))
    },
    isWhole: () => finish !== null,
    close(problem) {
      if (problem) return toBytes(writer.fail ? begin() + writer.fail(problem) : errorEvent(problem))
      if (!finish) return null
      const usage = usageOrEstimate(finish, {
        promptTokens: call.promptTokens,
        outputTokens: tally.tally().outputTokens,
      })
      const opening = begin()
      const last = writer.end(finish, usage)
      return typeof last === 'string' ? toBytes(opening + last) : last.then((text) => toBytes(opening + text))
    },
  })
}
