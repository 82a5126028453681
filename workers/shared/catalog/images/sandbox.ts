// The platform's own painter, priced so that a newcomer sees metering work. Nobody is paid for it.
import { imageOperations, type ImagePricing } from '../../contracts/model.ts'
import { each, plainTraits, toCatalogModel, type ImageCatalogModel, type ImageRow } from './image-row.ts'

const priced = (dollars: number): ImagePricing => ({ unit: 'images', rows: [{ price: each(dollars) }] })

const shared = {
  vendor: 'riwaq',
  pricing: priced(0.002),
  listPricing: priced(0),
  source: 'set by Riwaq',
  checkedAt: '2026-11-22',
} as const

const traits = {
  ...plainTraits,
  operations: imageOperations,
  sizes: { kind: 'range', min: 256, max: 2_048, step: 8, maxPixels: 4_194_304 },
  qualities: ['standard', 'fine'],
  maxImages: 10,
  maxInputImages: 4,
  inputFormats: ['png', 'jpeg'],
  mask: true,
  transparency: true,
  seed: true,
  negativePrompt: true,
  partialImages: true,
  inputFidelity: true,
  maxPromptCharacters: 4_000,
} as const

const rows: ImageRow[] = [
  { ...shared, upstream: 'sandbox-image', name: 'Sandbox painter', traits },
  {
    ...shared,
    upstream: 'sandbox-image-queued',
    name: 'Sandbox painter, with a queue',
    // It keeps nothing between two looks, so it works from words alone.
    traits: {
      ...traits,
      operations: ['generate'],
      maxInputImages: 0,
      mask: false,
      inputFidelity: false,
      partialImages: false,
      delivery: 'job',
    },
  },
]

export const sandboxImages: readonly ImageCatalogModel[] = rows.map(toCatalogModel)
