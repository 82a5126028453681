// POST /v1/responses and what is kept of it, in OpenAI's shape. The schemas are what validates requests and what the
// reference shows.
import { z } from 'zod'
import { CacheBreakpoint, CacheTtl } from './chat-completions.ts'
import { FallbackModels, ProviderPreference } from './routing.ts'

const id = z.string().min(1).max(200).nullish()
const status = z.enum(['in_progress', 'completed', 'incomplete']).nullish()
const breakpoint = { prompt_cache_breakpoint: CacheBreakpoint.nullable() }

export const ResponseContentPart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('input_text'), text: z.string(), ...breakpoint }),
  z.object({
    type: z.literal('input_image'),
    image_url: z.string().nullish().describe('An https address, or a data: URL with the image in base64.'),
    detail: z.enum(['auto', 'low', 'high', 'original']).nullish(),
    file_id: z.string().nullish().describe('Not offered: send the image itself.'),
    ...breakpoint,
  }),
  z.object({
    type: z.literal('input_file'),
    file_data: z.string().nullish().describe('A PDF or a text: data:application/pdf;base64,…'),
    file_url: z.string().nullish().describe('Not offered: send the file itself.'),
    filename: z.string().max(500).nullish(),
    file_id: z.string().nullish().describe('Not offered: send the file itself.'),
    detail: z.enum(['auto', 'low', 'high']).nullish(),
    ...breakpoint,
  }),
  z.object({
    type: z.literal('output_text'),
    text: z.string(),
    annotations: z.array(z.unknown()).optional(),
    logprobs: z.array(z.unknown()).optional(),
  }),
  z.object({ type: z.literal('refusal'), refusal: z.string() }),
])
export type ResponseContentPart = z.infer<typeof ResponseContentPart>

const Message = z.object({
  type: z.literal('message').nullish(),
  id,
  role: z.enum(['user', 'assistant', 'system', 'developer']),
  content: z.union([z.string(), z.array(ResponseContentPart)]),
  status,
  phase: z.enum(['commentary', 'final_answer']).nullish(),
})
const FunctionCall = z.object({
  type: z.literal('function_call'),
  id,
  call_id: z.string().min(1),
  name: z.string().min(1).max(128),
  arguments: z.string(),
  status,
})
const FunctionCallOutput = z.object({
  type: z.literal('function_call_output'),
  id,
  call_id: z.string().min(1),
  output: z.union([z.string(), z.array(ResponseContentPart)]),
  status,
})
const CustomToolCall = z.object({
  type: z.literal('custom_tool_call'),
  id,
  call_id: z.string().min(1),
  name: z.string().min(1).max(128),
  input: z.string(),
})
const CustomToolCallOutput = z.object({
  type: z.literal('custom_tool_call_output'),
  id,
  call_id: z.string().min(1),
  output: z.union([z.string(), z.array(ResponseContentPart)]),
})
const Reasoning = z.object({
  type: z.literal('reasoning'),
  id,
  summary: z.array(z.object({ type: z.literal('summary_text'), text: z.string() })).default([]),
  content: z.array(z.object({ type: z.literal('reasoning_text'), text: z.string() })).nullish(),
  encrypted_content: z.string().nullish(),
  status,
})
const ItemReference = z.object({
  type: z.literal('item_reference').nullish(),
  id: z.string().min(1).max(200).describe('An item of an answer that is kept here.'),
})

/** By their type: an item that says none is a message where it has a role, else a reference. */
export const responseItemTypes = {
  message: Message,
  function_call: FunctionCall,
  function_call_output: FunctionCallOutput,
  custom_tool_call: CustomToolCall,
  custom_tool_call_output: CustomToolCallOutput,
  reasoning: Reasoning,
  item_reference: ItemReference,
} as const

/** What a model can be given, once every reference is resolved. */
export const ResponseItem = z.union([
  Message,
  FunctionCall,
  FunctionCallOutput,
  CustomToolCall,
  CustomToolCallOutput,
  Reasoning,
])
export type ResponseItem = z.infer<typeof ResponseItem>

export const ResponseInputItem = z.union([
  Message,
  FunctionCall,
  FunctionCallOutput,
  CustomToolCall,
  CustomToolCallOutput,
  Reasoning,
  ItemReference,
])
export type ResponseInputItem = z.infer<typeof ResponseInputItem>

