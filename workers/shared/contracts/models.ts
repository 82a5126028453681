// GET /v1/models, in OpenAI's shape (with what a person needs to choose), or in Anthropic's for its clients.
import { z } from 'zod'
import { units } from '../lib/money.ts'
import { abilities } from './model.ts'

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

export const Model = z
  .object({
    id: z.string(),
    object: z.literal('model'),
    created: z.number().int(),
    owned_by: z.string(),
    name: z.string(),
    context_window: z.number().int(),
    max_output_tokens: z.number().int(),
    abilities: z.array(z.enum(abilities)),
    price: ModelPrice.nullable().describe('Null: nobody told us the price, so the model cannot be called.'),
    sandbox: z.boolean().describe('The platform’s own offline stand-in; not a real model.'),
  })
  .meta({ id: 'Model' })
export type Model = z.infer<typeof Model>

export const ModelList = z.object({ object: z.literal('list'), data: z.array(Model) }).meta({ id: 'ModelList' })
export type ModelList = z.infer<typeof ModelList>

export const AnthropicModel = z
  .object({
    type: z.literal('model'),
    id: z.string(),
    display_name: z.string(),
    created_at: z.string(),
    max_input_tokens: z.number().int(),
    max_tokens: z.number().int(),
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
