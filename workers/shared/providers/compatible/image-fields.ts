// What COMPATIBLE_MODELS says of a model that makes pictures, beside its name and its price.
import { z } from 'zod'
import { imageOperations, type ImageSizes, type ImageTraits } from '#shared/contracts/model'
import type { Price } from '#shared/lib/money'

const count = z.number().int().min(1)

export const imageFields = {
  /** US dollars for each picture. */
  image: z.number().min(0).max(10_000).optional(),
  sizes: z
    .array(z.string().regex(/^\d{2,5}x\d{2,5}$/, 'must be sizes such as "1024x1024"'))
    .min(1)
    .max(100)
    .optional(),
  operations: z
    .array(z.enum(imageOperations))
    .min(1)
    .refine((list) => new Set(list).size === list.length, 'must name each operation once')
    .optional(),
  qualities: z.array(z.string().min(1).max(30)).max(20).optional(),
  max_images: count.max(10).optional(),
  max_input_images: count.max(16).optional(),
}

type ImageFields = { [Name in keyof typeof imageFields]?: z.infer<(typeof imageFields)[Name]> }

/** Nobody knows what another server's model makes: any size is passed on, and what it refuses comes back as its 400. */
const anySize: ImageSizes = { kind: 'range', min: 64, max: 4_096, step: 8, maxPixels: 16_777_216 }

const sizesOf = ({ sizes }: ImageFields): ImageSizes =>
  sizes ? { kind: 'list', sizes: sizes as `${number}x${number}`[] } : anySize

export function toImageTraits(row: ImageFields, price: Price | null): ImageTraits {
  const operations = row.operations ?? ['generate']
  const takesPictures = operations.some((operation) => operation !== 'generate')
  return {
    operations,
    sizes: sizesOf(row),
    autoSize: !row.sizes,
    qualities: row.qualities ?? [],
    maxImages: row.max_images ?? 4,
    maxInputImages: takesPictures ? (row.max_input_images ?? 1) : 0,
    mask: operations.includes('edit'),
    transparency: false,
    seed: true,
    negativePrompt: true,
    partialImages: false,
    promptLanguage: 'any',
    maxPromptCharacters: 4_000,
    delivery: 'direct',
    pricing: { unit: 'images', rows: price ? [{ price: price.prices.images ?? 0 }] : [] },
  }
}
