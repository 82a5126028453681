// A page of models as Anthropic's clients ask for it: after a model, or before one.
import type { CatalogModel } from '#shared/contracts/model'
import type { AnthropicModelList } from '#shared/contracts/models'
import { invalidRequest } from '#shared/http/problems'
import { toAnthropicModel } from './to-anthropic-model.ts'

export interface AnthropicPageInput {
  limit: number
  afterId: string | null
  beforeId: string | null
}

function placeOf(models: readonly CatalogModel[], id: string, param: string): number {
  const at = models.findIndex((model) => model.id === id)
  if (at < 0) throw invalidRequest(`There is no model “${id.slice(0, 200)}” in this list.`, param)
  return at
}

function rangeOf(models: readonly CatalogModel[], { limit, afterId, beforeId }: AnthropicPageInput): [number, number] {
  if (beforeId !== null) {
    const to = placeOf(models, beforeId, 'before_id')
    return [Math.max(0, to - limit), to]
  }
  const from = afterId === null ? 0 : placeOf(models, afterId, 'after_id') + 1
  return [from, Math.min(models.length, from + limit)]
}

export function toAnthropicModels(models: readonly CatalogModel[], page: AnthropicPageInput): AnthropicModelList {
  const [from, to] = rangeOf(models, page)
  const data = models.slice(from, to).map(toAnthropicModel)
  return {
    data,
    // In the direction in which the caller goes.
    has_more: page.beforeId === null ? to < models.length : from > 0,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  }
}
