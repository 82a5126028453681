// POST /v1/chat/completions, in OpenAI's shape. The schema is what validates requests and what the reference shows.
import { z } from 'zod'
import { FallbackModels, ProviderPreference } from './routing.ts'

const text = z.string()

/** What of OpenAI's prompt cache has a price. */
export const CacheTtl = z.literal('30m', {
  error: 'Only the cache of half an hour is priced here: leave ttl out, or say "30m".',
})
export const CacheBreakpoint = z
  .object({ mode: z.literal('explicit'), ttl: CacheTtl.optional() })
  .optional()
  .describe('Up to here the prompt is worth keeping in the vendor’s cache.')
const breakpoint = { prompt_cache_breakpoint: CacheBreakpoint }

const TextPart = z.object({ type: z.literal('text'), text, ...breakpoint })
const AudioPart = z.object({
  type: z.literal('input_audio'),
  input_audio: z.object({ data: z.string().min(1).describe('In base64.'), format: z.enum(['wav', 'mp3']) }),
  ...breakpoint,
})
const FilePart = z.object({
  type: z.literal('file'),
  file: z.object({
    file_data: z.string().min(1).optional().describe('A PDF or a text: data:application/pdf;base64,…'),
    filename: z.string().max(500).optional(),
    file_id: z.string().optional().describe('Files at the vendor are not part of this endpoint.'),
  }),
  ...breakpoint,
})
const ImagePart = z.object({
  type: z.literal('image_url'),
  image_url: z.object({
    url: z.string().describe('An https address, or a data: URL with the image in base64.'),
    detail: z.enum(['auto', 'low', 'high', 'original']).optional(),
  }),
  ...breakpoint,
})
const RefusalPart = z.object({ type: z.literal('refusal'), refusal: z.string() })
const textContent = z.union([text, z.array(TextPart)])

const ToolCall = z.discriminatedUnion('type', [
  z.object({
    id: z.string(),
    type: z.literal('function'),
    function: z.object({ name: z.string(), arguments: z.string() }),
  }),
  z.object({ id: z.string(), type: z.literal('custom'), custom: z.object({ name: z.string(), input: z.string() }) }),
])

export const ChatMessage = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer']), content: textContent, name: z.string().optional() }),
  z.object({
    role: z.literal('user'),
    content: z.union([text, z.array(z.discriminatedUnion('type', [TextPart, ImagePart, AudioPart, FilePart])).min(1)]),
    name: z.string().optional(),
  }),
  z.object({
    role: z.literal('assistant'),
    content: z.union([text, z.array(z.discriminatedUnion('type', [TextPart, RefusalPart]))]).nullish(),
    refusal: z.string().nullish(),
    name: z.string().optional(),
    tool_calls: z.array(ToolCall).nullish(),
    reasoning_content: z.string().nullish().describe('Reasoning of an earlier answer, for models that want it back.'),
    reasoning_signature: z.string().nullish().describe('Its seal, as it came with it.'),
    audio: z.object({ id: z.string() }).nullish().describe('Spoken answers are not part of this endpoint.'),
    function_call: z.object({ name: z.string(), arguments: z.string() }).nullish().describe('The older `tool_calls`.'),
  }),
  z.object({ role: z.literal('tool'), tool_call_id: z.string(), content: textContent }),
  z.object({ role: z.literal('function'), name: z.string(), content: text.nullable() }).describe('The older `tool`.'),
])

const FunctionDefinition = z.object({
  name: z.string().min(1).max(128),
  description: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).optional().describe('JSON Schema of the arguments.'),
  strict: z.boolean().nullish(),
})

const ChatTool = z.discriminatedUnion('type', [
  z.object({ type: z.literal('function'), function: FunctionDefinition }),
  z.object({ type: z.literal('custom'), custom: z.looseObject({ name: z.string().min(1) }) }),
])

const ChatToolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) }),
  z.object({
    type: z.literal('allowed_tools'),
    allowed_tools: z.object({
      mode: z.enum(['auto', 'required']),
      tools: z.array(z.looseObject({ type: z.string() })),
    }),
  }),
  z.object({ type: z.literal('custom'), custom: z.object({ name: z.string() }) }),
])

const ChatResponseFormat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({
      name: z.string().min(1),
      description: z.string().optional(),
      schema: z.record(z.string(), z.unknown()).optional(),
      strict: z.boolean().nullish(),
    }),
  }),
])

