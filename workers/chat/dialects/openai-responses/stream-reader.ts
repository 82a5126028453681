// Reads OpenAI's stream and whole responses as they pass, for what they say of usage, text and the end.
import type { Usage } from '#shared/lib/money'
import { isRecord, listOf, parseRecord, textOf } from '../loose.ts'
import type { StreamReader } from '../dialect.ts'
import { usageFromResponse } from './usage.ts'

/** Events whose `delta` the model wrote. */
const WRITTEN =
  /^response\.(?:output_text|refusal|reasoning_text|reasoning_summary_text|function_call_arguments|custom_tool_call_input)\.delta$/

export function createStreamReader(): StreamReader {
  let usage: Usage | null = null
  let finished = false
  let failed = false
  let text = ''

  return {
    read(data) {
      const event = parseRecord(data)
      if (!event) return
      const type = textOf(event['type'])
      if (WRITTEN.test(type)) text += textOf(event['delta'])
      else if (type === 'response.output_item.added' && isRecord(event['item'])) text += textOf(event['item']['name'])
      else if (type === 'error' || type === 'response.failed') failed = true
      else if (type === 'response.completed' || type === 'response.incomplete') {
        finished = true
        usage = isRecord(event['response']) ? usageFromResponse(event['response']['usage']) : usage
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

const textOfItem = (item: Record<string, unknown>): string =>
  [...listOf(item['content']), ...listOf(item['summary'])]
    .map((part) => textOf(part['text']) + textOf(part['refusal']))
    .join('') +
  textOf(item['name']) +
  textOf(item['arguments']) +
  textOf(item['input'])

export const readWhole = (body: Record<string, unknown>): { usage: Usage | null; written: () => string } => ({
  usage: usageFromResponse(body['usage']),
  written: () => listOf(body['output']).map(textOfItem).join(''),
})
