// From what was filled in to a request: its address, its headers and its body, or what is wrong with it.
import type { Model } from '../../api/models.ts'
import type { Api, Draft } from './draft.ts'
import { effortsOf, lackOf, modelFields, takesConversation } from './lacks.ts'
import type { Parameter } from './lacks.ts'
import { shapers } from './shapes.ts'
import type { Filled } from './shapes.ts'

export type Json = Record<string, unknown>

export interface Call {
  api: Api
  path: string
  /** Those of the platform’s own; who is asking and in which format is up to the client. */
  headers: Record<string, string>
  body: Json
}

export type Fault = 'not-a-number' | 'not-json' | 'not-an-object' | 'not-a-list' | 'no-model' | 'no-message'
export type Faults = Partial<Record<Parameter | 'model' | 'turns' | 'extra', Fault>>

const paths: Record<Api, string> = {
  chat: '/v1/chat/completions',
  responses: '/v1/responses',
  messages: '/v1/messages',
  embeddings: '/v1/embeddings',
  moderations: '/v1/moderations',
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '')

export const modelOf = (draft: Draft): string => draft[modelFields[draft.api].field].trim()

/** Reads the fields one by one and remembers what is wrong with which. */
function createReader(draft: Draft, abilities: Model['abilities'] | null) {
  const faults: Faults = {}
  const has = (parameter: Parameter) => lackOf({ parameter, api: draft.api, abilities }) === null
  const typed = (parameter: Parameter): string => (has(parameter) ? String(draft[parameter]).trim() : '')
  const parsed = (name: Parameter | 'extra', text: string): unknown => {
    if (text === '') return undefined
    try {
      return JSON.parse(text) as unknown
    } catch {
      faults[name] = 'not-json'
      return undefined
    }
  }
  return {
    faults,
    has,
    text: (parameter: Parameter) => typed(parameter) || undefined,
    lines: (parameter: Parameter) => (has(parameter) ? linesOf(String(draft[parameter])) : []),
    number(parameter: Parameter): number | undefined {
      const text = typed(parameter)
      if (text === '') return undefined
      const value = Number(text)
      if (Number.isFinite(value)) return value
      faults[parameter] = 'not-a-number'
      return undefined
    },
    object(name: Parameter | 'extra', text: string): Json | undefined {
      const value = parsed(name, text)
      if (value === undefined || isObject(value)) return value
      faults[name] = 'not-an-object'
      return undefined
    },
    list(name: Parameter, text: string): Json[] {
      const value = parsed(name, text) ?? []
      if (Array.isArray(value) && value.every(isObject)) return value
      faults[name] = 'not-a-list'
      return []
    },
    typed,
  }
}

function readFields(draft: Draft, reader: ReturnType<typeof createReader>): Filled {
  const { effort } = draft
  return {
    model: modelOf(draft),
    turns: draft.turns.filter(({ text }) => text.trim() !== ''),
    system: reader.text('system'),
    temperature: reader.number('temperature'),
    topP: reader.number('topP'),
    maxTokens: reader.number('maxTokens'),
    seed: reader.number('seed'),
    stop: reader.lines('stop'),
    stream: draft.stream && reader.has('stream'),
    effort: effort !== '' && reader.has('effort') && effortsOf(draft.api).includes(effort) ? effort : undefined,
    schema: reader.object('schema', reader.typed('schema')),
    tools: reader.list('tools', reader.typed('tools')),
    fallbacks: reader.lines('fallbacks').map((line) => line.trim()),
  }
}

/** `call` is there even where something is wrong, as far as it can be read: the code beside it keeps its shape. */
export function toCall(draft: Draft, abilities: Model['abilities'] | null): { call: Call; faults: Faults } {
  const reader = createReader(draft, abilities)
  const filled = readFields(draft, reader)
  const extra = reader.object('extra', draft.extra.trim())
  const { faults } = reader
  const { body, headers } = shapers[draft.api](filled)
  const whole: Json = { ...body, ...extra }
  if (!whole.model && !whole.models && draft.api !== 'moderations') faults.model = 'no-model'
  const saysSomething = filled.turns.length > 0 || (takesConversation(draft.api) && filled.system !== undefined)
  if (!saysSomething && !extra?.messages && !extra?.input) faults.turns = 'no-message'
  const cache = reader.text('cache')
  return {
    faults,
    call: {
      api: draft.api,
      path: paths[draft.api],
      headers: { ...headers, ...(cache && { 'x-riwaq-cache': cache }) },
      body: whole,
    },
  }
}
