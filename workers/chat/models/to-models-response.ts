// The catalogue as the two dialects list models.
import type { CatalogModel } from '#shared/contracts/model'
import type { AnthropicModel, AnthropicModelList, Model, ModelList } from '#shared/contracts/models'

/** Neither dialect's clients can do without a date, and the day its price was read is the only one we know. */
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

export const toModelResponse = (model: CatalogModel): Model => ({
  id: model.id,
  object: 'model',
  created: Math.floor(createdAt(model) / 1000),
  owned_by: model.vendor,
  name: model.name,
  context_window: model.contextTokens,
  max_output_tokens: model.maxOutputTokens,
  abilities: [...model.abilities],
  price: toPrice(model),
  sandbox: model.vendor === 'riwaq',
})

export const toModelsResponse = (models: readonly CatalogModel[]): ModelList => ({
  object: 'list',
  data: models.map(toModelResponse),
})

export const toAnthropicModel = (model: CatalogModel): AnthropicModel => ({
  type: 'model',
  id: model.id,
  display_name: model.name,
  created_at: new Date(createdAt(model)).toISOString(),
  max_input_tokens: model.contextTokens,
  max_tokens: model.maxOutputTokens,
})

/** Anthropic's clients page with `after_id` and `limit`. */
export function toAnthropicModels(
  models: readonly CatalogModel[],
  { limit, afterId }: { limit: number; afterId: string | null },
): AnthropicModelList {
  const from = afterId === null ? 0 : models.findIndex((model) => model.id === afterId) + 1
  const data = models.slice(from, from + limit).map(toAnthropicModel)
  return {
    data,
    has_more: from + data.length < models.length,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  }
}
