// Our request → the body of POST /v1/messages.
import type { ModelTraits } from '#shared/contracts/model'
import type { LanguageRequest, Tool, Warning } from '../spec/language-model.ts'
import { toThinking } from './thinking.ts'
import { toCacheControl, toSystem, toTurns, type Block } from './to-messages.ts'

const JSON_INSTRUCTION = 'Answer with one valid JSON object and nothing else: no introduction, no code fence.'

const toTool = ({ name, description, parameters, strict, cache }: Tool) => ({
  name,
  ...(description !== undefined && { description }),
  input_schema: { type: 'object', ...parameters },
  ...(strict !== undefined && { strict }),
  ...(cache && { cache_control: toCacheControl(cache) }),
})

function toToolChoice({ toolChoice, parallelToolCalls }: LanguageRequest) {
  if (toolChoice === undefined && parallelToolCalls !== false) return undefined
  if (toolChoice === 'none') return { type: 'none' }
  const one = parallelToolCalls === false && { disable_parallel_tool_use: true }
  if (typeof toolChoice === 'object') return { type: 'tool', name: toolChoice.name, ...one }
  return { type: toolChoice === 'required' ? 'any' : 'auto', ...one }
}

function toTools(request: LanguageRequest): Record<string, unknown> {
  if (!request.tools?.length) return {}
  const choice = toToolChoice(request)
  return { tools: request.tools.map(toTool), ...(choice && { tool_choice: choice }) }
}

/** Where a model thinks, how it samples is its own affair. */
function toSampling(request: LanguageRequest, thinks: boolean, warnings: Warning[]): Record<string, unknown> {
  const sampling = { temperature: request.temperature, top_p: request.topP, top_k: request.topK }
  const given = Object.entries(sampling).filter(([, value]) => value !== undefined)
  if (!thinks)
    return Object.fromEntries(
      given.map(([name, value]) => [name, name === 'temperature' ? Math.min(1, value!) : value]),
    )
  for (const [parameter] of given)
    warnings.push({
      parameter,
      message: `Anthropic does not take ${parameter} together with reasoning; it was left out.`,
    })
  return {}
}

function toSystemBlocks(request: LanguageRequest, warnings: Warning[]): Block[] {
  const system = toSystem(request.messages)
  if (request.responseFormat?.type !== 'json') return system
  warnings.push({
    parameter: 'response_format',
    message: 'Anthropic has no JSON mode without a schema; the model was asked for JSON in words.',
  })
  return [...system, { type: 'text', text: JSON_INSTRUCTION }]
}

function toOutputConfig(request: LanguageRequest, effort: string | undefined): Record<string, unknown> {
  const format =
    request.responseFormat?.type === 'json-schema'
      ? { type: 'json_schema', schema: request.responseFormat.schema }
      : undefined
  return format || effort ? { output_config: { ...(effort && { effort }), ...(format && { format }) } } : {}
}

export function toMessagesBody(input: {
  model: string
  request: LanguageRequest
  traits: ModelTraits
  warnings: Warning[]
}): Record<string, unknown> {
  const { model, request, traits, warnings } = input
  const maxTokens = request.maxOutputTokens ?? traits.maxOutputTokens
  const thinking = toThinking({ request, traits, maxTokens, warnings })
  const system = toSystemBlocks(request, warnings)
  if (request.promptCache?.key !== undefined)
    warnings.push({ parameter: 'prompt_cache_key', message: 'has no effect on this model' })
  if (request.temperature !== undefined && request.temperature > 1 && !thinking.on) {
    warnings.push({ parameter: 'temperature', message: 'Anthropic’s temperature ends at 1; 1 was used.' })
  }
  return {
    model,
    max_tokens: maxTokens,
    ...(system.length > 0 && { system }),
    messages: toTurns(request.messages),
    stream: true,
    ...toSampling(request, thinking.on, warnings),
    ...(request.stop?.length && { stop_sequences: request.stop }),
    ...toTools(request),
    ...thinking.fields,
    ...toOutputConfig(request, thinking.effort),
    ...(request.promptCache?.mark && { cache_control: toCacheControl(request.promptCache.mark) }),
    ...(request.endUser !== undefined && { metadata: { user_id: request.endUser } }),
  }
}
