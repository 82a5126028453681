import { expect, test } from 'vitest'
import { imageCeiling } from '../metering/image-price.ts'
import { parseSize } from '../metering/image-sizes.ts'
import type { ImageRequest } from '../providers/spec/image-model.ts'
import { geminiSizeOf, geminiSizes, geminiSizesAt } from './gemini-image-sizes.ts'
import { imageModels, type ImageCatalogModel } from './image-models.ts'
import { catalog } from './models.ts'
import { createSeller } from './price-markup.ts'

const every = imageModels.map((model) => [model.id, model] as const)
const byId = new Map(every)
const model = (id: string): ImageCatalogModel => byId.get(id)!

const picture = { bytes: new Uint8Array(), mediaType: 'image/png' as const, width: 1024, height: 1024 }

const cat = (more: Partial<ImageRequest> = {}): ImageRequest => ({
  operation: 'generate',
  prompt: 'a cat',
  count: 1,
  ...more,
})

test.each(every)('%s is named by its vendor, and says where and when its price was read', (id, entry) => {
  expect(id).toBe(`${entry.vendor}/${entry.upstream}`)
  expect(entry.kind).toBe('image')
  expect(entry.name).not.toBe('')
  expect(entry.priceSource).not.toBe('')
  expect(entry.priceCheckedAt).toMatch(/^20\d\d-\d\d-\d\d$/)
  expect(catalog.some((other) => other.id === id)).toBe(false)
})

test('no name is there twice, and the sandbox comes last', () => {
  expect(byId.size).toBe(imageModels.length)
  const vendors = imageModels.map(({ vendor }) => vendor)
  expect(vendors.indexOf('riwaq')).toBe(vendors.length - vendors.filter((vendor) => vendor === 'riwaq').length)
})

test.each(every)('%s has traits that fit together', (_id, { image, abilities }) => {
  expect(image.operations.length).toBeGreaterThan(0)
  expect(new Set(image.operations).size).toBe(image.operations.length)
  const needsPictures = image.operations.some((operation) => operation !== 'generate')
  expect(image.maxInputImages > 0, 'pictures in a prompt').toBe(needsPictures)
  expect(abilities.includes('vision')).toBe(needsPictures)
  if (image.mask) expect(image.operations).toContain('edit')
  if (image.partialImages) expect(image.delivery).toBe('direct')
  expect(image.maxImages).toBeGreaterThanOrEqual(1)
  expect(image.maxImages).toBeLessThanOrEqual(10)
  if (image.sizes.kind === 'range') {
    const { min, max, step, maxPixels, minPixels = 0 } = image.sizes
    expect([min % step, max % step]).toEqual([0, 0])
    expect(maxPixels).toBeGreaterThanOrEqual(Math.max(min * min, minPixels))
    expect(maxPixels).toBeLessThanOrEqual(max * max)
  } else expect(image.sizes.sizes.length).toBeGreaterThan(0)
})

/** Free at its vendor while in beta. */
const free = new Set([
  'workers-ai/@cf/bytedance/stable-diffusion-xl-lightning',
  'workers-ai/@cf/runwayml/stable-diffusion-v1-5-inpainting',
])

test.each(every)('%s is priced for every size and quality that it has, or refused', (id, entry) => {
  if (!entry.price) {
    expect(entry.image.pricing).toEqual({ unit: 'images', rows: [] })
    return
  }
  const { sizes, qualities, operations, maxInputImages } = entry.image
  const some = sizes.kind === 'list' ? sizes.sizes : [`${sizes.min}x${sizes.min}`, '1024x1024', undefined]
  const images = maxInputImages > 0 ? [picture] : []
  for (const size of [...some, undefined])
    for (const quality of [...qualities, undefined])
      for (const operation of operations) {
        const request = cat({ operation, images, quality, size: size ? parseSize(size) : undefined })
        const { amountMicros } = imageCeiling({ model: entry, request })
        expect(Number.isSafeInteger(amountMicros)).toBe(true)
        expect(amountMicros > 0, `${size} ${quality} ${operation}`).toBe(!free.has(id))
        expect(amountMicros, 'a price of dollars where cents were meant').toBeLessThan(4_000_000)
      }
})

