// What every language model can be asked, whoever made it. Adapters speak in raw units and never of money.
import type { Usage } from '#shared/lib/money'

/** Up to here the prompt is worth keeping in the vendor's cache: as long as is usual there, or for an hour. */
export type CacheMark = true | '1h'

export type TextPart = {
  type: 'text'
  text: string
  cache?: CacheMark
  /** The text is a document of its own, for a vendor that tells them apart. */
  document?: { title?: string; context?: string }
}
export type ImagePart = {
  type: 'image'
  source: { kind: 'url'; url: string } | { kind: 'base64'; mediaType: string; data: string }
  detail?: 'auto' | 'low' | 'high'
  cache?: CacheMark
}
/** Sound, in base64. */
export type AudioPart = { type: 'audio'; format: 'wav' | 'mp3'; data: string }
/** A PDF, in base64. */
export type FilePart = {
  type: 'file'
  mediaType: 'application/pdf'
  data: string
  name?: string
  context?: string
  cache?: CacheMark
}
export type ReasoningPart = {
  type: 'reasoning'
  text: string
  /** The vendor's seal, to be sent back untouched. */ signature?: string
}
export type ToolCallPart = {
  type: 'tool-call'
  id: string
  name: string
  /** JSON text, as the model wrote it. */ input: string
  cache?: CacheMark
}
export type ToolResultPart = {
  type: 'tool-result'
  callId: string
  content: (TextPart | ImagePart | FilePart)[]
  isError?: boolean
  cache?: CacheMark
}

export type LanguageMessage =
  | { role: 'system'; content: TextPart[] }
  | { role: 'user'; content: (TextPart | ImagePart | AudioPart | FilePart | ToolResultPart)[] }
  | { role: 'assistant'; content: (TextPart | ReasoningPart | ToolCallPart)[] }

export interface Tool {
  name: string
  description?: string
  /** JSON Schema. */
  parameters: Record<string, unknown>
  strict?: boolean
  cache?: CacheMark
}

export type ToolChoice = 'auto' | 'none' | 'required' | { name: string }

export type ResponseFormat =
  | { type: 'text' }
  | { type: 'json' }
  | { type: 'json-schema'; name: string; schema: Record<string, unknown>; strict?: boolean; description?: string }

/** none: do not reason. A vendor that counts in tokens is given its own table of budgets. */
export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max'

export interface LanguageRequest {
  messages: LanguageMessage[]
  maxOutputTokens?: number
  temperature?: number
  topP?: number
  topK?: number
  frequencyPenalty?: number
  presencePenalty?: number
  seed?: number
  stop?: string[]
  tools?: Tool[]
  toolChoice?: ToolChoice
  parallelToolCalls?: boolean
  responseFormat?: ResponseFormat
  reasoning?: { effort?: ReasoningEffort; budgetTokens?: number }
  verbosity?: 'low' | 'medium' | 'high'
  /** An opaque id of the end user, for the vendor's abuse detection. */
  endUser?: string
  promptCache?: {
    /** Requests that say the same key share a cache, where the vendor routes by it. */
    key?: string
    retention?: string
    /** The vendor marks the end of the prompt itself. */
    mark?: CacheMark
  }
  /** Somewhere in it a cache of an hour is asked for. */
  longCache?: true
}

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'stop-sequence'

export type LanguageEvent =
  | { type: 'text-delta'; text: string }
  | { type: 'reasoning-delta'; text: string }
  | { type: 'reasoning-signature'; signature: string }
  | { type: 'tool-call-start'; index: number; id: string; name: string }
  | { type: 'tool-call-delta'; index: number; input: string }
  /**
   * The last event of every complete answer. A stream that ends without it was cut. `estimated`: the count is ours,
   * because its provider was stopped before it gave one.
   */
  | { type: 'finish'; reason: FinishReason; stopSequence?: string; usage: Usage | null; estimated?: true }

/** A setting that this vendor does not know: said, never silently dropped. */
export interface Warning {
  parameter: string
  message: string
}

export interface LanguageStream {
  events: AsyncIterable<LanguageEvent>
  warnings: Warning[]
}

export interface LanguageModel {
  /** Opens the stream: resolves when the vendor has accepted, throws a Problem when it has not. */
  stream(request: LanguageRequest, options: { signal: AbortSignal }): Promise<LanguageStream>
  /** Where the vendor speaks a public dialect itself, a caller of that dialect is passed through untranslated. */
  native?: NativeEndpoint
  /** Further dialects that this vendor speaks itself. */
  natives?: readonly NativeEndpoint[]
}

export type Dialect = 'openai-chat' | 'anthropic-messages' | 'openai-responses'

export interface NativeEndpoint {
  dialect: Dialect
  /** Whether it may be sent parameters that its dialect does not have (vLLM's `top_k`, `min_p`). */
  takesUnknownParameters?: boolean
  /** Sends the caller's own body (with `model` and limits already set). The answer's body is the vendor's, unread. Throws a Problem unless 2xx. */
  send(
    body: Record<string, unknown>,
    options: { signal: AbortSignal; headers?: Record<string, string> },
  ): Promise<Response>
  /** How many tokens the vendor counts in a prompt that it does not answer; absent where it has no way to say. */
  countTokens?(
    body: Record<string, unknown>,
    options: { signal: AbortSignal; headers?: Record<string, string> },
  ): Promise<number>
}
