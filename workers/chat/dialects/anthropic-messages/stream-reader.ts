// Reads Anthropic's stream and whole answers as they pass untranslated, for what they say of usage, text and the end.
import type { Usage } from '#shared/lib/money'
import { usageFromAnthropic } from '#shared/providers/kit/anthropic-usage'
import { isRecord, listOf, parseRecord, textOf } from '../loose.ts'
import type { StreamReader } from '../dialect.ts'

/** The prompt's part of what the start of a stream says; it counts a first token of output that never comes alone. */
function promptOnly(usage: Usage | null): Usage | null {
  if (!usage) return null
  const { output_tokens: _output, reasoning_tokens: _reasoning, ...prompt } = usage
  return prompt
}

const textOfDelta = (delta: Record<string, unknown>): string =>
  textOf(delta['text']) + textOf(delta['thinking']) + textOf(delta['partial_json'])

export function createStreamReader(): StreamReader {
  let start: Usage | null = null
  let usage: Usage | null = null
  let finished = false
  let failed = false
  let text = ''

  const readers: Record<string, (event: Record<string, unknown>) => void> = {
    message_start: ({ message }) => void (start = isRecord(message) ? usageFromAnthropic(message['usage']) : null),
    content_block_start: ({ content_block: block }) =>
      void (text += isRecord(block) ? textOf(block['text']) + textOf(block['name']) : ''),
    content_block_delta: ({ delta }) => void (text += isRecord(delta) ? textOfDelta(delta) : ''),
    message_delta({ usage: counted, delta }) {
      usage = usageFromAnthropic(counted, start)
      if (isRecord(delta) && typeof delta['stop_reason'] === 'string') finished = true
    },
    message_stop: () => void (finished = true),
    error: () => void (failed = true),
  }

  return {
    read(data) {
      const event = parseRecord(data)
      if (event) readers[textOf(event['type'])]?.(event)
    },
    usage: () => usage,
    promptUsage: () => promptOnly(start),
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
  usage: usageFromAnthropic(body['usage']),
  written: () =>
    listOf(body['content'])
      .map(
        (block) =>
          textOf(block['text']) +
          textOf(block['thinking']) +
          textOf(block['name']) +
          (block['input'] === undefined ? '' : JSON.stringify(block['input'])),
      )
      .join(''),
})
