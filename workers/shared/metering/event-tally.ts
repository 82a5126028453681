// Counts an answer as its events pass: the provider's count where it comes, our estimate of what was passed on.
import type { LanguageEvent } from '../providers/spec/language-model.ts'
import type { Usage } from '../lib/money.ts'
import type { Tally } from './charge.ts'

/** Text is kept until somebody asks, because most answers end with the provider's own count. */
const FOLD_CHARACTERS = 65_536

export type EstimateText = (text: string) => number

export interface EventTally {
  count(event: LanguageEvent): void
  /** Whether the last event of a complete answer has passed. */
  finished(): boolean
  tally(): Tally
}

const textOf = (event: LanguageEvent): string =>
  event.type === 'text-delta' || event.type === 'reasoning-delta'
    ? event.text
    : event.type === 'tool-call-delta'
      ? event.input
      : event.type === 'tool-call-start'
        ? event.name
        : ''

export function createEventTally(estimateText: EstimateText): EventTally {
  let usage: Usage | null = null
  let finished = false
  let estimated = false
  let delivered = false
  let folded = 0
  let pending: string[] = []
  let pendingCharacters = 0

  function fold() {
    if (pendingCharacters > 0) folded += estimateText(pending.join(''))
    pending = []
    pendingCharacters = 0
  }

  return {
    count(event) {
      if (event.type === 'finish') {
        finished = true
        usage = event.usage
        estimated = event.estimated === true
        return
      }
      delivered = true
      const text = textOf(event)
      pending.push(text)
      pendingCharacters += text.length
      if (pendingCharacters > FOLD_CHARACTERS) fold()
    },
    finished: () => finished,
    tally() {
      if (!usage) fold()
      return {
        usage,
        promptUsage: null,
        outputTokens: folded,
        delivered,
        begun: delivered,
        ...(estimated && { estimated }),
      }
    },
  }
}
