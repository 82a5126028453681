import { expect, test } from 'vitest'
import { imageModels } from '../catalog/image-models.ts'
import { createSeller } from '../catalog/price-markup.ts'
import type { ImagePricing, ImageTraits } from '../contracts/model.ts'
import { priceOf, type Usage } from '../lib/money.ts'
import type { ImageRequest } from '../providers/spec/image-model.ts'
import { imageCeiling, imageCharge, type ImageCatalogModel } from './image-price.ts'
import { parseSize } from './image-sizes.ts'

const base = imageModels.find(({ id }) => id === 'riwaq/sandbox-image')!

const modelOf = (pricing: ImagePricing, more: Partial<ImageTraits> = {}): ImageCatalogModel => ({
  ...base,
  listPricing: undefined,
  image: { ...base.image, ...more, pricing },
})

const cat = (more: Partial<ImageRequest> = {}): ImageRequest => ({
  operation: 'generate',
  prompt: 'a cat',
  count: 1,
  ...more,
})

const square = { width: 1024, height: 1024 }
const picture = (size = square) => ({ bytes: new Uint8Array(), mediaType: 'image/png' as const, ...size })
const made = (count: number, usage: Usage | null = null, size = square) => ({
  count,
  usage,
  sizes: Array.from({ length: count }, () => size),
})

test('where each picture has a price, it is charged for each, by the row that was asked for', () => {
  const model = modelOf({
    unit: 'images',
    rows: [
      { quality: 'low', size: '1024x1024', price: 10_000_000_000 },
      { quality: 'low', price: 20_000_000_000 },
      { quality: 'high', price: 40_000_000_000 },
    ],
  })
  const cost = (more: Partial<ImageRequest>) => imageCeiling({ model, request: cat(more) }).amountMicros
  expect(cost({ quality: 'low', size: square })).toBe(10_000)
  expect(cost({ quality: 'low', size: { width: 512, height: 512 } })).toBe(20_000)
  expect(cost({ quality: 'high', count: 3 })).toBe(120_000)
  // Nobody has said which: never less than it can be.
  expect(cost({})).toBe(40_000)
  expect(cost({ quality: 'unheard of' })).toBe(40_000)
  const request = cat({ quality: 'low', size: square, count: 2 })
  expect(imageCharge({ model, request, result: made(2) })).toEqual({
    amountMicros: 20_000,
    costMicros: 20_000,
    usage: { images: 2 },
    price: { images: 10_000_000_000 },
    estimated: false,
  })
})

test('“auto” is the size that a model chooses where it is not told', () => {
  const rows = [{ size: 'auto', price: 1_000_000 }, { size: '4096x4096', price: 9_000_000 }, { price: 5_000_000 }]
  const model = modelOf({ unit: 'images', rows })
  expect(imageCeiling({ model, request: cat() }).amountMicros).toBe(1)
  expect(imageCeiling({ model, request: cat({ size: parseSize('4096x4096') }) }).amountMicros).toBe(9)
  expect(imageCeiling({ model, request: cat({ size: parseSize('8x8') }) }).amountMicros).toBe(5)
})

test('megapixels are begun ones, and the first may be dearer', () => {
  const model = modelOf({ unit: 'megapixels', price: 15_000_000_000, inputPrice: 2_000_000_000, image: 15_000_000_000 })
  const cost = (size: string, images = 0) =>
    imageCeiling({
      model,
      request: cat({ size: parseSize(size), images: Array.from({ length: images }, () => picture()) }),
    }).amountMicros
  expect(cost('1024x1024')).toBe(30_000)
  expect(cost('256x256')).toBe(30_000)
  expect(cost('1032x1024')).toBe(45_000)
  expect(cost('1920x1080')).toBe(45_000)
  expect(cost('1024x1024', 2)).toBe(34_000)
})

test('squares and rounds are counted for each picture, those of the prompt apart', () => {
  const model = modelOf({ unit: 'tiles', tile: 1_000_000, step: 100_000, inputTile: 10_000_000, steps: 4 })
  const request = cat({ size: parseSize('1024x600'), count: 2, images: [picture({ width: 513, height: 512 })] })
  expect(imageCharge({ model, request, result: made(2, null, { width: 1024, height: 600 }) })).toMatchObject({
    usage: { image_tiles: 8, image_steps: 8, input_image_tiles: 2 },
    amountMicros: 29,
  })
})

test('a picture of a prompt that is made smaller first costs what is sent of it', () => {
  const pricing = { unit: 'tiles', tile: 0, step: 0, inputTile: 1_000_000, steps: 1 } as const
  const request = cat({ operation: 'edit', size: square, images: [picture({ width: 2048, height: 1024 })] })
  const cost = (more: Partial<ImageTraits>) => imageCeiling({ model: modelOf(pricing, more), request }).amountMicros
  expect(cost({})).toBe(8)
  expect(cost({ maxInputSide: 512 })).toBe(1)
})

test('a picture that came smaller than it was asked for costs what it is, and never more than was held', () => {
  const model = modelOf({ unit: 'megapixels', price: 1_000_000_000, inputPrice: 0 })
  const request = cat({ size: { width: 2048, height: 2048 } })
  expect(imageCharge({ model, request, result: made(1) }).amountMicros).toBe(1_000)
  const vast = { width: 9_000, height: 9_000 }
  expect(imageCharge({ model, request, result: made(1, null, vast) }).amountMicros).toBe(4_000)
  expect(imageCharge({ model, request, result: { count: 1, usage: null, sizes: [] } }).amountMicros).toBe(4_000)
})

const tokens: ImagePricing = {
  unit: 'tokens',
  prices: { input_tokens: 5_000_000, image_input_tokens: 8_000_000, image_output_tokens: 30_000_000 },
  rows: [
    { quality: 'low', tokens: 300 },
    { quality: 'high', tokens: 7_000 },
  ],
  inputImageTokens: 1_000,
  partialTokens: 100,
}

