// What a model that makes pictures can, and what one of its pictures costs, for whoever chooses.
import type { ImageSizes } from '#shared/contracts/model'
import type { ModelImage } from '#shared/contracts/models'
import { imageCeiling, type ImageCatalogModel } from '#shared/metering/image-price'
import { parseSize } from '#shared/metering/image-sizes'

const USUAL_SIDE = 1_024

function toSizes(sizes: ImageSizes): ModelImage['sizes'] {
  const none = { min: null, max: null, step: null, min_pixels: null, max_pixels: null }
  if (sizes.kind === 'list') return { kind: 'list', sizes: [...sizes.sizes], ...none }
  const { min, max, step, minPixels = null, maxPixels } = sizes
  return { kind: 'range', sizes: [], min, max, step, min_pixels: minPixels, max_pixels: maxPixels }
}

/** The size that prices are compared by: 1024 x 1024, or what comes nearest. */
function usualSize(sizes: ImageSizes): string {
  if (sizes.kind === 'list') return sizes.sizes.find((size) => size === '1024x1024') ?? sizes.sizes[0] ?? '1024x1024'
  const { min, max, step, minPixels = 0, maxPixels } = sizes
  const wanted = Math.max(USUAL_SIDE, Math.ceil(Math.sqrt(minPixels)))
  const most = Math.min(max, Math.floor(Math.sqrt(maxPixels)))
  const side = Math.max(min, Math.ceil(Math.min(wanted, most) / step) * step)
  return `${side}x${side}`
}

/** What is asked of it as a rule; what needs a picture is given one of the same size. */
function priceOfOne(model: ImageCatalogModel, size: string, quality: string | null): number {
  const operation = model.image.operations[0] ?? 'generate'
  const pixels = parseSize(size)
  const picture = { bytes: new Uint8Array(), mediaType: 'image/png' as const, ...pixels }
  const { amountMicros } = imageCeiling({
    model,
    request: {
      operation,
      prompt: '',
      count: 1,
      size: pixels,
      ...(quality !== null && { quality }),
      ...(operation !== 'generate' && { images: [picture] }),
    },
  })
  return amountMicros
}

export function toModelImage(model: ImageCatalogModel): ModelImage {
  const { image } = model
  const size = usualSize(image.sizes)
  const qualities = image.qualities.length > 0 ? image.qualities : [null]
  return {
    operations: [...image.operations],
    sizes: toSizes(image.sizes),
    auto_size: image.autoSize,
    qualities: [...image.qualities],
    max_images: image.maxImages,
    max_input_images: image.maxInputImages,
    mask: image.mask,
    transparency: image.transparency,
    seed: image.seed,
    negative_prompt: image.negativePrompt,
    partial_images: image.partialImages,
    prompt_language: image.promptLanguage,
    max_prompt_characters: image.maxPromptCharacters,
    pricing: {
      unit: image.pricing.unit,
      pictures: qualities.map((quality) => ({ size, quality, max_micros: priceOfOne(model, size, quality) })),
    },
  }
}
