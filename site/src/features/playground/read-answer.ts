// What an answer says, whichever API it comes from, whole or event by event.
import type { Api } from './draft.ts'

export interface Answer {
  text: string
  reasoning: string
  /** Functions that the model wants called. */
  calls: { name: string; input: string }[]
  usage: { input: number; output: number; cached: number | null; reasoning: number | null } | null
  finish: string | null
  /** Why a stream broke off. */
  error: { code: string; message: string } | null
}

export const noAnswer: Answer = { text: '', reasoning: '', calls: [], usage: null, finish: null, error: null }

type Step = string | number

/** The value at the end of a path, or undefined where the path ends before. */
const at = (value: unknown, ...path: Step[]): unknown =>
  path.reduce<unknown>((here, step) => (here as Record<Step, unknown> | null | undefined)?.[step], value)

const textAt = (value: unknown, ...path: Step[]): string => {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : ''
}
const numberAt = (value: unknown, ...path: Step[]): number | null => {
  const found = at(value, ...path)
  return typeof found === 'number' ? found : null
}
const listAt = (value: unknown, ...path: Step[]): unknown[] => {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

function usageOf(usage: unknown, before: Answer['usage']): Answer['usage'] {
  if (typeof usage !== 'object' || usage === null) return before
  const details = at(usage, 'prompt_tokens_details') ?? at(usage, 'input_tokens_details')
  const outDetails = at(usage, 'completion_tokens_details') ?? at(usage, 'output_tokens_details')
  return {
    input: numberAt(usage, 'prompt_tokens') ?? numberAt(usage, 'input_tokens') ?? before?.input ?? 0,
    output: numberAt(usage, 'completion_tokens') ?? numberAt(usage, 'output_tokens') ?? before?.output ?? 0,
    cached: numberAt(details, 'cached_tokens') ?? numberAt(usage, 'cache_read_input_tokens') ?? before?.cached ?? null,
    reasoning:
      numberAt(outDetails, 'reasoning_tokens') ?? numberAt(outDetails, 'thinking_tokens') ?? before?.reasoning ?? null,
  }
}

function errorOf(error: unknown): Answer['error'] {
  if (typeof error !== 'object' || error === null) return null
  return { code: textAt(error, 'code') || textAt(error, 'type') || 'unknown', message: textAt(error, 'message') }
}

function withCall(calls: Answer['calls'], index: number, { name, input }: { name: string; input: string }) {
  const grown = [...calls]
  const known = grown[index] ?? { name: '', input: '' }
  grown[index] = { name: known.name + name, input: known.input + input }
  return grown
}

function growChat(answer: Answer, chunk: unknown): Answer {
  const delta = at(chunk, 'choices', 0, 'delta')
  let { calls } = answer
  for (const call of listAt(delta, 'tool_calls')) {
    const [name, input] = [textAt(call, 'function', 'name'), textAt(call, 'function', 'arguments')]
    calls = withCall(calls, numberAt(call, 'index') ?? calls.length, { name, input })
  }
  return {
    text: answer.text + textAt(delta, 'content') + textAt(delta, 'refusal'),
    reasoning: answer.reasoning + textAt(delta, 'reasoning_content'),
    calls,
    usage: usageOf(at(chunk, 'usage'), answer.usage),
    finish: textAt(chunk, 'choices', 0, 'finish_reason') || answer.finish,
    error: errorOf(at(chunk, 'error')) ?? answer.error,
  }
}

function growResponse(answer: Answer, event: unknown): Answer {
  const type = textAt(event, 'type')
  const delta = textAt(event, 'delta')
  if (type === 'response.output_text.delta' || type === 'response.refusal.delta')
    return { ...answer, text: answer.text + delta }
  if (type === 'response.reasoning_summary_text.delta' || type === 'response.reasoning_text.delta')
    return { ...answer, reasoning: answer.reasoning + delta }
  if (type === 'response.output_item.done' && textAt(event, 'item', 'type') === 'function_call') {
    const call = { name: textAt(event, 'item', 'name'), input: textAt(event, 'item', 'arguments') }
    return { ...answer, calls: [...answer.calls, call] }
  }
  const error = errorOf(at(event, 'error')) ?? (type === 'error' ? errorOf(event) : null)
  return {
    ...answer,
    usage: usageOf(at(event, 'response', 'usage'), answer.usage),
    finish: textAt(event, 'response', 'status') || answer.finish,
    error: error ?? errorOf(at(event, 'response', 'error')) ?? answer.error,
  }
}

function growMessage(answer: Answer, event: unknown): Answer {
  const delta = at(event, 'delta')
  const block = at(event, 'content_block')
  let { calls } = answer
  if (textAt(block, 'type') === 'tool_use') calls = [...calls, { name: textAt(block, 'name'), input: '' }]
  const input = textAt(delta, 'partial_json')
  if (input) calls = withCall(calls, calls.length - 1, { name: '', input })
  return {
    text: answer.text + textAt(delta, 'text') + textAt(block, 'text'),
    reasoning: answer.reasoning + textAt(delta, 'thinking') + textAt(block, 'thinking'),
    calls,
    usage: usageOf(at(event, 'usage') ?? at(event, 'message', 'usage'), answer.usage),
    finish: textAt(delta, 'stop_reason') || answer.finish,
    error: errorOf(at(event, 'error')) ?? answer.error,
  }
}

const growers: Partial<Record<Api, (answer: Answer, event: unknown) => Answer>> = {
  chat: growChat,
  responses: growResponse,
  messages: growMessage,
}

export const growAnswer = (api: Api, answer: Answer, event: unknown): Answer => growers[api]?.(answer, event) ?? answer

function readChat(body: unknown): Answer {
  const message = at(body, 'choices', 0, 'message')
  const calls = listAt(message, 'tool_calls').map((call) => ({
    name: textAt(call, 'function', 'name'),
    input: textAt(call, 'function', 'arguments'),
  }))
  const text = textAt(message, 'content') + textAt(message, 'refusal')
  const finish = textAt(body, 'choices', 0, 'finish_reason') || null
  return { ...noAnswer, text, reasoning: textAt(message, 'reasoning_content'), calls, finish }
}

function readResponse(body: unknown): Answer {
  const output = listAt(body, 'output')
  const ofType = (type: string) => output.filter((item) => at(item, 'type') === type)
  const textsOf = (items: unknown[], member: string) =>
    items.flatMap((item) => listAt(item, member).map((part) => textAt(part, 'text') + textAt(part, 'refusal'))).join('')
  return {
    ...noAnswer,
    text: textsOf(ofType('message'), 'content'),
    reasoning: textsOf(ofType('reasoning'), 'summary') + textsOf(ofType('reasoning'), 'content'),
    calls: ofType('function_call').map((item) => ({ name: textAt(item, 'name'), input: textAt(item, 'arguments') })),
    finish: textAt(body, 'status') || null,
  }
}

function readMessage(body: unknown): Answer {
  const content = listAt(body, 'content')
  return {
    ...noAnswer,
    text: content.map((block) => textAt(block, 'text')).join(''),
    reasoning: content.map((block) => textAt(block, 'thinking')).join(''),
    calls: content
      .filter((block) => at(block, 'type') === 'tool_use')
      .map((block) => ({ name: textAt(block, 'name'), input: JSON.stringify(at(block, 'input')) })),
    finish: textAt(body, 'stop_reason') || null,
  }
}

/** The first numbers of each vector, and how many there are. */
const readVectors = (body: unknown): Answer => ({
  ...noAnswer,
  text: listAt(body, 'data')
    .map((item) => {
      const vector = listAt(item, 'embedding')
      return `[${vector.slice(0, 8).join(', ')}${vector.length > 8 ? ', …' : ''}] (${vector.length})`
    })
    .join('\n'),
})

const readJudgements = (body: unknown): Answer => ({
  ...noAnswer,
  text: JSON.stringify(at(body, 'results') ?? [], null, 2),
})

const readers: Record<Api, (body: unknown) => Answer> = {
  chat: readChat,
  responses: readResponse,
  messages: readMessage,
  embeddings: readVectors,
  moderations: readJudgements,
}

export const readAnswer = (api: Api, body: unknown): Answer => ({
  ...readers[api](body),
  usage: usageOf(at(body, 'usage'), null),
  error: errorOf(at(body, 'error')),
})