test('what a vendor counts in tokens is charged by its count', () => {
  const usage = { input_tokens: 50, image_input_tokens: 323, image_output_tokens: 272 }
  const request = cat({ quality: 'low', images: [picture()] })
  expect(imageCharge({ model: modelOf(tokens), request, result: made(1, usage) })).toEqual({
    amountMicros: 10_994,
    costMicros: 10_994,
    usage,
    price: tokens.prices,
    estimated: false,
  })
})

test('where it counted nothing, the most is charged, and it is said that this is an estimate', () => {
  const model = modelOf(tokens)
  const charge = imageCharge({ model, request: cat({ quality: 'low' }), result: made(1) })
  expect(charge.estimated).toBe(true)
  expect(charge.amountMicros).toBe(imageCeiling({ model, request: cat({ quality: 'low' }) }).amountMicros)
})

test('pictures that are shown before they are final are held too', () => {
  const model = modelOf(tokens)
  const most = (partialImages: number) =>
    imageCeiling({ model, request: cat({ quality: 'low', partialImages }) }).amountMicros
  expect(most(3) - most(0)).toBe((300 * 30_000_000) / 1_000_000)
})

test('tokens of a kind without a price of its own are counted as those that they are a kind of', () => {
  const usage = {
    input_tokens: 10,
    cached_input_tokens: 5,
    image_output_tokens: 100,
    output_tokens: 7,
    reasoning_tokens: 3,
  }
  const { usage: charged } = imageCharge({ model: modelOf(tokens), request: cat(), result: made(1, usage) })
  expect(charged).toEqual({ input_tokens: 15, image_output_tokens: 110 })
  const withWords = modelOf({ ...tokens, prices: { ...tokens.prices, output_tokens: 1_000_000 } })
  expect(imageCharge({ model: withWords, request: cat(), result: made(1, usage) }).usage).toEqual({
    input_tokens: 15,
    image_output_tokens: 100,
    output_tokens: 10,
  })
})

test('what a vendor counts beyond what was held is the operator’s', () => {
  const model = modelOf(tokens)
  const request = cat({ quality: 'low' })
  const charge = imageCharge({ model, request, result: made(1, { image_output_tokens: 1_000_000 }) })
  expect(charge.amountMicros).toBe(imageCeiling({ model, request }).amountMicros)
  expect(charge.costMicros).toBe(30_000_000)
})

test.each([
  ['upscale', { scale: 4 as const }, 16],
  ['upscale', {}, 4],
  ['outpaint', { extend: { top: 0, bottom: 0, left: 512, right: 512 } }, 2],
  ['remove-background', {}, 1],
] as const)('%s with %j is as large as it follows from the picture', (operation, more, megapixels) => {
  const model = modelOf({ unit: 'megapixels', price: 1_000_000, inputPrice: 0 })
  const request = cat({ operation, images: [picture()], ...more })
  expect(imageCeiling({ model, request }).amountMicros).toBe(megapixels)
})

test('the sandbox is sold at its price and costs nobody anything', () => {
  const charge = imageCharge({ model: base, request: cat({ count: 2 }), result: made(2) })
  expect(charge).toMatchObject({ amountMicros: 4_000, costMicros: 0 })
})

/** Numbers that are the same at every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function anyRequest({ image }: ImageCatalogModel, below: (most: number) => number): ImageRequest {
  const { sizes, operations, qualities, maxImages, maxInputImages } = image
  const operation = operations[below(operations.length)]!
  const side = () => 256 + below(14) * 128
  const size =
    sizes.kind === 'list' ? parseSize(sizes.sizes[below(sizes.sizes.length)]!) : { width: side(), height: side() }
  const inputs = operation === 'generate' ? 0 : 1 + below(Math.max(1, maxInputImages))
  return {
    operation,
    prompt: 'قطة '.repeat(below(200)),
    count: 1 + below(maxImages),
    size: below(3) === 0 ? undefined : size,
    quality: below(3) === 0 ? undefined : qualities[below(qualities.length)],
    images: Array.from({ length: inputs }, () => picture({ width: side(), height: side() })),
    partialImages: below(4),
    ...(operation === 'upscale' && { scale: below(2) === 0 ? (2 as const) : (4 as const) }),
    ...(operation === 'outpaint' && {
      extend: { top: below(512), bottom: below(512), left: below(512), right: below(512) },
    }),
  }
}

const callable = imageModels.filter(({ price }) => price !== null)

test.each(callable.map((model, index) => [model.id, model, index] as const))(
  '%s is never charged more than was held, whatever came of it, and always in whole micros',
  (_id, listed, index) => {
    const below = numbers(index + 1)
    for (let round = 0; round < 60; round++) {
      const { sell } = createSeller({ PRICE_MARKUP_PERCENT: String(below(300) - 100) })
      const model = sell(listed) as ImageCatalogModel
      const request = anyRequest(model, below)
      const usage = below(2) === 0 ? null : { input_tokens: below(5_000), image_output_tokens: below(90_000) }
      const result = made(request.count, usage, { width: below(5_000), height: below(5_000) })
      const { amountMicros: held } = imageCeiling({ model, request })
      const charge = imageCharge({ model, request, result })
      expect(Number.isSafeInteger(charge.amountMicros) && charge.amountMicros >= 0).toBe(true)
      expect(charge.amountMicros).toBeLessThanOrEqual(held)
      expect(charge.amountMicros).toBeLessThanOrEqual(priceOf({ prices: charge.price }, charge.usage))
      expect(Number.isSafeInteger(charge.costMicros) && charge.costMicros >= 0).toBe(true)
    }
  },
)
