// Anthropic's stream of blocks → our events.
import { z } from 'zod'
import type { Usage } from '#shared/lib/money'
import { usageFromAnthropic } from '../kit/anthropic-usage.ts'
import type { JsonEvent } from '../kit/read-json-events.ts'
import { nonsenseProblem } from '../kit/upstream-problem.ts'
import type { FinishReason, LanguageEvent } from '../spec/language-model.ts'
import { fromErrorEvent } from './errors.ts'
import { REDACTED } from './to-messages.ts'

const ContentBlock = z.object({
  type: z.string(),
  text: z.string().nullish(),
  thinking: z.string().nullish(),
  signature: z.string().nullish(),
  data: z.string().nullish(),
  id: z.string().nullish(),
  name: z.string().nullish(),
  input: z.record(z.string(), z.unknown()).nullish(),
})
type ContentBlock = z.infer<typeof ContentBlock>

const Delta = z.object({
  type: z.string().nullish(),
  text: z.string().nullish(),
  thinking: z.string().nullish(),
  signature: z.string().nullish(),
  partial_json: z.string().nullish(),
  stop_reason: z.string().nullish(),
  stop_sequence: z.string().nullish(),
})

const Event = z.object({
  type: z.string(),
  index: z.number().int().nullish(),
  message: z.object({ usage: z.unknown().optional() }).nullish(),
  content_block: ContentBlock.nullish(),
  delta: Delta.nullish(),
  usage: z.unknown().optional(),
})
type Event = z.infer<typeof Event>

const Document = z.object({
  content: z.array(ContentBlock),
  stop_reason: z.string().nullish(),
  stop_sequence: z.string().nullish(),
  usage: z.unknown().optional(),
})

const reasons = new Map<string, FinishReason>(
  Object.entries({
    end_turn: 'stop',
    pause_turn: 'stop',
    max_tokens: 'length',
    model_context_window_exceeded: 'length',
    stop_sequence: 'stop-sequence',
    tool_use: 'tool-calls',
    refusal: 'content-filter',
  } as const),
)

interface State {
  usage: Usage | null
  stopReason: string | null
  stopSequence: string | null
  /** Index of the block → index of the call. */
  calls: Map<number, number>
}

const newState = (): State => ({ usage: null, stopReason: null, stopSequence: null, calls: new Map() })

function* fromBlockStart(block: ContentBlock, at: number, state: State): Generator<LanguageEvent> {
  if (block.type === 'tool_use') {
    const index = state.calls.size
    state.calls.set(at, index)
    yield { type: 'tool-call-start', index, id: block.id ?? '', name: block.name ?? '' }
    if (block.input && Object.keys(block.input).length > 0)
      yield { type: 'tool-call-delta', index, input: JSON.stringify(block.input) }
  }
  if (block.type === 'text' && block.text) yield { type: 'text-delta', text: block.text }
  if (block.type === 'thinking' && block.thinking) yield { type: 'reasoning-delta', text: block.thinking }
  if (block.type === 'thinking' && block.signature) yield { type: 'reasoning-signature', signature: block.signature }
  if (block.type === 'redacted_thinking')
    yield { type: 'reasoning-signature', signature: `${REDACTED}${block.data ?? ''}` }
}

function* fromBlockDelta({ delta, index }: Event, state: State): Generator<LanguageEvent> {
  if (delta?.text) yield { type: 'text-delta', text: delta.text }
  if (delta?.thinking) yield { type: 'reasoning-delta', text: delta.thinking }
  if (delta?.signature) yield { type: 'reasoning-signature', signature: delta.signature }
  const call = state.calls.get(index ?? -1)
  if (delta?.partial_json && call !== undefined)
    yield { type: 'tool-call-delta', index: call, input: delta.partial_json }
}

const toFinish = (state: State): LanguageEvent => ({
  type: 'finish',
  reason: reasons.get(state.stopReason ?? 'end_turn') ?? 'stop',
  ...(state.stopSequence !== null && { stopSequence: state.stopSequence }),
  usage: state.usage,
})

function* fromEvent(event: Event, state: State): Generator<LanguageEvent> {
  switch (event.type) {
    case 'message_start':
      state.usage = usageFromAnthropic(event.message?.usage)
      return
    case 'content_block_start':
      if (event.content_block) yield* fromBlockStart(event.content_block, event.index ?? 0, state)
      return
    case 'content_block_delta':
      yield* fromBlockDelta(event, state)
      return
    case 'message_delta':
      state.stopReason = event.delta?.stop_reason ?? state.stopReason
      state.stopSequence = event.delta?.stop_sequence ?? state.stopSequence
      state.usage = usageFromAnthropic(event.usage, state.usage)
      return
    case 'message_stop':
      yield toFinish(state)
  }
}

/** Ends without `finish` where the vendor's stream ended before its message did. */
export async function* fromEvents(events: AsyncIterable<JsonEvent>, secret: string): AsyncGenerator<LanguageEvent> {
  const state = newState()
  for await (const { data } of events) {
    if (data?.['type'] === 'error') throw fromErrorEvent(data, secret)
    const event = Event.safeParse(data)
    if (!event.success) throw nonsenseProblem('Anthropic', `not an event: ${event.error.issues[0]?.message}`)
    yield* fromEvent(event.data, state)
    if (event.data.type === 'message_stop') return
  }
}

/** A whole message in one document, from a server that was asked for a stream and has none. */
export function fromDocument(document: Record<string, unknown>): LanguageEvent[] {
  const parsed = Document.safeParse(document)
  if (!parsed.success) throw nonsenseProblem('Anthropic', 'an answer without content')
  const { content, stop_reason, stop_sequence, usage } = parsed.data
  const state = {
    ...newState(),
    stopReason: stop_reason ?? null,
    stopSequence: stop_sequence ?? null,
    usage: usageFromAnthropic(usage),
  }
  return [...content.flatMap((block, at) => [...fromBlockStart(block, at, state)]), toFinish(state)]
}
