// Reads OpenAI's stream and whole answers as they pass untranslated, for what they say of usage, text and the end.
import type { Usage } from '#shared/lib/money'
import { isEmptyUsage } from '#shared/metering/hold'
import { usageFromOpenAI } from '#shared/providers/kit/openai-protocol/usage'
import { isRecord, listOf, parseRecord, textOf } from '../loose.ts'
import type { StreamReader } from '../dialect.ts'

/** A server that counts nothing says zero: that is no count. */
function readUsage(value: unknown): Usage | null {
  const usage = usageFromOpenAI(value)
  return usage && !isEmptyUsage(usage) ? usage : null
}

/** Groq's own place for it, where its caller has not asked for OpenAI's. */
const inGroq = (value: unknown): unknown => (isRecord(value) ? value['usage'] : undefined)

/** All that the model wrote: text, refusal, reasoning, and what it asks of tools. */
function textOfMessage(message: Record<string, unknown>): string {
  const calls = listOf(message['tool_calls']).flatMap((call) => [call['function'], call['custom']].filter(isRecord))
  const legacy = isRecord(message['function_call']) ? [message['function_call']] : []
  const called = [...calls, ...legacy]
    .map((call) => textOf(call['name']) + textOf(call['arguments']) + textOf(call['input']))
    .join('')
  return (
    textOf(message['content']) +
    textOf(message['refusal']) +
    (textOf(message['reasoning_content']) || textOf(message['reasoning'])) +
    called
  )
}

export function createStreamReader(): StreamReader {
  let usage: Usage | null = null
  let finished = false
  let failed = false
  let text = ''

  return {
    read(data) {
      if (data === '[DONE]') {
        finished = true
        return
      }
      const event = parseRecord(data)
      if (!event) return
      if (event['error']) failed = true
      usage = readUsage(event['usage'] ?? inGroq(event['x_groq'])) ?? usage
      for (const choice of listOf(event['choices'])) {
        if (typeof choice['finish_reason'] === 'string') finished = true
        if (isRecord(choice['delta'])) text += textOfMessage(choice['delta'])
      }
    },
    usage: () => usage,
    promptUsage: () => null,
    takeText() {
      const taken = text
      text = ''
      return taken
    },
    finished: () => finished,
    failed: () => failed,
  }
}

export const readWhole = (body: Record<string, unknown>): { usage: Usage | null; written: () => string } => ({
  usage: readUsage(body['usage']),
  written: () =>
    listOf(body['choices'])
      .map((choice) => (isRecord(choice['message']) ? textOfMessage(choice['message']) : ''))
      .join(''),
})
