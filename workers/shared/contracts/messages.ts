// POST /v1/messages, in Anthropic's shape. The schema is what validates requests and what the reference shows.
import { z } from 'zod'

const CacheControl = z
  .object({
    type: z.literal('ephemeral'),
    ttl: z.enum(['5m', '1h']).optional().describe('`1h` where the model has the ability `long-cache`.'),
  })
  .nullish()

const TextBlock = z.object({
  type: z.literal('text'),
  text: z.string(),
  cache_control: CacheControl,
  citations: z.array(z.unknown()).nullish(),
})

const ImageBlock = z.object({
  type: z.literal('image'),
  source: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('base64'),
      media_type: z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp']),
      data: z.string(),
    }),
    z.object({ type: z.literal('url'), url: z.string() }),
  ]),
  cache_control: CacheControl,
})

const Citations = z.object({ enabled: z.boolean().optional() }).nullish()

const DocumentBlock = z.object({
  type: z.literal('document'),
  source: z.discriminatedUnion('type', [
    z.object({ type: z.literal('base64'), media_type: z.literal('application/pdf'), data: z.string().min(1) }),
    z.object({ type: z.literal('text'), media_type: z.literal('text/plain'), data: z.string() }),
    z.object({
      type: z.literal('content'),
      content: z.union([z.string(), z.array(z.discriminatedUnion('type', [TextBlock, ImageBlock]))]),
    }),
    z.object({ type: z.literal('url'), url: z.string().describe('A public https address of a PDF.') }),
  ]),
  title: z.string().nullish(),
  context: z.string().nullish(),
  citations: Citations,
  cache_control: CacheControl,
})

const SearchResultBlock = z.object({
  type: z.literal('search_result'),
  source: z.string(),
  title: z.string(),
  content: z.array(TextBlock),
  citations: Citations,
  cache_control: CacheControl,
})

const ThinkingBlock = z.object({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() })
const RedactedThinkingBlock = z.object({ type: z.literal('redacted_thinking'), data: z.string() })
const ToolUseBlock = z.object({
  type: z.literal('tool_use'),
  id: z.string(),
  name: z.string(),
  input: z.unknown(),
  cache_control: CacheControl,
  caller: z.unknown().optional(),
})
const ToolResultBlock = z.object({
  type: z.literal('tool_result'),
  tool_use_id: z.string(),
  content: z
    .union([
      z.string(),
      z.array(z.discriminatedUnion('type', [TextBlock, ImageBlock, DocumentBlock, SearchResultBlock])),
    ])
    .optional(),
  is_error: z.boolean().nullish(),
  cache_control: CacheControl,
})

export const MessageParam = z.discriminatedUnion('role', [
  z.object({
    role: z.literal('user'),
    content: z.union([
      z.string(),
      z.array(z.discriminatedUnion('type', [TextBlock, ImageBlock, DocumentBlock, SearchResultBlock, ToolResultBlock])),
    ]),
  }),
  z.object({
    role: z.literal('assistant'),
    content: z.union([
      z.string(),
      z.array(z.discriminatedUnion('type', [TextBlock, ThinkingBlock, RedactedThinkingBlock, ToolUseBlock])),
    ]),
  }),
  z.object({ role: z.literal('system'), content: z.union([z.string(), z.array(TextBlock)]) }),
])
export type MessageParam = z.infer<typeof MessageParam>

const MessageTool = z.looseObject({
  type: z.string().nullish().describe('`custom`, or absent.'),
  name: z.string().min(1).max(128),
  description: z.string().optional(),
  input_schema: z.record(z.string(), z.unknown()).optional().describe('JSON Schema of the input.'),
  strict: z.boolean().nullish(),
  cache_control: CacheControl,
})

const parallel = { disable_parallel_tool_use: z.boolean().optional() }
const MessageToolChoice = z.discriminatedUnion('type', [
  z.object({ type: z.literal('auto'), ...parallel }),
  z.object({ type: z.literal('any'), ...parallel }),
  z.object({ type: z.literal('tool'), name: z.string(), ...parallel }),
  z.object({ type: z.literal('none') }),
])

