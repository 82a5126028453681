// OpenAI's chat request → the house's request.
import type { ChatCompletionRequest, ChatMessage } from '#shared/contracts/chat-completions'
import { unsupportedParameter, type Problem } from '#shared/http/problems'
import type {
  AudioPart,
  FilePart,
  ImagePart,
  LanguageMessage,
  LanguageRequest,
  ResponseFormat,
  TextPart,
  Tool,
  ToolChoice,
  Warning,
} from '#shared/providers/spec/language-model'
import { toFilePart } from '../file-part.ts'
import { toImageSource } from '../image-source.ts'
import { isRecord, isSaid, withoutAbsent } from '../loose.ts'
import type { Translation } from '../translation.ts'

type UserContent = Extract<ChatMessage, { role: 'user' }>['content']
type TextContent = Extract<ChatMessage, { role: 'tool' }>['content']
type AssistantMessage = Extract<ChatMessage, { role: 'assistant' }>

type Breakpoint = { prompt_cache_breakpoint?: unknown }
const cacheOf = ({ prompt_cache_breakpoint: mark }: Breakpoint) => (mark ? { cache: true as const } : {})

const toTextParts = (content: TextContent): TextPart[] =>
  typeof content === 'string'
    ? [{ type: 'text', text: content }]
    : content.map((part) => ({ type: 'text', text: part.text, ...cacheOf(part) }))

type UserPart = Exclude<UserContent, string>[number]

function toUserPart(part: UserPart, param: string): TextPart | ImagePart | AudioPart | FilePart {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text, ...cacheOf(part) }
    case 'input_audio':
      return { type: 'audio', ...part.input_audio }
    case 'file':
      return { ...toFilePart(part.file, `${param}.file.file_data`), ...cacheOf(part) }
    case 'image_url': {
      const { url, detail } = part.image_url
      const source = toImageSource(url, `${param}.image_url.url`)
      const fineness = detail && { detail: detail === 'original' ? ('high' as const) : detail }
      return { type: 'image', source, ...fineness, ...cacheOf(part) }
    }
  }
}

const toUserParts = (content: UserContent, at: number) =>
  typeof content === 'string'
    ? [{ type: 'text' as const, text: content }]
    : content.map((part, index) => toUserPart(part, `messages[${at}].content[${index}]`))

function toAssistantParts(message: AssistantMessage): Extract<LanguageMessage, { role: 'assistant' }>['content'] {
  const { content, refusal, reasoning_content: reasoning, reasoning_signature: signature, tool_calls: calls } = message
  const texts =
    typeof content === 'string'
      ? [content]
      : (content ?? []).map((part) => (part.type === 'text' ? part.text : part.refusal))
  return [
    ...(reasoning || signature
      ? [{ type: 'reasoning' as const, text: reasoning ?? '', ...(signature && { signature }) }]
      : []),
    ...[...texts, refusal ?? ''].filter((text) => text !== '').map((text) => ({ type: 'text' as const, text })),
    ...(calls ?? []).flatMap((call) =>
      call.type === 'function'
        ? [{ type: 'tool-call' as const, id: call.id, name: call.function.name, input: call.function.arguments }]
        : [],
    ),
  ]
}

function toMessages(messages: ChatMessage[]): LanguageMessage[] {
  const result: LanguageMessage[] = []
  messages.forEach((message, at) => {
    if (message.role === 'tool') {
      const part = { type: 'tool-result' as const, callId: message.tool_call_id, content: toTextParts(message.content) }
      const last = result.at(-1)
      // Results of parallel calls belong to one turn.
      if (last?.role === 'user' && last.content.every((each) => each.type === 'tool-result')) last.content.push(part)
      else result.push({ role: 'user', content: [part] })
    } else if (message.role === 'user') result.push({ role: 'user', content: toUserParts(message.content, at) })
    else if (message.role === 'assistant') result.push({ role: 'assistant', content: toAssistantParts(message) })
    // The older form of a tool's result: refused where it would have to be translated.
    else if (message.role === 'function') result.push({ role: 'user', content: toTextParts(message.content ?? '') })
    else result.push({ role: 'system', content: toTextParts(message.content) })
  })
  return result
}

const toTools = (tools: NonNullable<ChatCompletionRequest['tools']>): Tool[] =>
  tools.flatMap((tool) =>
    tool.type === 'function'
      ? [
          {
            name: tool.function.name,
            parameters: tool.function.parameters ?? { type: 'object', properties: {} },
            ...(tool.function.description !== undefined && { description: tool.function.description }),
            ...(tool.function.strict && { strict: true }),
          },
        ]
      : [],
  )

type Choice = ChatCompletionRequest['tool_choice']
type AllowedTools = Extract<Exclude<NonNullable<Choice>, string>, { type: 'allowed_tools' }>

const allowedOf = (choice: Choice): AllowedTools['allowed_tools'] | null =>
  typeof choice === 'object' && choice?.type === 'allowed_tools' ? choice.allowed_tools : null

const functionNameOf = (tool: Record<string, unknown>): unknown =>
  tool['type'] === 'function' && isRecord(tool['function']) ? tool['function']['name'] : undefined

/** Some of the tools may be used: to a model that is told of no others it is the same. */
function onlyAllowed(tools: Tool[], choice: Choice): Tool[] {
  const allowed = allowedOf(choice)
  if (!allowed) return tools
  const names = new Set(allowed.tools.map(functionNameOf))
  return tools.filter(({ name }) => names.has(name))
}

function toToolChoice(choice: Choice): ToolChoice | undefined {
  if (!choice) return undefined
  if (typeof choice === 'string') return choice
  if (choice.type === 'function') return { name: choice.function.name }
  return allowedOf(choice)?.mode
}

