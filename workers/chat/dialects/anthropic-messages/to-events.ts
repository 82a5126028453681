// The house's events → Anthropic's stream: blocks that open, grow and close one after the other.
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import type { EventWriter } from '../dialect.ts'
import type { AnswerIdentity } from '../answer-identity.ts'
import { namedEvent } from '../server-sent-events.ts'
import { toStopReason } from './to-answer.ts'
import { toMessagesUsage } from './usage.ts'

type Block = 'text' | 'thinking' | `tool-${number}`

export function createEventWriter({ id, model, promptTokens }: AnswerIdentity): EventWriter {
  let open: Block | null = null
  let index = -1
  /** Which block a tool's input belongs to: two calls may grow at once. */
  const toolBlocks = new Map<number, number>()

  const close = (): string => {
    if (open === null) return ''
    open = null
    return namedEvent('content_block_stop', { type: 'content_block_stop', index })
  }
  const start = (block: Block, content: unknown): string => {
    const closed = close()
    open = block
    index += 1
    return closed + namedEvent('content_block_start', { type: 'content_block_start', index, content_block: content })
  }
  const within = (block: Block, content: unknown): string => (open === block ? '' : start(block, content))
  const delta = (value: unknown, at = index): string =>
    namedEvent('content_block_delta', { type: 'content_block_delta', index: at, delta: value })

  return {
    begin: () =>
      namedEvent('message_start', {
        type: 'message_start',
        message: {
          id,
          type: 'message',
          role: 'assistant',
          model,
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: toMessagesUsage({ input_tokens: promptTokens }),
        },
      }),
    write(event: Exclude<LanguageEvent, { type: 'finish' }>): string {
      switch (event.type) {
        case 'text-delta':
          return (
            within('text', { type: 'text', text: '', citations: null }) +
            delta({ type: 'text_delta', text: event.text })
          )
        case 'reasoning-delta':
          return (
            within('thinking', { type: 'thinking', thinking: '', signature: '' }) +
            delta({ type: 'thinking_delta', thinking: event.text })
          )
        case 'reasoning-signature':
          return (
            within('thinking', { type: 'thinking', thinking: '', signature: '' }) +
            delta({ type: 'signature_delta', signature: event.signature })
          )
        case 'tool-call-start': {
          const started = start(`tool-${event.index}`, { type: 'tool_use', id: event.id, name: event.name, input: {} })
          toolBlocks.set(event.index, index)
          return started
        }
        case 'tool-call-delta':
          return delta({ type: 'input_json_delta', partial_json: event.input }, toolBlocks.get(event.index))
      }
    },
    end: (finish, usage) =>
      close() +
      namedEvent('message_delta', {
        type: 'message_delta',
        delta: { stop_reason: toStopReason[finish.reason], stop_sequence: finish.stopSequence ?? null },
        usage: toMessagesUsage(usage),
      }) +
      namedEvent('message_stop', { type: 'message_stop' }),
  }
}
