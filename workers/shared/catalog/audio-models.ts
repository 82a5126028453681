// Language models that hear. The first price source does not list them.
import type { CatalogModel } from '../contracts/model.ts'
import { audioPricesOf, furtherPrices } from './further-prices.ts'

/** https://platform.openai.com/docs/models/gpt-audio */
const facts = [
  { upstream: 'gpt-audio', name: 'GPT Audio' },
  { upstream: 'gpt-audio-mini', name: 'GPT Audio mini' },
]

export const audioModels: readonly CatalogModel[] = facts.flatMap(({ upstream, name }): CatalogModel[] => {
  const id = `openai/${upstream}`
  const prices = audioPricesOf(id)
  if (!prices) return []
  return [
    {
      id,
      vendor: 'openai',
      upstream,
      name,
      contextTokens: 128_000,
      maxOutputTokens: 16_384,
      abilities: ['audio-input', 'tools', 'parallel-tools', 'stop', 'temperature', 'penalties', 'seed'],
      price: { prices },
      priceSource: furtherPrices.source,
      priceCheckedAt: furtherPrices.checkedAt,
    },
  ]
})
