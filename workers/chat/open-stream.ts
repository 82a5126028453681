import type { MeteredCall } from '#shared/metering/metered-call'
import { toProviderCut } from '#shared/metering/provider-cut'
import { untilStopped } from '#shared/metering/until-stopped'
import type { LanguageEvent, LanguageModel, LanguageRequest, Warning } from '#shared/providers/spec/language-model'
import { guardedEvents } from './guarded-events.ts'
import type { Guard } from '#shared/guardrails/guard-types'

export interface OpenedStream {
  /** What came before anything could be passed on. */
  first: LanguageEvent
  /** All of it, the first included. */
  events: AsyncIterable<LanguageEvent>
  warnings: Warning[]
}

function withFirst(first: LanguageEvent, rest: AsyncIterator<LanguageEvent>): AsyncIterable<LanguageEvent> {
  let waiting: LanguageEvent | null = first
  const iterator: AsyncIterator<LanguageEvent> = {
    next() {
      const value = waiting
      if (!value) return rest.next()
      waiting = null
      return Promise.resolve({ done: false, value })
    },
    return: () => rest.return?.() ?? Promise.resolve({ done: true, value: undefined }),
  }
  return { [Symbol.asyncIterator]: () => iterator }
}

/** One attempt at a vendor in the house's words, until its first event. Throws where there is none. */
export async function openStream({
  call,
  language,
  request,
  guard = null,
}: {
  call: MeteredCall
  language: LanguageModel
  request: LanguageRequest
  guard?: Guard | null
}): Promise<OpenedStream> {
  call.sent()
  const { events, warnings } = await untilStopped(
    call,
    language.stream({ ...request, maxOutputTokens: call.maxOutputTokens }, { signal: call.signal }),
  )
  const iterator = (guard?.filter ? guardedEvents({ call, guard, events }) : events)[Symbol.asyncIterator]()
  const { done, value: first } = await untilStopped(call, iterator.next()).catch((error: unknown) => {
    throw call.stopped() ?? toProviderCut(error)
  })
  if (done) throw toProviderCut()
  return { first, events: withFirst(first, iterator), warnings }
}
