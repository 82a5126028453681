// The chunks of a chat completion → our events. Tolerant of what look-alikes leave out: usage, ids and indexes of
// calls, a last `[DONE]`, known finish reasons.
import { z } from 'zod'
import type { Usage } from '#shared/lib/money'
import type { FinishReason, LanguageEvent } from '../../spec/language-model.ts'
import type { JsonEvent } from '../read-json-events.ts'
import { nonsenseProblem, upstreamProblem } from '../upstream-problem.ts'
import { usageFromOpenAI } from './usage.ts'

/** Mistral writes its reasoning as parts of the content. */
const ContentPart = z.object({
  type: z.string(),
  text: z.string().nullish(),
  thinking: z.array(z.object({ text: z.string().nullish() })).nullish(),
})

const ToolCall = z.object({
  index: z.number().int().nullish(),
  id: z.string().nullish(),
  function: z
    .object({
      name: z.string().nullish(),
      arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
    })
    .nullish(),
})

const Delta = z.object({
  content: z.union([z.string(), z.array(ContentPart)]).nullish(),
  refusal: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  tool_calls: z.array(ToolCall).nullish(),
})
type Delta = z.infer<typeof Delta>

const Chunk = z.object({
  choices: z
    .array(z.object({ delta: Delta.nullish(), message: Delta.nullish(), finish_reason: z.string().nullish() }))
    .nullish(),
  usage: z.unknown().optional(),
  x_groq: z.object({ usage: z.unknown().optional() }).nullish(),
  error: z
    .union([
      z.string(),
      z.object({ message: z.string().nullish(), code: z.unknown().optional(), type: z.string().nullish() }),
    ])
    .nullish(),
})
type Chunk = z.infer<typeof Chunk>

const reasons = new Map<string, FinishReason>(
  Object.entries({
    stop: 'stop',
    length: 'length',
    model_length: 'length',
    max_tokens: 'length',
    tool_calls: 'tool-calls',
    function_call: 'tool-calls',
    content_filter: 'content-filter',
  } as const),
)

interface State {
  reason: string | null
  usage: Usage | null
  /** Wire index → the call that is being written there. */
  calls: Map<number, { index: number; id: string }>
  count: number
}

function* fromToolCall(call: z.infer<typeof ToolCall>, position: number, state: State): Generator<LanguageEvent> {
  const slot = call.index ?? position
  let open = state.calls.get(slot)
  // Google gives parallel calls one index; a new id is then what tells them apart.
  if (!open || (call.id && call.id !== open.id) || (call.function?.name && !call.id)) {
    open = { index: state.count++, id: call.id || `call_${crypto.randomUUID().replaceAll('-', '')}` }
    state.calls.set(slot, open)
    yield { type: 'tool-call-start', index: open.index, id: open.id, name: call.function?.name ?? '' }
  }
  const input = call.function?.arguments
  const text = typeof input === 'string' ? input : input ? JSON.stringify(input) : ''
  if (text !== '') yield { type: 'tool-call-delta', index: open.index, input: text }
}

function* fromContent(content: NonNullable<Delta['content']>): Generator<LanguageEvent> {
  if (typeof content === 'string') {
    if (content !== '') yield { type: 'text-delta', text: content }
    return
  }
  for (const part of content) {
    const thought = part.thinking?.map(({ text }) => text ?? '').join('') ?? ''
    if (thought) yield { type: 'reasoning-delta', text: thought }
    else if (part.text) yield { type: 'text-delta', text: part.text }
  }
}

function* fromDelta(delta: Delta, state: State): Generator<LanguageEvent> {
  const thought = delta.reasoning_content || delta.reasoning
  if (thought) yield { type: 'reasoning-delta', text: thought }
  if (delta.content) yield* fromContent(delta.content)
  if (delta.refusal) yield { type: 'text-delta', text: delta.refusal }
  for (const [position, call] of (delta.tool_calls ?? []).entries()) yield* fromToolCall(call, position, state)
}

function throwError(error: NonNullable<Chunk['error']>, vendor: string, secret?: string): never {
  if (typeof error === 'string') throw upstreamProblem({ vendor, message: error, secret })
  const code = typeof error.code === 'string' ? error.code : error.type
  throw upstreamProblem({
    vendor,
    secret,
    code,
    message: error.message ?? undefined,
    ...(typeof error.code === 'number' && { status: error.code }),
  })
}

function parseChunk(data: Record<string, unknown>, vendor: string): Chunk {
  const parsed = Chunk.safeParse(data)
  if (!parsed.success)
    throw nonsenseProblem(
      vendor,
      `not a chunk: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`,
    )
  return parsed.data
}

function* fromChunk(chunk: Chunk, state: State): Generator<LanguageEvent> {
  const choice = chunk.choices?.[0]
  const delta = choice?.delta ?? choice?.message
  if (delta) yield* fromDelta(delta, state)
  if (choice?.finish_reason) state.reason = choice.finish_reason
  state.usage = usageFromOpenAI(chunk.usage ?? chunk.x_groq?.usage) ?? state.usage
}

function toFinish(state: State): LanguageEvent {
  const reason = reasons.get(state.reason ?? 'stop') ?? 'stop'
  // Ollama says `stop` also after a call.
  return { type: 'finish', reason: state.count > 0 && reason === 'stop' ? 'tool-calls' : reason, usage: state.usage }
}

interface From {
  vendor: string
  secret?: string
}

/** Ends without `finish` where the vendor's stream ended before saying why. */
export async function* fromChunks(
  events: AsyncIterable<JsonEvent>,
  { vendor, secret }: From,
): AsyncGenerator<LanguageEvent> {
  const state: State = { reason: null, usage: null, calls: new Map(), count: 0 }
  let done = false
  for await (const { data } of events) {
    if (data === null) {
      done = true
      break
    }
    const chunk = parseChunk(data, vendor)
    if (chunk.error) throwError(chunk.error, vendor, secret)
    yield* fromChunk(chunk, state)
    if (state.reason === 'error') throw upstreamProblem({ vendor, message: 'finish_reason: error' })
  }
  if (done || state.reason !== null) yield toFinish(state)
}

/** A whole answer in one document, from a server that was asked for a stream and has none. */
export function fromDocument(document: Record<string, unknown>, { vendor, secret }: From): LanguageEvent[] {
  const chunk = parseChunk(document, vendor)
  if (chunk.error) throwError(chunk.error, vendor, secret)
  if (!chunk.choices?.length) throw nonsenseProblem(vendor, 'an answer without choices')
  const state: State = { reason: null, usage: null, calls: new Map(), count: 0 }
  return [...fromChunk(chunk, state), toFinish(state)]
}
