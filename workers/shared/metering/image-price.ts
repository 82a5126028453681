// What pictures cost: the most before they are made, and what is charged once they are. Raw units times prices, rounded
// up once, as everywhere.
import { sizeTexts } from '../catalog/estimate-tokens.ts'
import type { CatalogModel, ImagePricing, ImageTraits } from '../contracts/model.ts'
import type { JobCharge } from '../jobs/handler.ts'
import { priceOf, type UnitPrices, type Usage } from '../lib/money.ts'
import type { ImageRequest } from '../providers/spec/image-model.ts'
import { dearestSize, isPlausible, type PictureSize } from './image-sizes.ts'

export type ImageCatalogModel = CatalogModel & { image: ImageTraits }

export interface ImagePriceInput {
  model: ImageCatalogModel
  request: ImageRequest
}

/** What is known of pictures that were made. */
export interface MadePictures {
  count: number
  /** The vendor's own count; null where it counts nothing. */
  usage: Usage | null
  /** Of each picture, as it came. */
  sizes: readonly PictureSize[]
}

interface Counted {
  usage: Usage
  prices: UnitPrices
}

const MEGAPIXEL = 1_048_576
const TILE_SIDE = 512

/** A vendor that says a megapixel means a million pixels, or a little more: 1024 × 1024 is one. */
const megapixelsOf = ({ width, height }: PictureSize): number => Math.max(1, Math.ceil((width * height) / MEGAPIXEL))

const tilesOf = ({ width, height }: PictureSize): number =>
  Math.max(1, Math.ceil(width / TILE_SIDE) * Math.ceil(height / TILE_SIDE))

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

/** As large as they are when they are sent. */
function sentSize({ width, height }: PictureSize, { maxInputSide }: ImageTraits): PictureSize {
  const scale = Math.min(1, (maxInputSide ?? Infinity) / Math.max(width, height))
  return { width: Math.ceil(width * scale), height: Math.ceil(height * scale) }
}

const inputsOf = ({ model, request: { images = [], mask } }: ImagePriceInput): readonly PictureSize[] =>
  (mask ? [...images, mask] : images).map((size) => sentSize(size, model.image))

interface Row {
  quality?: string
  size?: string
}

interface Wanted {
  quality?: string
  size?: PictureSize
}

/** The rows that may be meant: of the size that was asked for, or else of any, and of every quality where none was named. */
function rowsFor<T extends Row>(rows: readonly T[], { quality, size }: Wanted): readonly T[] {
  const named = size ? `${size.width}x${size.height}` : 'auto'
  const ofQuality = rows.filter((row) => !row.quality || !quality || row.quality === quality)
  const ofSize = ofQuality.filter((row) => row.size === named)
  if (ofSize.length > 0) return ofSize
  const ofAny = ofQuality.filter((row) => !row.size)
  return [ofAny, ofQuality, rows].find((candidates) => candidates.length > 0) ?? []
}

/** What is not known yet costs what the dearest row does: never less than it can be. */
const dearestOf = <T extends Row>(rows: readonly T[], wanted: Wanted, valueOf: (row: T) => number): number =>
  Math.max(0, ...rowsFor(rows, wanted).map(valueOf))

/** How many words a prompt may be counted as. */
const promptCeiling = ({ vendor }: ImageCatalogModel, { prompt, negativePrompt }: ImageRequest): number =>
  sizeTexts(negativePrompt ? [prompt, negativePrompt] : [prompt], vendor).ceiling + PROMPT_OVERHEAD

/** What a vendor writes around a prompt, unseen. */
const PROMPT_OVERHEAD = 256

type Of<Unit extends ImagePricing['unit']> = Extract<ImagePricing, { unit: Unit }>

function tokenCeiling(pricing: Of<'tokens'>, { model, request }: ImagePriceInput): Counted {
  const each = dearestOf(pricing.rows, request, ({ tokens }) => tokens)
  const partial = (pricing.partialTokens ?? 0) * (request.partialImages ?? 0)
  const usage: Usage = {
    input_tokens: promptCeiling(model, request),
    image_input_tokens: inputsOf({ model, request }).length * pricing.inputImageTokens,
    image_output_tokens: (each + partial) * request.count,
    output_tokens: (pricing.textTokens ?? 0) * request.count,
  }
  return { usage, prices: pricing.prices }
}

function byPicture(pricing: Of<'images'>, request: ImageRequest, count: number): Counted {
  return { usage: { images: count }, prices: { images: dearestOf(pricing.rows, request, ({ price }) => price) } }
}

