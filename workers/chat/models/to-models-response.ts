// The catalogue as OpenAI's clients list models, with what a person needs to choose.
import { kindOf, type CatalogModel, type ModelKind } from '#shared/contracts/model'
import type { Model, ModelList } from '#shared/contracts/models'
import { toModelImage } from './to-model-image.ts'

/** Its clients cannot do without a date, and the day its price was read is the only one we know. */
const createdAt = (model: CatalogModel): number => Date.parse(model.priceCheckedAt)

const toPrice = (model: CatalogModel): Model['price'] =>
  model.price && {
    currency: 'USD',
    unit: 'micros_per_million',
    prices: model.price.prices,
    ...(model.price.tiers && {
      tiers: model.price.tiers.map(({ inputTokensAbove, prices }) => ({
        input_tokens_above: inputTokensAbove,
        prices,
      })),
    }),
    checked_at: model.priceCheckedAt,
    source: model.priceSource,
  }

function inputsOf({ abilities }: CatalogModel): Model['input_modalities'] {
  return [
    'text',
    ...(abilities.includes('vision') ? (['image'] as const) : []),
    ...(abilities.includes('audio-input') ? (['audio'] as const) : []),
    ...(abilities.includes('file-input') ? (['file'] as const) : []),
  ]
}

const outputOf: Record<ModelKind, Model['output_modalities'][number]> = {
  language: 'text',
  embedding: 'embedding',
  moderation: 'moderation',
  image: 'image',
}

export const toModelResponse = (model: CatalogModel): Model => ({
  id: model.id,
  object: 'model',
  created: Math.floor(createdAt(model) / 1000),
  owned_by: model.vendor,
  name: model.name,
  kind: kindOf(model),
  input_modalities: inputsOf(model),
  output_modalities: [outputOf[kindOf(model)]],
  context_window: model.contextTokens,
  max_output_tokens: model.maxOutputTokens,
  ...(model.embedding && { dimensions: model.embedding.dimensions }),
  abilities: [...model.abilities],
  ...(model.image && { image: toModelImage({ ...model, image: model.image }) }),
  price: toPrice(model),
  sandbox: model.vendor === 'riwaq',
})

export const toModelsResponse = (models: readonly CatalogModel[]): ModelList => ({
  object: 'list',
  data: models.map(toModelResponse),
})
