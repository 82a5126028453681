// What a provider is asked, from what the row keeps and the pictures that belong to it.
import type { ImageRequest, InputPicture } from '#shared/providers/spec/image-model'
import type { ImageJobRecord, JobPicture } from './image-job.ts'

export interface JobPictures {
  images: InputPicture[]
  mask: InputPicture | null
}

const NO_BYTES = new Uint8Array(0)

const sized = ({ mediaType, width, height }: JobPicture): InputPicture => ({
  bytes: NO_BYTES,
  mediaType,
  width,
  height,
})

/** Prices look at sizes alone. */
export const sizesOf = ({ ways: { pictures, mask } }: ImageJobRecord): JobPictures => ({
  images: pictures.map(sized),
  mask: mask && sized(mask),
})

export function toImageRequest(record: ImageJobRecord, { images, mask }: JobPictures): ImageRequest {
  const { ways, compression, quality, background, seed, extend, scale } = record
  const { negativePrompt, size, inputFidelity, endUser, partialImages } = ways
  return {
    operation: record.operation,
    prompt: ways.translated ?? ways.prompt,
    count: record.count,
    format: record.format,
    ...(negativePrompt && { negativePrompt }),
    ...(size && { size }),
    ...(quality !== null && { quality }),
    ...(background !== null && { background }),
    ...(compression !== null && { compression }),
    ...(seed !== null && { seed }),
    ...(images.length > 0 && { images }),
    ...(mask && { mask }),
    ...(inputFidelity && { inputFidelity }),
    ...(extend && { extend }),
    ...(record.operation === 'upscale' && { scale: scale ?? 2 }),
    ...(partialImages > 0 && { partialImages }),
    ...(endUser && { endUser }),
  }
}
