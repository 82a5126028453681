// How a row of a model that makes pictures is written: what its vendor says of it, in dollars as price lists write them.
import type { CatalogModel, ImagePricing, ImageTraits, VendorId } from '../../contracts/model.ts'
import type { UnitPrices } from '../../lib/money.ts'

export type ImageCatalogModel = CatalogModel & { image: ImageTraits }

export interface ImageRow {
  vendor: VendorId
  upstream: string
  name: string
  traits: Omit<ImageTraits, 'pricing'>
  /** Null: nobody told us, so it is known and cannot be called. */
  pricing: ImagePricing | null
  /** What its vendor takes, where that is not what it is sold for. */
  listPricing?: ImagePricing
  source: string
  checkedAt: string
}

/** Dollars for one of a unit → micros for a million of it. No price list is finer than that. */
export const each = (dollars: number): number => Math.round(dollars * 1_000_000_000_000)

const unpriced: ImagePricing = { unit: 'images', rows: [] }

/** What is shown and kept where a price is one number for each unit; of several the dearest. */
export function toUnitPrices(pricing: ImagePricing): UnitPrices {
  switch (pricing.unit) {
    case 'images':
      return { images: Math.max(0, ...pricing.rows.map(({ price }) => price)) }
    case 'tokens':
      return pricing.prices
    case 'megapixels':
      return {
        megapixels: pricing.price,
        ...(pricing.inputPrice > 0 && { input_megapixels: pricing.inputPrice }),
        ...(pricing.image !== undefined && { images: pricing.image }),
      }
    case 'tiles':
      return { image_tiles: pricing.tile, image_steps: pricing.step, input_image_tiles: pricing.inputTile }
  }
}

export const toCatalogModel = (row: ImageRow): ImageCatalogModel => ({
  id: `${row.vendor}/${row.upstream}`,
  kind: 'image',
  vendor: row.vendor,
  upstream: row.upstream,
  name: row.name,
  contextTokens: 0,
  maxOutputTokens: 0,
  abilities: row.traits.maxInputImages > 0 ? ['vision'] : [],
  image: { ...row.traits, pricing: row.pricing ?? unpriced },
  price: row.pricing && { prices: toUnitPrices(row.pricing) },
  ...(row.listPricing && { listPrice: { prices: toUnitPrices(row.listPricing) }, listPricing: row.listPricing }),
  priceSource: row.source,
  priceCheckedAt: row.checkedAt,
})

/** A model that makes pictures of words, and has no word for anything else. */
export const plainTraits: Omit<ImageTraits, 'pricing' | 'sizes'> = {
  operations: ['generate'],
  autoSize: true,
  qualities: [],
  maxImages: 1,
  maxInputImages: 0,
  mask: false,
  transparency: false,
  seed: false,
  negativePrompt: false,
  partialImages: false,
  promptLanguage: 'any',
  maxPromptCharacters: 4_000,
  delivery: 'direct',
}