function toResponseFormat(format: ChatCompletionRequest['response_format']): ResponseFormat | undefined {
  if (!format || format.type === 'text') return undefined
  if (format.type === 'json_object') return { type: 'json' }
  const { name, schema = {}, strict, description } = format.json_schema
  return {
    type: 'json-schema',
    name,
    schema,
    ...(strict && { strict: true }),
    ...(description !== undefined && { description }),
  }
}

const refusals: { param: string; refused: (body: ChatCompletionRequest) => boolean; why: string }[] = [
  { param: 'n', refused: (body) => (body.n ?? 1) > 1, why: 'This model gives one answer at a time.' },
  {
    param: 'logprobs',
    refused: (body) => body.logprobs === true || isSaid(body.top_logprobs),
    why: 'This model does not report token probabilities.',
  },
  {
    param: 'logit_bias',
    refused: (body) => Object.keys(body.logit_bias ?? {}).length > 0,
    why: 'This model does not take token biases.',
  },
  {
    param: 'functions',
    refused: (body) => isSaid(body.functions),
    why: 'Use `tools`, which every model with tools understands.',
  },
  {
    param: 'function_call',
    refused: (body) => isSaid(body.function_call),
    why: 'Use `tool_choice`, which every model with tools understands.',
  },
  {
    param: 'tools',
    refused: (body) => (body.tools ?? []).some((tool) => tool.type === 'custom'),
    why: 'This model takes tools of type `function` only.',
  },
  {
    param: 'messages',
    refused: (body) =>
      body.messages.some(
        (message) => message.role === 'assistant' && message.tool_calls?.some((call) => call.type === 'custom'),
      ),
    why: 'This model takes tool calls of type `function` only.',
  },
  {
    param: 'tool_choice',
    refused: ({ tool_choice: choice }) =>
      typeof choice === 'object' &&
      choice !== null &&
      (choice.type === 'custom' || (allowedOf(choice)?.tools.some((tool) => tool.type !== 'function') ?? false)),
    why: 'This model takes `none`, `auto`, `required` or functions.',
  },
  {
    param: 'messages',
    refused: (body) =>
      body.messages.some(
        (message) => message.role === 'function' || (message.role === 'assistant' && isSaid(message.function_call)),
      ),
    why: 'Use `tool_calls` and messages of the role `tool`, which every model with tools understands.',
  },
  { param: 'moderation', refused: (body) => isSaid(body.moderation), why: 'This model has no moderation of its own.' },
]

const findRefusal = (body: ChatCompletionRequest): Problem | null => {
  const found = refusals.find(({ refused }) => refused(body))
  return found ? unsupportedParameter(found.param, found.why) : null
}

const withoutEffect = ['metadata', 'prompt_cache_options'] as const

const warningsOf = (body: ChatCompletionRequest): Warning[] => [
  ...withoutEffect
    .filter((name) => isSaid(body[name]))
    .map((name) => ({ parameter: name, message: 'has no effect on this model' })),
  ...(body.messages.some((message) => 'name' in message && message.name)
    ? [{ parameter: 'messages.name', message: 'has no effect on this model' }]
    : []),
]

/** What the translation leaves out but a vendor of this dialect would read. */
function extraCharactersOf(body: ChatCompletionRequest): number {
  const custom = (body.tools ?? []).filter((tool) => tool.type === 'custom')
  const customCalls = body.messages.flatMap((message) =>
    message.role === 'assistant' ? (message.tool_calls ?? []).filter((call) => call.type === 'custom') : [],
  )
  const older = body.messages.flatMap((message) =>
    message.role === 'assistant' && message.function_call ? [message.function_call] : [],
  )
  const notAllowed = allowedOf(body.tool_choice) ? body.tools : []
  const extra = [custom, customCalls, body.functions ?? [], older, notAllowed]
  return extra.every((list) => !list || list.length === 0) ? 0 : JSON.stringify(extra).length
}

function toPromptCache(body: ChatCompletionRequest): LanguageRequest['promptCache'] {
  const { prompt_cache_key: key, prompt_cache_retention: retention } = body
  if (!key && !retention) return undefined
  return { ...(key && { key }), ...(retention && { retention }) }
}

export function toLanguageRequest(body: ChatCompletionRequest): Translation {
  const request: LanguageRequest = withoutAbsent({
    messages: toMessages(body.messages),
    maxOutputTokens: body.max_completion_tokens ?? body.max_tokens ?? undefined,
    temperature: body.temperature ?? undefined,
    topP: body.top_p ?? undefined,
    frequencyPenalty: body.frequency_penalty ?? undefined,
    presencePenalty: body.presence_penalty ?? undefined,
    seed: body.seed ?? undefined,
    stop: typeof body.stop === 'string' ? [body.stop] : (body.stop ?? undefined),
    tools: body.tools ? onlyAllowed(toTools(body.tools), body.tool_choice) : undefined,
    toolChoice: toToolChoice(body.tool_choice),
    parallelToolCalls: body.parallel_tool_calls ?? undefined,
    responseFormat: toResponseFormat(body.response_format),
    reasoning: body.reasoning_effort ? { effort: body.reasoning_effort } : undefined,
    verbosity: body.verbosity ?? undefined,
    promptCache: toPromptCache(body),
    endUser: body.safety_identifier ?? body.user ?? undefined,
  })
  return {
    request,
    warnings: warningsOf(body),
    untranslatable: findRefusal(body),
    extraCharacters: extraCharactersOf(body),
  }
}
