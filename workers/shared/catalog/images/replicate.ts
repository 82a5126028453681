// A few of the many models that Replicate runs: those that it prices by the picture. One that it bills by the second has no
// price that could be said before it ran.
import type { ImageTraits } from '../../contracts/model.ts'
import { each, plainTraits, toCatalogModel, type ImageCatalogModel } from './image-row.ts'

const source = 'https://replicate.com/pricing'
const checkedAt = '2026-10-07'

const shared = { ...plainTraits, delivery: 'job', promptLanguage: 'en' } as const

/** They are told a shape, and make about a megapixel of it. */
const shapes = {
  kind: 'list',
  sizes: ['1024x1024', '1344x768', '768x1344', '1216x832', '832x1216', '1152x896', '896x1152'],
} as const

const rows: { upstream: string; name: string; dollars: number; traits: Omit<ImageTraits, 'pricing'> }[] = [
  {
    upstream: 'black-forest-labs/flux-1.1-pro',
    name: 'FLUX1.1 [pro]',
    dollars: 0.04,
    traits: {
      ...shared,
      operations: ['generate', 'variation'],
      sizes: { kind: 'range', min: 256, max: 1_440, step: 32, maxPixels: 2_073_600 },
      maxInputImages: 1,
      seed: true,
    },
  },
  {
    upstream: 'black-forest-labs/flux-dev',
    name: 'FLUX.1 [dev]',
    dollars: 0.025,
    traits: {
      ...shared,
      operations: ['generate', 'edit'],
      sizes: shapes,
      maxImages: 4,
      maxInputImages: 1,
      seed: true,
    },
  },
  {
    upstream: 'black-forest-labs/flux-schnell',
    name: 'FLUX.1 [schnell]',
    dollars: 0.003,
    traits: { ...shared, sizes: shapes, maxImages: 4, seed: true },
  },
  {
    upstream: 'ideogram-ai/ideogram-v3-quality',
    name: 'Ideogram 3.0 Quality',
    dollars: 0.09,
    traits: { ...shared, sizes: shapes, seed: true },
  },
]

export const replicateImages: readonly ImageCatalogModel[] = rows.map(({ dollars, ...row }) =>
  toCatalogModel({
    ...row,
    vendor: 'replicate',
    pricing: { unit: 'images', rows: [{ price: each(dollars) }] },
    source,
    checkedAt,
  }),
)
