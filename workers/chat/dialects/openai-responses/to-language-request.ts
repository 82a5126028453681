// A Responses request → the house's request.
import type { ResponseItem, ResponsesRequest } from '#shared/contracts/responses'
import { invalidRequest } from '#shared/http/problems'
import type {
  LanguageMessage,
  LanguageRequest,
  ResponseFormat,
  Tool,
  ToolChoice,
  Warning,
} from '#shared/providers/spec/language-model'
import { isSaid, withoutAbsent } from '../loose.ts'
import type { Translation } from '../translation.ts'
import { toTexts, toUserParts } from './content-parts.ts'
import { itemsOf } from './items.ts'
import { findUntranslatable } from './refusals.ts'
import { signatureOf } from './seals.ts'

type AssistantPart = Extract<LanguageMessage, { role: 'assistant' }>['content'][number]
function toAssistantParts(item: ResponseItem): AssistantPart[] | null {
  if ('role' in item) return item.role === 'assistant' ? toTexts(item.content) : null
  if (item.type === 'function_call')
    return [{ type: 'tool-call', id: item.call_id, name: item.name, input: item.arguments }]
  if (item.type !== 'reasoning') return null
  const text = [...(item.content ?? []), ...item.summary].map((part) => part.text).join('\n')
  const signature = signatureOf(item.encrypted_content)
  return [{ type: 'reasoning', text, ...(signature !== undefined && { signature }) }]
}

/** Items → turns: what one side says in a row is one message, as results of parallel calls must be. */
export function toMessages(items: ResponseItem[]): LanguageMessage[] {
  const messages: LanguageMessage[] = []
  items.forEach((item, at) => {
    const last = messages.at(-1)
    const spoken = toAssistantParts(item)
    if (spoken) {
      if (last?.role === 'assistant') last.content.push(...spoken)
      else messages.push({ role: 'assistant', content: spoken })
    } else if ('role' in item) {
      if (item.role === 'user')
        messages.push({ role: 'user', content: toUserParts(item.content, `input[${at}].content`) })
      else messages.push({ role: 'system', content: toTexts(item.content) })
    } else if (item.type === 'function_call_output') {
      const content = toUserParts(item.output, `input[${at}].output`)
      const part = { type: 'tool-result' as const, callId: item.call_id, content }
      if (last?.role === 'user' && last.content.every((each) => each.type === 'tool-result')) last.content.push(part)
      else messages.push({ role: 'user', content: [part] })
    }
  })
  return messages
}

type Choice = ResponsesRequest['tool_choice']

const allowedOf = (choice: Choice) => (typeof choice === 'object' && choice?.type === 'allowed_tools' ? choice : null)

/** Only the allowed ones are offered, which is what a vendor without such a choice can do of it. */
function toTools({ tools, tool_choice: choice }: ResponsesRequest): Tool[] | undefined {
  const named = allowedOf(choice)
  const allowed = named && new Set(named.tools.map((tool) => tool['name']))
  return tools
    ?.filter((tool) => tool.type === 'function')
    .filter((tool) => !allowed || allowed.has(tool.name))
    .map(({ name, description, parameters, strict }) => ({
      name,
      parameters: parameters ?? { type: 'object', properties: {} },
      ...(description && { description }),
      ...(strict && { strict: true }),
    }))
}

function toToolChoice(choice: Choice): ToolChoice | undefined {
  if (!choice) return undefined
  if (typeof choice === 'string') return choice
  if (choice.type === 'allowed_tools') return choice.mode
  return choice.type === 'function' ? { name: choice.name } : undefined
}

function toResponseFormat(text: ResponsesRequest['text']): ResponseFormat | undefined {
  const format = text?.format
  if (!format || format.type === 'text') return undefined
  if (format.type === 'json_object') return { type: 'json' }
  const { name, schema, strict, description } = format
  return { type: 'json-schema', name, schema, ...(strict && { strict: true }), ...(description && { description }) }
}

const warningsOf = (body: ResponsesRequest): Warning[] =>
  [
    ...(['max_tool_calls', 'prompt_cache_options'] as const).filter((name) => isSaid(body[name])),
    ...(body.reasoning?.context ? ['reasoning.context'] : []),
  ].map((parameter) => ({ parameter, message: 'has no effect on this model' }))

function toPromptCache({
  prompt_cache_key: key,
  prompt_cache_retention: retention,
}: ResponsesRequest): LanguageRequest['promptCache'] {
  return key || retention ? { ...(key && { key }), ...(retention && { retention }) } : undefined
}

/**
 * What the translation leaves out but OpenAI would read. Sealed reasoning is base64 of what it seals, so two of its
 * characters are less than a token.
 */
function extraCharactersOf(body: ResponsesRequest, items: ResponseItem[]): number {
  const custom = (body.tools ?? []).filter((tool) => tool.type === 'custom')
  const customCalls = items.filter((item) => item.type?.startsWith('custom_'))
  const sealed = items.reduce(
    (sum, item) => sum + (item.type === 'reasoning' ? (item.encrypted_content?.length ?? 0) : 0),
    0,
  )
  // OpenAI is told of those that may not be used as well.
  const notAllowed = allowedOf(body.tool_choice) ? (body.tools ?? []) : []
  const extra = [custom, customCalls, notAllowed]
  const said = extra.every((list) => list.length === 0) ? 0 : JSON.stringify(extra).length
  return said + Math.ceil(sealed / 2)
}

export function toLanguageRequest(body: ResponsesRequest): Translation {
  const items = itemsOf(body)
  const messages = toMessages(items)
  if (messages.length === 0 && !body.instructions)
    throw invalidRequest('There is nothing to answer: send `input`.', 'input')
  const request: LanguageRequest = withoutAbsent({
    messages: body.instructions
      ? [{ role: 'system' as const, content: [{ type: 'text' as const, text: body.instructions }] }, ...messages]
      : messages,
    maxOutputTokens: body.max_output_tokens ?? undefined,
    temperature: body.temperature ?? undefined,
    topP: body.top_p ?? undefined,
    tools: toTools(body),
    toolChoice: toToolChoice(body.tool_choice),
    parallelToolCalls: body.parallel_tool_calls ?? undefined,
    responseFormat: toResponseFormat(body.text),
    reasoning: body.reasoning?.effort ? { effort: body.reasoning.effort } : undefined,
    verbosity: body.text?.verbosity ?? undefined,
    promptCache: toPromptCache(body),
    endUser: body.safety_identifier ?? body.user ?? undefined,
  })
  return {
    request,
    warnings: warningsOf(body),
    untranslatable: findUntranslatable(body),
    extraCharacters: extraCharactersOf(body, items),
  }
}