const display = { display: z.enum(['summarized', 'omitted']).nullish() }
const Thinking = z.discriminatedUnion('type', [
  z.object({ type: z.literal('enabled'), budget_tokens: z.number().int().min(1), ...display }),
  z.object({ type: z.literal('adaptive'), ...display }),
  z.object({ type: z.literal('between_tools') }),
  z.object({ type: z.literal('disabled') }),
])

export const MessagesRequest = z
  .looseObject({
    model: z
      .string()
      .min(1)
      .max(200)
      .describe('`vendor/name`, or the bare name where one vendor has it. See GET /v1/models.'),
    max_tokens: z.number().int().min(1),
    messages: z.array(MessageParam).min(1),
    system: z.union([z.string(), z.array(TextBlock)]).nullish(),
    stream: z.boolean().nullish(),
    temperature: z.number().min(0).max(1).nullish(),
    top_p: z.number().min(0).max(1).nullish(),
    top_k: z.number().int().min(0).nullish(),
    stop_sequences: z.array(z.string()).max(16).nullish(),
    tools: z.array(MessageTool).nullish(),
    tool_choice: MessageToolChoice.nullish(),
    thinking: Thinking.nullish(),
    output_config: z
      .object({
        effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).nullish(),
        format: z.object({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) }).nullish(),
      })
      .nullish(),
    metadata: z.object({ user_id: z.string().nullish() }).nullish(),
    service_tier: z.enum(['auto', 'standard_only']).nullish(),
    speed: z.literal('standard', { error: 'Only the standard speed is priced here.' }).nullish(),
    cache_control: CacheControl,
  })
  .meta({ id: 'MessagesRequest' })
export type MessagesRequest = z.infer<typeof MessagesRequest>

export const MessagesUsage = z
  .object({
    input_tokens: z.number().int().describe('Without what was read from or written to the cache.'),
    output_tokens: z.number().int(),
    cache_read_input_tokens: z.number().int(),
    cache_creation_input_tokens: z.number().int(),
    cache_creation: z
      .object({ ephemeral_5m_input_tokens: z.number().int(), ephemeral_1h_input_tokens: z.number().int() })
      .optional(),
    output_tokens_details: z.object({ thinking_tokens: z.number().int() }).optional(),
  })
  .meta({ id: 'MessagesUsage' })
export type MessagesUsage = z.infer<typeof MessagesUsage>

export const MessageContent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string(), citations: z.null() }),
  z.object({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() }),
  z.object({ type: z.literal('tool_use'), id: z.string(), name: z.string(), input: z.unknown() }),
])
export type MessageContent = z.infer<typeof MessageContent>

export const stopReasons = ['end_turn', 'max_tokens', 'stop_sequence', 'tool_use', 'refusal'] as const

export const Message = z
  .object({
    id: z.string(),
    type: z.literal('message'),
    role: z.literal('assistant'),
    model: z.string(),
    content: z.array(MessageContent),
    stop_reason: z.enum(stopReasons).nullable(),
    stop_sequence: z.string().nullable(),
    usage: MessagesUsage,
  })
  .meta({ id: 'Message' })
export type Message = z.infer<typeof Message>

/** POST /v1/messages/count_tokens: the same prompt, without what only an answer needs. */
export const CountTokensRequest = z
  .looseObject({
    model: MessagesRequest.shape.model,
    messages: MessagesRequest.shape.messages,
    system: MessagesRequest.shape.system,
    tools: MessagesRequest.shape.tools,
    tool_choice: MessagesRequest.shape.tool_choice,
    thinking: MessagesRequest.shape.thinking,
    output_config: MessagesRequest.shape.output_config,
    speed: MessagesRequest.shape.speed,
    cache_control: MessagesRequest.shape.cache_control,
  })
  .meta({ id: 'CountTokensRequest' })
export type CountTokensRequest = z.infer<typeof CountTokensRequest>

export const TokensCount = z.object({ input_tokens: z.number().int() }).meta({ id: 'TokensCount' })
