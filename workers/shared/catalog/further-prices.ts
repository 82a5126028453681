// What the second price source adds to the first.
import type { CatalogModel } from '../contracts/model.ts'
import type { UnitPrices } from '../lib/money.ts'
import type { FurtherPrices } from './from-further-source.ts'
import generated from './generated/further-prices.json' with { type: 'json' }

export const furtherPrices = generated as FurtherPrices

const WITHOUT_DATE = /-\d{8}$/

type Row = Pick<CatalogModel, 'id' | 'price' | 'abilities'>

/**
 * The price of a cache that lasts an hour, only where both sources agree on every other price of the model: where they
 * do not, the second is older or speaks of another model, and its price would be a guess.
 */
export function withLongCache<T extends Row>(row: T): T {
  const further = furtherPrices.longCache[row.id.replace(WITHOUT_DATE, '')]
  const prices = row.price?.prices
  const agrees =
    further !== undefined &&
    prices !== undefined &&
    !row.price?.tiers &&
    prices.input_tokens === further.input &&
    prices.cache_write_tokens === further.cacheWrite &&
    prices.output_tokens === further.output
  if (!agrees) return row
  const abilities: CatalogModel['abilities'] = [...row.abilities, 'long-cache']
  return {
    ...row,
    abilities,
    price: { ...row.price, prices: { ...prices, cache_write_1h_tokens: further.longCacheWrite } },
  }
}

/** Prices of a language model that hears. Null where there are none. */
export function audioPricesOf(id: string): UnitPrices | null {
  const further = furtherPrices.audio[id]
  return (
    (further && {
      input_tokens: further.input,
      cached_input_tokens: further.input,
      cache_write_tokens: further.input,
      audio_input_tokens: further.audioInput,
      output_tokens: further.output,
      reasoning_tokens: further.output,
    }) ??
    null
  )
}
