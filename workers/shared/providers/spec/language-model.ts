// What every language model can be asked, whoever made it. Adapters speak in raw units and never of money.
import type { Usage } from '#shared/lib/money'

export type TextPart = { type: 'text'; text: string; /** Anthropic's prompt-cache mark. */ cache?: true }
export type ImagePart = {
  type: 'image'
  source: { kind: 'url'; url: string } | { kind: 'base64'; mediaType: string; data: string }
  detail?: 'auto' | 'low' | 'high'
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
}
export type ToolResultPart = {
  type: 'tool-result'
  callId: string
  content: (TextPart | ImagePart)[]
  isError?: boolean
}

export type LanguageMessage =
  | { role: 'system'; content: TextPart[] }
  | { role: 'user'; content: (TextPart | ImagePart | ToolResultPart)[] }
  | { role: 'assistant'; content: (TextPart | ReasoningPart | ToolCallPart)[] }

export interface Tool {
  name: string
  description?: string
  /** JSON Schema. */
  parameters: Record<string, unknown>
  strict?: boolean
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
  /** An opaque id of the end user, for the vendor's abuse detection. */
  endUser?: string
}

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'stop-sequence'

export type LanguageEvent =
  | { type: 'text-delta'; text: string }
  | { type: 'reasoning-delta'; text: string }
  | { type: 'reasoning-signature'; signature: string }
  | { type: 'tool-call-start'; index: number; id: string; name: string }
  | { type: 'tool-call-delta'; index: number; input: string }
  /** The last event of every complete answer. A stream that ends without it was cut. */
  | { type: 'finish'; reason: FinishReason; stopSequence?: string; usage: Usage | null }

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
