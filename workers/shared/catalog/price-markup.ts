// PRICE_MARKUP_PERCENT: what the platform takes beside what its providers take. It is applied here alone, to the prices
// of a registry as it is made, so that what is listed, held and charged is one number; what a call costs the operator
// stays the list price.
import type { CatalogModel, ImagePricing } from '../contracts/model.ts'
import type { Price, UnitPrices } from '../lib/money.ts'

export interface PriceSettings {
  /** From -100 to 10000, with up to two decimals; 0 where it is not set. */
  PRICE_MARKUP_PERCENT?: string
}

const WRITTEN = /^[+-]?\d{1,5}(\.\d{1,2})?$/
const HIGHEST = 1_000_000
const LOWEST = -10_000

/** In hundredths of a percent, as an integer. */
export function readMarkup(text: string | undefined): { basisPoints: number; fault: string | null } {
  const written = text?.trim()
  if (!written) return { basisPoints: 0, fault: null }
  const basisPoints = WRITTEN.test(written) ? Math.round(Number(written) * 100) : NaN
  return basisPoints >= LOWEST && basisPoints <= HIGHEST
    ? { basisPoints: basisPoints || 0, fault: null }
    : {
        basisPoints: 0,
        fault:
          'PRICE_MARKUP_PERCENT must be a number from -100 to 10000 with at most two decimals. Everything is sold at its list price.',
      }
}

/** Rounded up, so that nothing is sold below what was meant; at -100 percent it is nothing, and never less. */
const markedUp = (micros: number, basisPoints: number): number =>
  Number((BigInt(micros) * BigInt(10_000 + basisPoints) + 9_999n) / 10_000n)

function sellingPrice({ prices, tiers }: Price, basisPoints: number): Price {
  const each = (list: UnitPrices): UnitPrices =>
    Object.fromEntries(Object.entries(list).map(([unit, micros]) => [unit, markedUp(micros, basisPoints)]))
  return {
    prices: each(prices),
    ...(tiers && { tiers: tiers.map((tier) => ({ ...tier, prices: each(tier.prices) })) }),
  }
}

/** Every price of it, as `each` makes it. */
export function repricePictures(pricing: ImagePricing, each: (micros: number) => number): ImagePricing {
  switch (pricing.unit) {
    case 'images':
      return { ...pricing, rows: pricing.rows.map((row) => ({ ...row, price: each(row.price) })) }
    case 'tokens': {
      const prices = Object.entries(pricing.prices).map(([unit, micros]) => [unit, each(micros)])
      return { ...pricing, prices: Object.fromEntries(prices) }
    }
    case 'megapixels':
      return {
        ...pricing,
        price: each(pricing.price),
        inputPrice: each(pricing.inputPrice),
        ...(pricing.image !== undefined && { image: each(pricing.image) }),
      }
    case 'tiles':
      return {
        ...pricing,
        tile: each(pricing.tile),
        step: each(pricing.step),
        inputTile: each(pricing.inputTile),
      }
  }
}

function sellingPictures(model: CatalogModel, basisPoints: number): Partial<CatalogModel> {
  if (!model.image) return {}
  const { pricing } = model.image
  const sold = repricePictures(pricing, (micros) => markedUp(micros, basisPoints))
  return { image: { ...model.image, pricing: sold }, listPricing: model.listPricing ?? pricing }
}

/** What a model is sold for here. One without a price stays without: nothing is sold at a guess. */
export function createSeller({ PRICE_MARKUP_PERCENT: setting }: PriceSettings): {
  sell: (model: CatalogModel) => CatalogModel
  faults: string[]
} {
  const { basisPoints, fault } = readMarkup(setting)
  return {
    sell: (model) =>
      basisPoints === 0 || !model.price
        ? model
        : {
            ...model,
            price: sellingPrice(model.price, basisPoints),
            listPrice: model.listPrice ?? model.price,
            ...sellingPictures(model, basisPoints),
          },
    faults: fault ? [fault] : [],
  }
}
