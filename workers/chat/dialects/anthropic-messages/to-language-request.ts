// Anthropic's request → the house's request.
import type { MessageParam, MessagesRequest } from '#shared/contracts/messages'
import { unsupportedParameter, type Problem } from '#shared/http/problems'
import type {
  LanguageMessage,
  LanguageRequest,
  TextPart,
  Tool,
  ToolChoice,
  Warning,
} from '#shared/providers/spec/language-model'
import { isSaid, withoutAbsent } from '../loose.ts'
import type { Translation } from '../translation.ts'
import { asksForLongCache, cacheOf } from './cache-control.ts'
import { toContentParts, toTextPart } from './content-parts.ts'

type UserBlock = Exclude<Extract<MessageParam, { role: 'user' }>['content'], string>[number]
type AssistantBlock = Exclude<Extract<MessageParam, { role: 'assistant' }>['content'], string>[number]
type TextBlocks = NonNullable<MessagesRequest['system']>

const toTextParts = (content: TextBlocks): TextPart[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content.map(toTextPart)

function toUserParts(block: UserBlock, param: string): Extract<LanguageMessage, { role: 'user' }>['content'] {
  if (block.type !== 'tool_result') return toContentParts(block, param)
  const { tool_use_id: callId, content = '', is_error: isError, cache_control: mark } = block
  const parts =
    typeof content === 'string'
      ? [{ type: 'text' as const, text: content }]
      : content.flatMap((inner, at) => toContentParts(inner, `${param}.content[${at}]`))
  return [{ type: 'tool-result', callId, content: parts, ...(isError && { isError: true }), ...cacheOf(mark) }]
}

function toAssistantParts(block: AssistantBlock): Extract<LanguageMessage, { role: 'assistant' }>['content'] {
  switch (block.type) {
    case 'text':
      return [toTextPart(block)]
    case 'thinking':
      return [{ type: 'reasoning', text: block.thinking, signature: block.signature }]
    case 'tool_use':
      return [
        {
          type: 'tool-call',
          id: block.id,
          name: block.name,
          input: JSON.stringify(block.input ?? {}),
          ...cacheOf(block.cache_control),
        },
      ]
    // Sealed for its own vendor: nobody else can read it.
    case 'redacted_thinking':
      return []
  }
}

function toMessage(message: MessageParam, at: number): LanguageMessage {
  if (message.role === 'system') return { role: 'system', content: toTextParts(message.content) }
  if (message.role === 'assistant') {
    const { content } = message
    return {
      role: 'assistant',
      content: typeof content === 'string' ? [{ type: 'text', text: content }] : content.flatMap(toAssistantParts),
    }
  }
  const { content } = message
  return {
    role: 'user',
    content:
      typeof content === 'string'
        ? [{ type: 'text', text: content }]
        : content.flatMap((block, index) => toUserParts(block, `messages[${at}].content[${index}]`)),
  }
}

const isOwnTool = (tool: NonNullable<MessagesRequest['tools']>[number]): boolean =>
  !isSaid(tool.type) || tool.type === 'custom'

const toTools = (tools: NonNullable<MessagesRequest['tools']>): Tool[] =>
  tools.filter(isOwnTool).map(({ name, description, input_schema: parameters, strict, cache_control: mark }) => ({
    name,
    parameters: parameters ?? { type: 'object', properties: {} },
    ...(description !== undefined && { description }),
    ...(strict && { strict: true }),
    ...cacheOf(mark),
  }))

function toToolChoice(choice: MessagesRequest['tool_choice']): ToolChoice | undefined {
  if (!choice) return undefined
  if (choice.type === 'tool') return { name: choice.name }
  return choice.type === 'any' ? 'required' : choice.type
}

function toReasoning({ thinking, output_config: output }: MessagesRequest): LanguageRequest['reasoning'] {
  if (thinking?.type === 'disabled') return { effort: 'none' }
  const effort = output?.effort ?? undefined
  const budgetTokens = thinking?.type === 'enabled' ? thinking.budget_tokens : undefined
  if (effort === undefined && budgetTokens === undefined) return thinking ? { effort: 'medium' } : undefined
  return { ...(effort && { effort }), ...(budgetTokens && { budgetTokens }) }
}

const hasCitations = (body: MessagesRequest): boolean =>
  body.messages.some(
    ({ content }) =>
      typeof content !== 'string' &&
      content.some(
        (block) => (block.type === 'document' || block.type === 'search_result') && block.citations?.enabled === true,
      ),
  )

function findRefusal(body: MessagesRequest): Problem | null {
  const foreign = body.tools?.find((tool) => !isOwnTool(tool))
  if (foreign)
    return unsupportedParameter(
      'tools',
      `Only Anthropic’s own models have the tool “${foreign.type}”; this model takes custom tools.`,
    )
  if (body.tools?.some((tool) => tool['defer_loading'] === true))
    return unsupportedParameter(
      'tools',
      'Only Anthropic’s own models load tools later; this model is told all of them.',
    )
  return null
}

const warningsOf = (body: MessagesRequest): Warning[] => [
  ...(body.messages.some(
    ({ content }) => typeof content !== 'string' && content.some((block) => block.type === 'redacted_thinking'),
  )
    ? [{ parameter: 'messages', message: 'redacted thinking of another model is left out' }]
    : []),
  ...(hasCitations(body)
    ? [{ parameter: 'messages', message: 'citations are Anthropic’s own; this model gives none' }]
    : []),
  ...(body.tools?.some((tool) => isSaid(tool['input_examples']))
    ? [{ parameter: 'tools', message: 'input_examples are left out for this model' }]
    : []),
  ...(body.thinking?.type === 'between_tools'
    ? [{ parameter: 'thinking', message: 'between_tools is read as adaptive by this model' }]
    : []),
]

/** Thinking whose words are sealed: nobody can count them but the vendor, who bills them as part of the prompt. */
const sealedCharacters = (body: MessagesRequest): number =>
  body.messages
    .flatMap(({ role, content }) => (role === 'assistant' && typeof content !== 'string' ? content : []))
    .reduce((sum, block) => {
      if (block.type === 'redacted_thinking') return sum + block.data.length
      return block.type === 'thinking' && block.thinking === '' ? sum + block.signature.length : sum
    }, 0)

export function toLanguageRequest(body: MessagesRequest): Translation {
  const format = body.output_config?.format
  const parallel =
    body.tool_choice && 'disable_parallel_tool_use' in body.tool_choice
      ? body.tool_choice.disable_parallel_tool_use
      : undefined
  const request: LanguageRequest = withoutAbsent({
    messages: [
      ...(body.system ? [{ role: 'system' as const, content: toTextParts(body.system) }] : []),
      ...body.messages.map(toMessage),
    ],
    maxOutputTokens: body.max_tokens,
    temperature: body.temperature ?? undefined,
    topP: body.top_p ?? undefined,
    topK: body.top_k ?? undefined,
    stop: body.stop_sequences ?? undefined,
    tools: body.tools ? toTools(body.tools) : undefined,
    toolChoice: toToolChoice(body.tool_choice),
    parallelToolCalls: parallel === undefined ? undefined : !parallel,
    responseFormat: format
      ? { type: 'json-schema' as const, name: 'answer', schema: format.schema, strict: true }
      : undefined,
    reasoning: toReasoning(body),
    promptCache: body.cache_control ? { mark: cacheOf(body.cache_control).cache } : undefined,
    longCache: asksForLongCache(body) ? (true as const) : undefined,
    endUser: body.metadata?.user_id ?? undefined,
  })
  const foreign = (body.tools ?? []).filter((tool) => !isOwnTool(tool))
  return {
    request,
    warnings: warningsOf(body),
    untranslatable: findRefusal(body),
    extraCharacters:
      sealedCharacters(body) + (foreign.length > 0 ? JSON.stringify(foreign).length + foreign.length * 3_000 : 0),
  }
}
