// A provider's answer through its organization's rules. Where the rules end it, that is no failure of the provider: it
// is stopped, and what it had said is charged.
import { estimateTextTokens } from '#shared/catalog/estimate-tokens'
import { createEventTally } from '#shared/metering/event-tally'
import type { MeteredCall } from '#shared/metering/metered-call'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import type { Guard } from '#shared/guardrails/guard-types'

export async function* guardedEvents({
  call,
  guard,
  events,
}: {
  call: MeteredCall
  guard: Guard
  events: AsyncIterable<LanguageEvent>
}): AsyncGenerator<LanguageEvent, void, void> {
  const tally = createEventTally(estimateTextTokens)
  let ownFailure = false

  async function* counted() {
    try {
      for await (const event of events) {
        tally.count(event)
        yield event
      }
    } catch (error) {
      ownFailure = true
      throw error
    }
  }

  /** An answer that the rules ended has no count of its provider's; it is charged for what that had said, not for what was let through. */
  function finished(event: Extract<LanguageEvent, { type: 'finish' }>): LanguageEvent {
    if (event.usage) return event
    const { usage, outputTokens } = tally.tally()
    if (usage) return { ...event, usage }
    return { ...event, usage: { input_tokens: call.promptTokens, output_tokens: outputTokens }, estimated: true }
  }

  try {
    for await (const event of guard.filter?.(counted()) ?? counted())
      yield event.type === 'finish' ? finished(event) : event
  } catch (error) {
    if (!ownFailure) {
      call.tallyWith(() => ({ ...tally.tally(), delivered: true }))
      call.end('cut')
    }
    throw error
  }
}
