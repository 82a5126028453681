// An answer that a moderation model looks at: what might be withheld waits until it has been judged, piece by piece.
import type { LanguageEvent } from '#shared/providers/spec/language-model'

/** So much text is judged at once. Smaller pieces come sooner and say less. */
const PIECE = 1_000

export interface Judging {
  /** May this be passed on? Told what came since it was last asked. */
  mayPass(text: string): Promise<boolean>
  /** Told everything that was passed on, at the end. */
  lookAt?(text: string): Promise<void>
}

const textOf = (event: LanguageEvent): string =>
  event.type === 'text-delta' || event.type === 'reasoning-delta'
    ? event.text
    : event.type === 'tool-call-delta'
      ? event.input
      : ''

export const withheld: LanguageEvent = { type: 'finish', reason: 'content-filter', usage: null }

/** Only what blocks keeps anything waiting. */
export async function* judgedPieces(
  events: AsyncIterable<LanguageEvent>,
  mayPass: Judging['mayPass'],
): AsyncGenerator<LanguageEvent, void, void> {
  let waiting: LanguageEvent[] = []
  let text = ''
  for await (const event of events) {
    waiting.push(event)
    text += textOf(event)
    if (text.length < PIECE && event.type !== 'finish') continue
    if (text !== '' && !(await mayPass(text))) {
      yield withheld
      return
    }
    yield* waiting
    waiting = []
    text = ''
  }
  yield* waiting
}

export async function* lookedAt(
  events: AsyncIterable<LanguageEvent>,
  look: NonNullable<Judging['lookAt']>,
): AsyncGenerator<LanguageEvent, void, void> {
  let text = ''
  for await (const event of events) {
    text += textOf(event)
    if (event.type === 'finish' && text !== '') await look(text)
    yield event
  }
}