const FunctionTool = z.object({
  type: z.literal('function'),
  name: z.string().min(1).max(128),
  description: z.string().nullish(),
  parameters: z.record(z.string(), z.unknown()).nullish().describe('JSON Schema of the arguments.'),
  strict: z.boolean().nullish(),
})
const CustomTool = z.looseObject({ type: z.literal('custom'), name: z.string().min(1).max(128) })

export const ResponseTool = z.discriminatedUnion('type', [FunctionTool, CustomTool])

export const ResponseToolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.object({ type: z.literal('function'), name: z.string() }),
  z.object({ type: z.literal('custom'), name: z.string() }),
  z.object({
    type: z.literal('allowed_tools'),
    mode: z.enum(['auto', 'required']),
    tools: z.array(z.looseObject({ type: z.string() })),
  }),
])

export const ResponseTextFormat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({
    type: z.literal('json_schema'),
    name: z.string().min(1).max(64),
    description: z.string().nullish(),
    schema: z.record(z.string(), z.unknown()),
    strict: z.boolean().nullish(),
  }),
])

const summary = z.enum(['auto', 'concise', 'detailed']).nullish()

export const ResponseMetadata = z
  .record(z.string().max(64), z.string().max(512))
  .refine((pairs) => Object.keys(pairs).length <= 16, { error: 'At most 16 pairs.' })

/** What shapes the prompt: shared by asking and by counting. */
const prompt = {
  input: z.union([z.string(), z.array(ResponseInputItem)]).nullish(),
  instructions: z.string().nullish().describe('Not carried over by `previous_response_id`.'),
  previous_response_id: z
    .string()
    .min(1)
    .max(200)
    .nullish()
    .describe('An answer that is kept here: its whole conversation goes before `input`, whichever model gave it.'),
  tools: z.array(ResponseTool).nullish(),
  tool_choice: ResponseToolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  text: z
    .object({ format: ResponseTextFormat.nullish(), verbosity: z.enum(['low', 'medium', 'high']).nullish() })
    .nullish(),
  reasoning: z
    .object({
      effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).nullish(),
      summary,
      generate_summary: summary.describe('The older name of `summary`.'),
      context: z.enum(['auto', 'current_turn', 'all_turns']).nullish(),
      mode: z.literal('standard', { error: 'Only the mode `standard` is priced here.' }).nullish(),
    })
    .nullish(),
  truncation: z
    .enum(['auto', 'disabled'])
    .nullish()
    .describe('`auto` leaves out the oldest items where the whole would not fit into the model’s window.'),
}

const model = z
  .string()
  .min(1)
  .max(200)
  .describe('`vendor/name`, or the bare name where one vendor has it. See GET /v1/models.')

export const ResponsesRequest = z
  .looseObject({
    model,
    models: FallbackModels.nullish(),
    provider: ProviderPreference.nullish().describe(
      'Which vendors may answer, and in which order. No vendor is sent this.',
    ),
    ...prompt,
    stream: z.boolean().nullish(),
    stream_options: z.object({ include_obfuscation: z.boolean().nullish() }).nullish(),
    max_output_tokens: z.number().int().min(1).nullish(),
    temperature: z.number().min(0).max(2).nullish(),
    top_p: z.number().min(0).max(1).nullish(),
    top_logprobs: z.number().int().min(0).max(20).nullish(),
    include: z
      .array(z.string())
      .nullish()
      .describe('`reasoning.encrypted_content`, `message.input_image.image_url`, `message.output_text.logprobs`.'),
    store: z
      .boolean()
      .nullish()
      .describe('`false` keeps nothing. Kept answers can be read, deleted and gone on from until they expire.'),
    metadata: ResponseMetadata.nullish(),
    background: z.boolean().nullish().describe('`false`: answers are given while the caller waits.'),
    max_tool_calls: z.number().int().min(1).nullish().describe('Only counts hosted tools, of which there are none.'),
    service_tier: z.string().nullish().describe('`auto` or `default`.'),
    user: z.string().nullish(),
    safety_identifier: z.string().nullish(),
    prompt_cache_key: z.string().nullish(),
    prompt_cache_retention: z.string().nullish(),
    prompt_cache_options: z
      .object({ mode: z.enum(['implicit', 'explicit']).optional(), ttl: CacheTtl.optional() })
      .strict()
      .nullish()
      .describe('For OpenAI’s models; elsewhere the breakpoints alone count.'),
  })
  .meta({ id: 'ResponsesRequest' })
export type ResponsesRequest = z.infer<typeof ResponsesRequest>