function byMegapixel(pricing: Of<'megapixels'>, input: ImagePriceInput, sizes: readonly PictureSize[]): Counted {
  const usage: Usage = { megapixels: sum(sizes.map(megapixelsOf)) }
  if (pricing.inputPrice > 0) usage.input_megapixels = sum(inputsOf(input).map(megapixelsOf))
  if (pricing.image !== undefined) usage.images = sizes.length
  const prices: UnitPrices = { megapixels: pricing.price, input_megapixels: pricing.inputPrice }
  return { usage, prices: pricing.image === undefined ? prices : { ...prices, images: pricing.image } }
}

function byTile(pricing: Of<'tiles'>, input: ImagePriceInput, sizes: readonly PictureSize[]): Counted {
  const usage: Usage = { image_tiles: sum(sizes.map(tilesOf)), image_steps: pricing.steps * sizes.length }
  const inputs = inputsOf(input)
  if (inputs.length > 0) usage.input_image_tiles = sum(inputs.map(tilesOf))
  const { tile, step, inputTile } = pricing
  return { usage, prices: { image_tiles: tile, image_steps: step, input_image_tiles: inputTile } }
}

function byCount(
  pricing: Exclude<ImagePricing, { unit: 'tokens' }>,
  input: ImagePriceInput,
  sizes: readonly PictureSize[],
): Counted {
  if (pricing.unit === 'images') return byPicture(pricing, input.request, sizes.length)
  return pricing.unit === 'megapixels' ? byMegapixel(pricing, input, sizes) : byTile(pricing, input, sizes)
}

function ceilingOf(pricing: ImagePricing, input: ImagePriceInput): Counted {
  if (pricing.unit === 'tokens') return tokenCeiling(pricing, input)
  const size = dearestSize(input.model.image, input.request)
  return byCount(
    pricing,
    input,
    Array.from({ length: input.request.count }, () => size),
  )
}

const amountOf = ({ usage, prices }: Counted): number => priceOf({ prices }, usage)

/** The most that a call can cost: what is held. */
export function imageCeiling(input: ImagePriceInput): { amountMicros: number } {
  return { amountMicros: amountOf(ceilingOf(input.model.image.pricing, input)) }
}

/** Kinds of tokens that the vendor has no price of its own for are counted as those that they are a kind of. */
function priceable(usage: Usage, prices: UnitPrices): Usage {
  const counted: Usage = {}
  const add = (unit: keyof Usage, count: number) => {
    if (count > 0) counted[unit] = (counted[unit] ?? 0) + count
  }
  for (const [unit, count] of Object.entries(usage) as [keyof Usage, number][]) {
    const output = unit === 'output_tokens' || unit === 'reasoning_tokens' || unit === 'image_output_tokens'
    if (prices[unit] !== undefined) add(unit, count)
    else if (unit.endsWith('_tokens')) {
      const standIn = output ? (['output_tokens', 'image_output_tokens'] as const) : (['input_tokens'] as const)
      add(standIn.find((each) => prices[each] !== undefined) ?? standIn[0], count)
    }
  }
  return counted
}

interface Charged extends Counted {
  estimated: boolean
}

function chargedBy(pricing: ImagePricing, input: ImagePriceInput, made: MadePictures): Charged {
  if (pricing.unit === 'tokens') {
    if (made.usage) return { usage: priceable(made.usage, pricing.prices), prices: pricing.prices, estimated: false }
    const { usage, prices } = ceilingOf(pricing, { ...input, request: { ...input.request, count: made.count } })
    return { usage: priceable(usage, prices), prices, estimated: true }
  }
  const most = dearestSize(input.model.image, input.request)
  const sizes = Array.from({ length: made.count }, (_, at) => {
    const size = made.sizes[at]
    return size && isPlausible(size, most) ? size : most
  })
  return { ...byCount(pricing, input, sizes), estimated: false }
}

/** What is charged, and what the provider takes for it. Never more than was held: what a vendor counts beyond that is the operator's. */
export function imageCharge({ model, request, result }: ImagePriceInput & { result: MadePictures }): JobCharge {
  const sold = chargedBy(model.image.pricing, { model, request }, result)
  const { amountMicros: ceiling } = imageCeiling({ model, request })
  const paid = model.listPricing ? chargedBy(model.listPricing, { model, request }, result) : sold
  return {
    amountMicros: Math.min(ceiling, amountOf(sold)),
    usage: sold.usage,
    price: sold.prices,
    costMicros: amountOf(paid),
    estimated: sold.estimated,
  }
}
