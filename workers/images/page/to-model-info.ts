// A model as the page shows it: what it cannot do is greyed out, not discovered by an error.
import type { ImageModelInfo } from '#shared/contracts/images'
import { imageCeiling } from '#shared/metering/image-price'
import type { CallableImageModel } from '#shared/providers/image-models'
import { defaultSize, offeredSizes, readSize, type Size } from '../read-size.ts'

function smallest({ image: { sizes } }: CallableImageModel): Size {
  const offered = offeredSizes(sizes).map((text) => readSize(text)!)
  return offered.toSorted((a, b) => a.width * a.height - b.width * b.height)[0] ?? defaultSize(sizes)
}

/** The operations that need a picture cost what a picture in the prompt costs as well; those without are the cheapest. */
const fromMicros = (model: CallableImageModel): number =>
  imageCeiling({
    model,
    request: {
      operation: model.image.operations[0] ?? 'generate',
      prompt: '',
      count: 1,
      size: smallest(model),
      ...(model.image.qualities[0] !== undefined && { quality: model.image.qualities[0] }),
    },
  }).amountMicros

export function toModelInfo(model: CallableImageModel): ImageModelInfo {
  const { image } = model
  const range = image.sizes.kind === 'range' ? image.sizes : null
  return {
    id: model.id,
    name: model.name,
    vendor: model.vendor,
    sandbox: model.vendor === 'riwaq',
    operations: [...image.operations],
    sizes: {
      kind: image.sizes.kind,
      sizes: offeredSizes(image.sizes),
      min: range?.min ?? null,
      max: range?.max ?? null,
      step: range?.step ?? null,
      max_pixels: range?.maxPixels ?? null,
    },
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
    from_micros: fromMicros(model),
  }
}
