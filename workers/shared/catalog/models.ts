// The only list of language models; those of other kinds stand beside it. Prices are generated (`npm run catalog:refresh`), with where and when they were read;
// the order and what a price list does not say are ours.
import type { CatalogModel } from '../contracts/model.ts'
import { audioModels } from './audio-models.ts'
import type { GeneratedCatalog } from './from-price-source.ts'
import { withLongCache } from './further-prices.ts'
import generated from './generated/language-models.json' with { type: 'json' }
import { sandboxModels } from './sandbox-models.ts'

/** Shown first: for each vendor a default, a cheap and a strong one. */
export const suggestedModels: readonly string[] = [
  'openai/gpt-6.1-terra',
  'openai/gpt-6-luna',
  'openai/gpt-6.1-sol',
  'openai/gpt-6-astra',
  'anthropic/claude-sonnet-5-5',
  'anthropic/claude-haiku-5-5',
  'anthropic/claude-opus-5-5',
  'google/gemini-3.8-flash',
  'google/gemini-3.5-flash-lite',
  'google/gemini-4-argon',
  'workers-ai/@cf/zai-org/glm-5.3-flash',
  'workers-ai/@cf/qwen/qwen3.8-27b',
  'workers-ai/@cf/openai/gpt-oss-120b',
  'workers-ai/@cf/google/gemma-4-26b-a4b-it',
]

/** GPT-4o mini counts an image at 33 times GPT-4o's tokens: https://platform.openai.com/docs/guides/images-vision */
const imageTokens: Readonly<Record<string, number>> = { 'openai/gpt-4o-mini': 48_200 }

const { source, checkedAt, models: rows } = generated as GeneratedCatalog
const rank = new Map(suggestedModels.map((id, at) => [id, at]))
const rankOf = (model: { id: string }): number => rank.get(model.id) ?? suggestedModels.length

export const catalog: readonly CatalogModel[] = [
  ...rows
    .map((row) => ({
      ...withLongCache(row),
      priceSource: source,
      priceCheckedAt: checkedAt,
      ...(imageTokens[row.id] && { imageTokens: imageTokens[row.id] }),
    }))
    .toSorted((a, b) => rankOf(a) - rankOf(b)),
  ...audioModels,
  ...sandboxModels,
]
