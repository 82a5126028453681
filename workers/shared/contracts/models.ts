// GET /v1/models, in OpenAI's shape (with what a person needs to choose), or in Anthropic's for its clients.
import { z } from 'zod'
import { units } from '../lib/money.ts'
import { abilities, imageOperations, modelKinds } from './model.ts'

const UnitPrices = z.partialRecord(z.enum(units), z.number().int())

export const ModelPrice = z
  .object({
    currency: z.literal('USD'),
    unit: z.literal('micros_per_million').describe('Millionths of a US dollar for one million units.'),
    prices: UnitPrices,
    tiers: z.array(z.object({ input_tokens_above: z.number().int(), prices: UnitPrices })).optional(),
    checked_at: z.string().describe('When the price was read, ISO date.'),
    source: z.string(),
  })
  .meta({ id: 'ModelPrice' })

const Pixels = z.number().int().nullable()

/** What a model that makes pictures can be asked, and what a picture of it costs. */
export const ModelImage = z
  .object({
    operations: z.array(z.enum(imageOperations)),
    sizes: z.object({
      kind: z.enum(['list', 'range']),
      sizes: z.array(z.string()).describe('all that there are; empty where it is a range'),
      min: Pixels.describe('of a side, as are `max` and `step`'),
      max: Pixels,
      step: Pixels,
      min_pixels: Pixels,
      max_pixels: Pixels,
    }),
    auto_size: z.boolean().describe('Whether it chooses a size itself.'),
    qualities: z.array(z.string()).describe('The cheapest first; empty where there is no choice.'),
    max_images: z.number().int().describe('in one call'),
    max_input_images: z.number().int(),
    mask: z.boolean(),
    transparency: z.boolean(),
    seed: z.boolean(),
    negative_prompt: z.boolean(),
    partial_images: z.boolean().describe('Whether it shows pictures before they are final.'),
    prompt_language: z.enum(['any', 'en']),
    max_prompt_characters: z.number().int(),
    pricing: z.object({
      unit: z.enum(['images', 'tokens', 'megapixels', 'tiles']).describe('what is counted'),
      pictures: z
        .array(
          z.object({
            size: z.string(),
            quality: z.string().nullable(),
            max_micros: z
              .number()
              .int()
              .describe('Millionths of a US dollar; what is counted in tokens may cost less.'),
          }),
        )
        .describe('What one picture costs at the most: of a usual size, by its quality.'),
    }),
  })
  .meta({ id: 'ModelImage' })
export type ModelImage = z.infer<typeof ModelImage>

export const Model = z
  .object({
    id: z.string(),
    object: z.literal('model'),
    created: z.number().int(),
    owned_by: z.string(),
    name: z.string(),
    kind: z.enum(modelKinds).describe('What it is for; each kind has its own address.'),
    input_modalities: z.array(z.enum(['text', 'image', 'audio', 'file'])),
    output_modalities: z.array(z.enum(['text', 'embedding', 'moderation', 'image'])),
    context_window: z.number().int(),
    max_output_tokens: z.number().int().describe('0 where it does not answer in words.'),
    dimensions: z.number().int().nullable().optional().describe('Of an embedding model’s vectors.'),
    abilities: z.array(z.enum(abilities)),
    image: ModelImage.optional().describe('Of a model that makes pictures.'),
    price: ModelPrice.nullable().describe('Null: nobody told us the price, so the model cannot be called.'),
    sandbox: z.boolean().describe('The platform’s own offline stand-in; not a real model.'),
  })
  .meta({ id: 'Model' })
export type Model = z.infer<typeof Model>

export const ModelList = z.object({ object: z.literal('list'), data: z.array(Model) }).meta({ id: 'ModelList' })
export type ModelList = z.infer<typeof ModelList>

const Support = z.object({ supported: z.boolean() })

const AnthropicCapabilities = z.object({
  batch: Support,
  citations: Support,
  code_execution: Support,
  context_management: z.object({
    supported: z.boolean(),
    clear_thinking_20251015: z.null(),
    clear_tool_uses_20250919: z.null(),
    compact_20260112: z.null(),
  }),
  effort: z.object({
    supported: z.boolean(),
    low: Support,
    medium: Support,
    high: Support,
    xhigh: Support,
    max: Support,
  }),
  image_input: Support,
  pdf_input: Support,
  server_tools: z.object({ supported: z.boolean(), code_execution: Support, web_search: Support }),
  structured_outputs: Support,
  thinking: z.object({
    supported: z.boolean(),
    types: z.object({ adaptive: Support, between_tools: Support, disabled: Support, enabled: Support }),
  }),
})

export const AnthropicModel = z
  .object({
    type: z.literal('model'),
    id: z.string(),
    display_name: z.string(),
    created_at: z.string(),
    deprecated_at: z.null(),
    retires_at: z.null(),
    lifecycle: z.literal('active'),
    line: z.enum(['haiku', 'sonnet', 'opus', 'fable', 'mythos']).nullable(),
    max_input_tokens: z.number().int(),
    max_tokens: z.number().int(),
    capabilities: AnthropicCapabilities.describe('As it can be called here.'),
  })
  .meta({ id: 'AnthropicModel' })
export type AnthropicModel = z.infer<typeof AnthropicModel>

export const AnthropicModelList = z
  .object({
    data: z.array(AnthropicModel),
    has_more: z.boolean(),
    first_id: z.string().nullable(),
    last_id: z.string().nullable(),
  })
  .meta({ id: 'AnthropicModelList' })
export type AnthropicModelList = z.infer<typeof AnthropicModelList>
