import type { LanguageEvent } from '../spec/language-model.ts'

/** Events that are all there already, as a stream. */
export async function* fromList(events: LanguageEvent[]): AsyncGenerator<LanguageEvent> {
  yield* events
}