test.each([
  // A picture of 1024 × 1024 at the vendor's own example price, in micros. The hold may be more, and never less.
  ['openai/gpt-image-2', { quality: 'low' }, 6_000],
  ['openai/gpt-image-2', { quality: 'medium' }, 53_000],
  ['openai/gpt-image-2', { quality: 'high' }, 211_000],
  ['openai/gpt-image-1.5', { quality: 'low' }, 9_000],
  ['openai/gpt-image-1.5', { quality: 'high' }, 133_000],
  ['openai/gpt-image-1-mini', { quality: 'medium' }, 11_000],
  ['google/gemini-nano-banana-2.1', {}, 33_600],
  ['google/gemini-3-pro-image', {}, 134_000],
  ['workers-ai/@cf/black-forest-labs/flux-2-klein-9b', {}, 15_000],
  ['workers-ai/@cf/black-forest-labs/flux-2-klein-4b', {}, 1_148],
  ['workers-ai/@cf/black-forest-labs/flux-2-dev', {}, 41_000],
  ['workers-ai/@cf/black-forest-labs/flux-1-schnell', {}, 634],
  ['workers-ai/@cf/leonardo/lucid-origin', {}, 31_300],
  ['fal/fal-ai/flux-2-pro', {}, 30_000],
  ['fal/fal-ai/nano-banana-2', {}, 80_000],
  ['fal/fal-ai/ideogram/v3', { quality: 'turbo' }, 30_000],
  ['replicate/black-forest-labs/flux-schnell', {}, 3_000],
  ['riwaq/sandbox-image', {}, 2_000],
] as const)('%s with %j holds at least %i micros, and little more', (id, more, micros) => {
  const request = cat({ size: { width: 1024, height: 1024 }, ...more })
  const { amountMicros } = imageCeiling({ model: model(id), request })
  expect(amountMicros).toBeGreaterThanOrEqual(micros)
  expect(amountMicros).toBeLessThanOrEqual(micros * 1.5 + 60_000)
})

test('what is not sourced is refused by name', () => {
  const refused = imageModels.filter(({ price }) => price === null).map(({ id }) => id)
  expect(refused).toEqual([
    'openai/gpt-image-2.6-flare',
    'openai/gpt-image-2.6-sunburst',
    'workers-ai/@cf/stabilityai/stable-diffusion-xl-base-1.0',
    'workers-ai/@cf/lykon/dreamshaper-8-lcm',
    'fal/fal-ai/qwen-image-2/text-to-image',
  ])
})

test('a markup is in every price of a picture, and what it costs the operator is not changed by it', () => {
  const { sell } = createSeller({ PRICE_MARKUP_PERCENT: '25' })
  for (const [id, entry] of every.filter(([, { price }]) => price)) {
    const sold = sell(entry) as ImageCatalogModel
    expect(sold.listPricing, id).toEqual(entry.listPricing ?? entry.image.pricing)
    const request = cat({ size: { width: 1024, height: 1024 } })
    const before = imageCeiling({ model: entry, request }).amountMicros
    const after = imageCeiling({ model: sold, request }).amountMicros
    expect(after).toBeGreaterThanOrEqual(Math.floor(before * 1.25))
    expect(after).toBeLessThanOrEqual(Math.ceil(before * 1.25) + 1)
  }
})

test('Gemini’s sizes are told apart by their shape and their resolution', () => {
  expect(geminiSizeOf({ width: 1376, height: 768 })).toEqual({ aspectRatio: '16:9', imageSize: '1K' })
  expect(geminiSizeOf({ width: 2752, height: 1536 })).toEqual({ aspectRatio: '16:9', imageSize: '2K' })
  expect(geminiSizeOf({ width: 4096, height: 4096 })).toEqual({ aspectRatio: '1:1', imageSize: '4K' })
  expect(geminiSizeOf({ width: 1000, height: 1000 })).toBeNull()
  expect(geminiSizesAt('1K')[0]).toBe('1024x1024')
  expect(geminiSizes()).toMatchObject({ kind: 'list' })
})