export const CountInputTokensRequest = z.looseObject({ model, ...prompt }).meta({ id: 'CountInputTokensRequest' })
export type CountInputTokensRequest = z.infer<typeof CountInputTokensRequest>

export const InputTokenCount = z
  .object({ object: z.literal('response.input_tokens'), input_tokens: z.number().int() })
  .meta({ id: 'InputTokenCount' })
export type InputTokenCount = z.infer<typeof InputTokenCount>

export const ResponseUsage = z
  .object({
    input_tokens: z.number().int(),
    input_tokens_details: z.object({ cached_tokens: z.number().int(), cache_write_tokens: z.number().int() }),
    output_tokens: z.number().int(),
    output_tokens_details: z.object({ reasoning_tokens: z.number().int() }),
    total_tokens: z.number().int(),
  })
  .meta({ id: 'ResponseUsage' })
export type ResponseUsage = z.infer<typeof ResponseUsage>

const outputStatus = z.enum(['in_progress', 'completed', 'incomplete'])

export const ResponseOutputItem = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    id: z.string(),
    role: z.literal('assistant'),
    status: outputStatus,
    content: z.array(
      z.discriminatedUnion('type', [
        z.object({
          type: z.literal('output_text'),
          text: z.string(),
          annotations: z.array(z.unknown()),
          logprobs: z.array(z.unknown()).optional(),
        }),
        z.object({ type: z.literal('refusal'), refusal: z.string() }),
      ]),
    ),
  }),
  z.object({
    type: z.literal('function_call'),
    id: z.string(),
    call_id: z.string(),
    name: z.string(),
    arguments: z.string(),
    status: outputStatus,
  }),
  z.object({
    type: z.literal('reasoning'),
    id: z.string(),
    summary: z.array(z.object({ type: z.literal('summary_text'), text: z.string() })),
    content: z.array(z.object({ type: z.literal('reasoning_text'), text: z.string() })).optional(),
    encrypted_content: z.string().nullable().optional(),
    status: outputStatus.optional(),
  }),
  z.object({
    type: z.literal('custom_tool_call'),
    id: z.string(),
    call_id: z.string(),
    name: z.string(),
    input: z.string(),
  }),
])
export type ResponseOutputItem = z.infer<typeof ResponseOutputItem>

export const ResponseObject = z
  .object({
    id: z.string(),
    object: z.literal('response'),
    created_at: z.number().int().describe('Seconds since the epoch.'),
    status: z.enum(['in_progress', 'completed', 'incomplete', 'failed']),
    model: z.string(),
    output: z.array(ResponseOutputItem),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    incomplete_details: z.object({ reason: z.enum(['max_output_tokens', 'content_filter']) }).nullable(),
    usage: ResponseUsage.nullable(),
    instructions: z.string().nullable(),
    previous_response_id: z.string().nullable(),
    store: z.boolean().describe('Whether it is kept.'),
    metadata: z.record(z.string(), z.string()).nullable(),
    background: z.literal(false),
    max_output_tokens: z.number().int().nullable(),
    parallel_tool_calls: z.boolean(),
    reasoning: z.object({ effort: z.string().nullable(), summary: z.string().nullable() }),
    temperature: z.number().nullable(),
    top_p: z.number().nullable(),
    text: z.looseObject({ format: ResponseTextFormat }),
    tool_choice: ResponseToolChoice,
    tools: z.array(ResponseTool),
    truncation: z.enum(['auto', 'disabled']),
    user: z.string().nullable(),
    safety_identifier: z.string().nullable(),
    prompt_cache_key: z.string().nullable(),
    service_tier: z.string().nullable(),
  })
  .meta({ id: 'Response' })
export type ResponseObject = z.infer<typeof ResponseObject>

export const ResponseItemList = z
  .object({
    object: z.literal('list'),
    data: z.array(z.looseObject({ id: z.string(), type: z.string() })),
    first_id: z.string().nullable(),
    last_id: z.string().nullable(),
    has_more: z.boolean(),
  })
  .meta({ id: 'ResponseItemList' })
export type ResponseItemList = z.infer<typeof ResponseItemList>

export const ResponseDeleted = z
  .object({ id: z.string(), object: z.literal('response'), deleted: z.literal(true) })
  .meta({ id: 'ResponseDeleted' })

export const InputItemsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  order: z.enum(['asc', 'desc']).default('desc'),
  after: z.string().min(1).max(200).optional(),
})
