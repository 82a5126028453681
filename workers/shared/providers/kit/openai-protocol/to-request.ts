// Our request → the body of POST /chat/completions. Written out field by field: what is not here is not sent.
import { effortOf } from '../reasoning-budget.ts'
import type { LanguageRequest, ResponseFormat, Tool, ToolChoice } from '../../spec/language-model.ts'
import type { Quirks } from './quirks.ts'
import { toMessages } from './to-messages.ts'

const toTool = ({ name, description, parameters, strict }: Tool) => ({
  type: 'function',
  function: {
    name,
    ...(description !== undefined && { description }),
    parameters,
    ...(strict !== undefined && { strict }),
  },
})

const toToolChoice = (choice: ToolChoice, quirks: Quirks) =>
  typeof choice === 'object'
    ? { type: 'function', function: { name: choice.name } }
    : choice === 'required'
      ? quirks.requiredTool
      : choice

function toResponseFormat(format: ResponseFormat) {
  if (format.type === 'text') return { type: 'text' }
  if (format.type === 'json') return { type: 'json_object' }
  const { name, schema, strict, description } = format
  return {
    type: 'json_schema',
    json_schema: {
      name,
      schema,
      ...(strict !== undefined && { strict }),
      ...(description !== undefined && { description }),
    },
  }
}

function toReasoning({ reasoning }: LanguageRequest, quirks: Quirks): Record<string, unknown> {
  const effort =
    reasoning?.effort ?? (reasoning?.budgetTokens === undefined ? undefined : effortOf(reasoning.budgetTokens))
  if (!effort) return {}
  if (quirks.reasoning === 'effort') return { reasoning_effort: effort }
  return effort === 'none'
    ? { thinking: { type: 'disabled' } }
    : { thinking: { type: 'enabled' }, reasoning_effort: effort }
}

const toSampling = (request: LanguageRequest, quirks: Quirks): Record<string, unknown> => ({
  ...(request.temperature !== undefined && { temperature: request.temperature }),
  ...(request.topP !== undefined && { top_p: request.topP }),
  ...(request.frequencyPenalty !== undefined && { frequency_penalty: request.frequencyPenalty }),
  ...(request.presencePenalty !== undefined && { presence_penalty: request.presencePenalty }),
  ...(request.seed !== undefined && { [quirks.seed]: request.seed }),
  ...(request.stop?.length && { stop: request.stop }),
})

const toTools = (request: LanguageRequest, quirks: Quirks): Record<string, unknown> =>
  request.tools?.length
    ? {
        tools: request.tools.map(toTool),
        ...(request.toolChoice !== undefined && { tool_choice: toToolChoice(request.toolChoice, quirks) }),
        ...(request.parallelToolCalls !== undefined && { parallel_tool_calls: request.parallelToolCalls }),
      }
    : {}

const toPromptCache = ({ promptCache }: LanguageRequest, quirks: Quirks): Record<string, unknown> =>
  promptCache && quirks.promptCache
    ? {
        ...(promptCache.key !== undefined && { prompt_cache_key: promptCache.key }),
        ...(promptCache.retention !== undefined && { prompt_cache_retention: promptCache.retention }),
      }
    : {}

export const toChatCompletionsBody = (input: {
  model: string
  request: LanguageRequest
  quirks: Quirks
}): Record<string, unknown> => {
  const { model, request, quirks } = input
  return {
    model,
    messages: toMessages(request.messages, quirks),
    stream: true,
    ...(quirks.streamOptions && { stream_options: { include_usage: true } }),
    ...(request.maxOutputTokens !== undefined && { [quirks.maxTokens]: request.maxOutputTokens }),
    ...toSampling(request, quirks),
    ...toTools(request, quirks),
    ...(request.responseFormat && { response_format: toResponseFormat(request.responseFormat) }),
    ...toReasoning(request, quirks),
    ...(request.verbosity !== undefined && { verbosity: request.verbosity }),
    ...toPromptCache(request, quirks),
    ...(request.endUser !== undefined && quirks.endUser && { [quirks.endUser]: request.endUser }),
  }
}
