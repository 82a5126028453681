// A choice of what fal runs. A model whose editing has another price than its making is offered for making alone.
import type { ImagePricing, ImageTraits } from '../../contracts/model.ts'
import { geminiSizesAt, geminiResolutions } from '../gemini-image-sizes.ts'
import { each, plainTraits, toCatalogModel, type ImageCatalogModel } from './image-row.ts'

const checkedAt = '2026-11-22'
/** Whose page could not be read itself: its numbers as others, or another of fal's pages, quote them. */
const quoted = new Set([
  'fal-ai/flux-2-pro',
  'fal-ai/flux-2-flex',
  'fal-ai/nano-banana-2',
  'fal-ai/nano-banana-pro',
  'fal-ai/ideogram/v3',
  'fal-ai/bria/background/remove',
])
const sourceOf = (upstream: string) =>
  `https://fal.ai/models/${upstream}${quoted.has(upstream) ? ', as quoted by others' : ''}`

const shared = { ...plainTraits, delivery: 'job' } as const

const megapixels = (price: number, more: { inputPrice?: number; image?: number } = {}): ImagePricing => ({
  unit: 'megapixels',
  price: each(price),
  inputPrice: each(more.inputPrice ?? 0),
  ...(more.image !== undefined && { image: each(more.image) }),
})

const perPicture = (dollars: number): ImagePricing => ({ unit: 'images', rows: [{ price: each(dollars) }] })

const upTo4Megapixels = { kind: 'range', min: 256, max: 2_048, step: 16, maxPixels: 4_194_304 } as const

/** Shapes that fal names; the widest is left out, whose longer side would be taken for another resolution. */
const bananaSizesAt = (resolution: (typeof geminiResolutions)[number]) => geminiSizesAt(resolution).slice(0, -1)
const bananaSizes = { kind: 'list', sizes: geminiResolutions.flatMap(bananaSizesAt) } as const

/** Twice as large costs half as much again, or twice, or what the model has for it. */
const banana = (dollars: { '1K': number; '2K': number; '4K': number }): ImagePricing => ({
  unit: 'images',
  rows: [
    ...geminiResolutions.flatMap((resolution) =>
      bananaSizesAt(resolution).map((size) => ({ size, price: each(dollars[resolution]) })),
    ),
    { size: 'auto', price: each(dollars['1K']) },
  ],
})

const bananaTraits = {
  ...shared,
  operations: ['generate', 'edit'],
  sizes: bananaSizes,
  maxImages: 4,
  maxInputImages: 14,
  seed: true,
  maxPromptCharacters: 32_000,
} as const

const rows: { upstream: string; name: string; traits: Omit<ImageTraits, 'pricing'>; pricing: ImagePricing | null }[] = [
  {
    upstream: 'fal-ai/flux-2-pro',
    name: 'FLUX.2 [pro]',
    traits: { ...shared, operations: ['generate', 'edit'], sizes: upTo4Megapixels, maxInputImages: 8, seed: true },
    // The first megapixel is twice as dear as those after it.
    pricing: megapixels(0.015, { inputPrice: 0.015, image: 0.03 - 0.015 }),
  },
  {
    upstream: 'fal-ai/flux-2-flex',
    name: 'FLUX.2 [flex]',
    traits: { ...shared, operations: ['generate', 'edit'], sizes: upTo4Megapixels, maxInputImages: 8, seed: true },
    pricing: megapixels(0.05, { inputPrice: 0.05 }),
  },
  {
    upstream: 'fal-ai/flux-2/klein/9b',
    name: 'FLUX.2 [klein] 9B',
    traits: { ...shared, sizes: upTo4Megapixels, maxImages: 4, seed: true },
    pricing: megapixels(0.006),
  },
  {
    upstream: 'fal-ai/flux-pro/v1/fill',
    name: 'FLUX.1 Fill [pro]',
    traits: {
      ...shared,
      operations: ['edit'],
      sizes: upTo4Megapixels,
      maxImages: 4,
      maxInputImages: 1,
      mask: true,
      seed: true,
      promptLanguage: 'en',
    },
    pricing: megapixels(0.05),
  },
  {
    upstream: 'fal-ai/nano-banana-2',
    name: 'Nano Banana 2',
    traits: bananaTraits,
    pricing: banana({ '1K': 0.08, '2K': 0.12, '4K': 0.16 }),
  },
  {
    upstream: 'fal-ai/nano-banana-pro',
    name: 'Nano Banana Pro',
    traits: bananaTraits,
    pricing: banana({ '1K': 0.15, '2K': 0.15, '4K': 0.3 }),
  },
  {
    upstream: 'fal-ai/bytedance/seedream/v5/lite/text-to-image',
    name: 'Seedream 5.0 Lite',
    traits: {
      ...shared,
      operations: ['generate', 'edit'],
      sizes: { kind: 'range', min: 1_024, max: 4_096, step: 8, minPixels: 3_686_400, maxPixels: 16_777_216 },
      maxImages: 4,
      maxInputImages: 10,
      seed: true,
    },
    pricing: perPicture(0.035),
  },
  {
    upstream: 'fal-ai/qwen-image-2/text-to-image',
    name: 'Qwen Image 2',
    traits: {
      ...shared,
      operations: ['generate', 'edit'],
      sizes: upTo4Megapixels,
      maxImages: 4,
      maxInputImages: 3,
      seed: true,
      negativePrompt: true,
    },
    // Its page could not be read.
    pricing: null,
  },
  {
    upstream: 'fal-ai/ideogram/v3',
    name: 'Ideogram 3.0',
    traits: {
      ...shared,
      sizes: { kind: 'range', min: 512, max: 1_536, step: 64, maxPixels: 1_048_576 },
      qualities: ['turbo', 'balanced', 'quality'],
      maxImages: 8,
      seed: true,
      negativePrompt: true,
      promptLanguage: 'en',
    },
    pricing: {
      unit: 'images',
      rows: [
        { quality: 'turbo', price: each(0.03) },
        { quality: 'balanced', price: each(0.06) },
        { quality: 'quality', price: each(0.09) },
      ],
    },
  },
  {
    upstream: 'fal-ai/clarity-upscaler',
    name: 'Clarity Upscaler',
    traits: {
      ...shared,
      operations: ['upscale'],
      sizes: { kind: 'range', min: 64, max: 8_192, step: 1, maxPixels: 16_777_216 },
      maxInputImages: 1,
      seed: true,
      negativePrompt: true,
      promptLanguage: 'en',
    },
    pricing: megapixels(0.03),
  },
  {
    upstream: 'fal-ai/bria/background/remove',
    name: 'Bria RMBG 2.0',
    traits: {
      ...shared,
      operations: ['remove-background'],
      sizes: { kind: 'range', min: 64, max: 8_192, step: 1, maxPixels: 16_777_216 },
      maxInputImages: 1,
      transparency: true,
    },
    pricing: perPicture(0.018),
  },
]

export const falImages: readonly ImageCatalogModel[] = rows.map((row) =>
  toCatalogModel({ ...row, vendor: 'fal', source: sourceOf(row.upstream), checkedAt }),
)
