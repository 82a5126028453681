// The guide as a language model: whole words at a pace, within its limits, counted by the same rule that prices it.
import type { ModelTraits } from '#shared/contracts/model'
import { estimateRequestTokens, estimateTextTokens } from '#shared/catalog/estimate-tokens'
import { fitRequest } from '../kit/fit-request.ts'
import type { Wait } from '../kit/wait.ts'
import type { FinishReason, LanguageEvent, LanguageModel, LanguageRequest } from '../spec/language-model.ts'
import { answer } from './answer.ts'

/** A word with the space before it, so that no letter ever travels alone: Arabic letters join. */
const WORDS = /\s*\S+/g

function cutAtStop(text: string, stop: string[]): { text: string; stopSequence?: string } {
  const [first] = stop
    .filter((sequence) => sequence !== '' && text.includes(sequence))
    .toSorted((a, b) => text.indexOf(a) - text.indexOf(b))
  return first === undefined ? { text } : { text: text.slice(0, text.indexOf(first)), stopSequence: first }
}

interface Speech {
  request: LanguageRequest
  signal: AbortSignal
  pace: (signal: AbortSignal) => Promise<void> | undefined
}

async function* speak({ request, signal, pace }: Speech): AsyncGenerator<LanguageEvent> {
  const { text, stopSequence } = cutAtStop(answer(request.messages), request.stop ?? [])
  let reason: FinishReason = stopSequence === undefined ? 'stop' : 'stop-sequence'
  let said = ''
  for (const word of text.match(WORDS) ?? []) {
    signal.throwIfAborted()
    if (request.maxOutputTokens !== undefined && estimateTextTokens(said + word) > request.maxOutputTokens) {
      reason = 'length'
      break
    }
    await pace(signal)
    signal.throwIfAborted()
    said += word
    yield { type: 'text-delta', text: word }
  }
  const usage = { input_tokens: estimateRequestTokens(request), output_tokens: estimateTextTokens(said) }
  yield { type: 'finish', reason, ...(reason === 'stop-sequence' && { stopSequence }), usage }
}

export const createGuide = (input: {
  traits: ModelTraits
  millisecondsPerWord: number
  wait?: Wait
}): LanguageModel => ({
  stream: async (asked, { signal }) => {
    signal.throwIfAborted()
    const { request, warnings } = fitRequest(asked, input.traits)
    return {
      events: speak({ request, signal, pace: (stop) => input.wait?.(input.millisecondsPerWord, stop) }),
      warnings,
    }
  },
})
