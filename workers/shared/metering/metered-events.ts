// A provider's events, metered: what is passed on is counted, and however the iteration ends (to its end, cut
// by the provider, stopped by its signal, abandoned by its reader), the call is settled once.
import type { Problem } from '../http/problems.ts'
import { toProviderCut } from './provider-cut.ts'
import type { LanguageEvent } from '../providers/spec/language-model.ts'
import { createEventTally, type EstimateText } from './event-tally.ts'
import type { MeteredCall } from './metered-call.ts'

/** The next event, or the reason why the call was stopped: a provider that ignores its signal cannot hold us up. */
function createNext(events: AsyncIterable<LanguageEvent>, call: MeteredCall) {
  const iterator = events[Symbol.asyncIterator]()
  let refuse: ((problem: Problem) => void) | null = null
  call.onStop((problem) => refuse?.(problem))
  return {
    next: () =>
      new Promise<IteratorResult<LanguageEvent>>((resolve, reject) => {
        const stopped = call.stopped()
        if (stopped) return reject(stopped)
        refuse = reject
        iterator.next().then(resolve, reject)
      }),
    close: () => void Promise.resolve(iterator.return?.()).catch(() => undefined),
  }
}

export interface MeteredEventsInput {
  call: MeteredCall
  events: AsyncIterable<LanguageEvent>
  estimateText: EstimateText
  /** The answer is handed over at its end: until then nothing has been delivered, and who hands it over (or asks somebody else) ends the call. */
  whole?: boolean
}

export async function* meteredEvents({
  call,
  events,
  estimateText,
  whole = false,
}: MeteredEventsInput): AsyncGenerator<LanguageEvent, void, void> {
  const tally = createEventTally(estimateText)
  call.tallyWith(() => (whole ? { ...tally.tally(), delivered: false } : tally.tally()))
  const source = createNext(events, call)
  let ending: 'complete' | 'cut' | 'left' = 'left'
  try {
    for (;;) {
      const { done, value } = await source.next()
      if (done) break
      call.alive()
      tally.count(value)
      if (tally.finished()) {
        // Settled before its reader hears of it, so that a reader who stops here has stopped at the end.
        ending = 'complete'
        if (!whole) call.end('complete')
      }
      yield value
    }
    if (!tally.finished()) throw toProviderCut()
  } catch (error) {
    if (ending !== 'complete') ending = 'cut'
    throw call.stopped() ?? toProviderCut(error)
  } finally {
    if (ending !== 'complete' && !whole) call.end(ending)
    source.close()
  }
}