export const ChatCompletionRequest = z
  .looseObject({
    model: z
      .string()
      .min(1)
      .max(200)
      .describe('`vendor/name`, or the bare name where one vendor has it. See GET /v1/models.'),
    models: FallbackModels.nullish(),
    provider: ProviderPreference.nullish().describe(
      'Which vendors may answer, and in which order. No vendor is sent this.',
    ),
    messages: z.array(ChatMessage).min(1),
    stream: z.boolean().nullish(),
    stream_options: z
      .object({ include_usage: z.boolean().optional(), include_obfuscation: z.boolean().optional() })
      .nullish(),
    max_completion_tokens: z.number().int().min(1).nullish(),
    max_tokens: z.number().int().min(1).nullish().describe('The older name of `max_completion_tokens`.'),
    temperature: z.number().min(0).max(2).nullish(),
    top_p: z.number().min(0).max(1).nullish(),
    frequency_penalty: z.number().min(-2).max(2).nullish(),
    presence_penalty: z.number().min(-2).max(2).nullish(),
    seed: z.number().int().nullish(),
    stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
    n: z
      .number()
      .int()
      .min(1)
      .max(8)
      .nullish()
      .describe('More than one only where the model is served by a vendor of this same API.'),
    tools: z.array(ChatTool).nullish(),
    tool_choice: ChatToolChoice.nullish(),
    parallel_tool_calls: z.boolean().nullish(),
    response_format: ChatResponseFormat.nullish(),
    reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).nullish(),
    verbosity: z.enum(['low', 'medium', 'high']).nullish(),
    logprobs: z.boolean().nullish(),
    top_logprobs: z.number().int().min(0).max(20).nullish(),
    logit_bias: z.record(z.string(), z.number()).nullish(),
    modalities: z
      .array(z.enum(['text', 'audio']))
      .nullish()
      .describe('Text only.'),
    service_tier: z.string().nullish().describe('`auto` or `default`.'),
    store: z.literal(false, { error: 'Answers are not stored at the vendor.' }).nullish(),
    metadata: z.record(z.string(), z.string()).nullish(),
    user: z.string().nullish(),
    safety_identifier: z.string().nullish(),
    prompt_cache_key: z.string().nullish(),
    prompt_cache_retention: z.string().nullish(),
    prompt_cache_options: z
      .object({ mode: z.enum(['implicit', 'explicit']).optional(), ttl: CacheTtl.optional() })
      .nullish()
      .describe('For OpenAI’s models; elsewhere the breakpoints alone count.'),
    moderation: z.looseObject({}).nullish(),
    functions: z
      .array(z.looseObject({ name: z.string() }))
      .nullish()
      .describe('The older form of `tools`.'),
    function_call: z.union([z.enum(['none', 'auto']), z.object({ name: z.string() })]).nullish(),
  })
  .meta({ id: 'ChatCompletionRequest' })
export type ChatCompletionRequest = z.infer<typeof ChatCompletionRequest>
export type ChatMessage = z.infer<typeof ChatMessage>

export const ChatUsage = z
  .object({
    prompt_tokens: z.number().int(),
    completion_tokens: z.number().int(),
    total_tokens: z.number().int(),
    prompt_tokens_details: z
      .object({
        cached_tokens: z.number().int(),
        cache_write_tokens: z.number().int().optional(),
        audio_tokens: z.number().int().optional(),
      })
      .optional(),
    completion_tokens_details: z.object({ reasoning_tokens: z.number().int() }).optional(),
  })
  .meta({ id: 'ChatUsage' })
export type ChatUsage = z.infer<typeof ChatUsage>

const finishReason = z.enum(['stop', 'length', 'tool_calls', 'content_filter'])
const FunctionCall = z.object({
  id: z.string(),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
})

export const ChatCompletion = z
  .object({
    id: z.string(),
    object: z.literal('chat.completion'),
    created: z.number().int().describe('Seconds since the epoch.'),
    model: z.string(),
    choices: z.array(
      z.object({
        index: z.number().int(),
        message: z.object({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          refusal: z.string().nullish(),
          reasoning_content: z.string().optional(),
          reasoning_signature: z.string().optional().describe('Seals the reasoning; send it back with it.'),
          tool_calls: z.array(FunctionCall).optional(),
        }),
        finish_reason: finishReason,
        logprobs: z.looseObject({}).nullish().describe('Where they were asked for, as the vendor gives them.'),
      }),
    ),
    usage: ChatUsage.optional(),
  })
  .meta({ id: 'ChatCompletion' })
export type ChatCompletion = z.infer<typeof ChatCompletion>

export const ChatCompletionChunk = z
  .object({
    id: z.string(),
    object: z.literal('chat.completion.chunk'),
    created: z.number().int(),
    model: z.string(),
    choices: z.array(
      z.object({
        index: z.number().int(),
        delta: z.object({
          role: z.literal('assistant').optional(),
          content: z.string().nullable().optional(),
          reasoning_content: z.string().optional(),
          reasoning_signature: z.string().optional(),
          tool_calls: z
            .array(
              z.object({
                index: z.number().int(),
                id: z.string().optional(),
                type: z.literal('function').optional(),
                function: z.object({ name: z.string().optional(), arguments: z.string() }),
              }),
            )
            .optional(),
        }),
        finish_reason: finishReason.nullable(),
        logprobs: z.looseObject({}).nullish().describe('Where they were asked for, as the vendor gives them.'),
      }),
    ),
    usage: ChatUsage.nullish(),
  })
  .meta({ id: 'ChatCompletionChunk' })
export type ChatCompletionChunk = z.infer<typeof ChatCompletionChunk>
