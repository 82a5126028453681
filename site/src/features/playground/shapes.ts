// The same wishes in the words of each API.
import type { Api, Draft, Turn } from './draft.ts'

type Json = Record<string, unknown>

export interface Filled {
  model: string
  turns: Turn[]
  system: string | undefined
  temperature: number | undefined
  topP: number | undefined
  maxTokens: number | undefined
  seed: number | undefined
  stop: string[]
  stream: boolean
  effort: Exclude<Draft['effort'], ''> | undefined
  schema: Json | undefined
  tools: Json[]
  fallbacks: string[]
}

interface Shape {
  body: Json
  headers?: Record<string, string>
}

/** Anthropic’s API asks for a limit; where none was given, this is enough for an answer of some pages. */
const USUAL_MAX_TOKENS = 1_024

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** A function in the words of any of the three APIs. Null: something else, to be passed on as it is. */
function functionOf(tool: Json): { name: unknown; description: unknown; parameters: unknown; strict: unknown } | null {
  if (isObject(tool.function)) return functionOf({ ...tool.function, type: 'function' })
  if (tool.type !== undefined && tool.type !== 'function' && tool.type !== 'custom') return null
  if (tool.type === 'custom' && tool.input_schema === undefined) return null
  const { name, description, strict, parameters, input_schema: inputSchema } = tool
  return { name, description, parameters: parameters ?? inputSchema ?? { type: 'object', properties: {} }, strict }
}

/** Without what is not said. */
const said = (members: Json): Json =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))

const toolsIn = (tools: Json[], shape: (made: NonNullable<ReturnType<typeof functionOf>>) => Json) =>
  tools.length === 0
    ? undefined
    : tools.map((tool) => {
        const made = functionOf(tool)
        return made ? said(shape(made)) : tool
      })

const only = <T>(values: T[]): T | T[] => (values.length === 1 ? values[0]! : values)
const listed = <T>(values: T[]): T[] | undefined => (values.length > 0 ? values : undefined)
const spoken = (turns: Turn[]) => turns.map(({ role, text }) => ({ role, content: text }))

const chat = (filled: Filled): Shape => ({
  body: said({
    model: filled.model || undefined,
    models: listed(filled.fallbacks),
    messages: [
      ...(filled.system === undefined ? [] : [{ role: 'system', content: filled.system }]),
      ...spoken(filled.turns),
    ],
    max_completion_tokens: filled.maxTokens,
    temperature: filled.temperature,
    top_p: filled.topP,
    stop: filled.stop.length > 0 ? only(filled.stop) : undefined,
    seed: filled.seed,
    reasoning_effort: filled.effort,
    response_format: filled.schema && {
      type: 'json_schema',
      json_schema: { name: 'answer', schema: filled.schema, strict: true },
    },
    tools: toolsIn(filled.tools, (made) => ({ type: 'function', function: said({ ...made }) })),
    ...(filled.stream && { stream: true, stream_options: { include_usage: true } }),
  }),
})

const responses = (filled: Filled): Shape => ({
  body: said({
    model: filled.model || undefined,
    models: listed(filled.fallbacks),
    instructions: filled.system,
    input: filled.turns.length === 1 && filled.turns[0]!.role === 'user' ? filled.turns[0]!.text : spoken(filled.turns),
    max_output_tokens: filled.maxTokens,
    temperature: filled.temperature,
    top_p: filled.topP,
    reasoning: filled.effort && { effort: filled.effort },
    text: filled.schema && { format: { type: 'json_schema', name: 'answer', schema: filled.schema, strict: true } },
    tools: toolsIn(filled.tools, (made) => ({ type: 'function', ...made, strict: made.strict ?? false })),
    ...(filled.stream && { stream: true }),
  }),
})

const messages = (filled: Filled): Shape => ({
  body: said({
    model: filled.model || undefined,
    max_tokens: filled.maxTokens ?? USUAL_MAX_TOKENS,
    system: filled.system,
    messages: spoken(filled.turns),
    temperature: filled.temperature,
    top_p: filled.topP,
    stop_sequences: listed(filled.stop),
    output_config:
      filled.effort || filled.schema
        ? said({ effort: filled.effort, format: filled.schema && { type: 'json_schema', schema: filled.schema } })
        : undefined,
    tools: toolsIn(filled.tools, ({ name, description, parameters, strict }) => ({
      name,
      description,
      input_schema: parameters,
      strict,
    })),
    ...(filled.stream && { stream: true }),
  }),
  headers: filled.fallbacks.length > 0 ? { 'x-riwaq-models': filled.fallbacks.join(', ') } : {},
})

/** Vectors and judgements are made of each text by itself. */
const texts = (filled: Filled): Shape => ({
  body: said({ model: filled.model || undefined, input: only(filled.turns.map(({ text }) => text)) }),
})

export const shapers: Record<Api, (filled: Filled) => Shape> = {
  chat,
  responses,
  messages,
  embeddings: texts,
  moderations: texts,
}
