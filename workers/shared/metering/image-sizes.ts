// How large a picture can turn out, from what was asked for and what its model makes.
import type { ImageSizes, ImageTraits } from '../contracts/model.ts'
import type { ImageRequest } from '../providers/spec/image-model.ts'

export interface PictureSize {
  width: number
  height: number
}

export function parseSize(text: string): PictureSize {
  const [width, height] = text.split('x').map(Number)
  return { width: width ?? 0, height: height ?? 0 }
}

const area = ({ width, height }: PictureSize): number => width * height

/** Where tiles count, a long picture may have more of them than a square one of as many pixels. */
const largest = (sizes: readonly PictureSize[]): PictureSize => ({
  width: Math.max(0, ...sizes.map(({ width }) => width)),
  height: Math.max(0, ...sizes.map(({ height }) => height)),
})

/** A square of as many pixels as a model makes at the most. */
function largestOf(sizes: ImageSizes): PictureSize {
  if (sizes.kind === 'list') return largest(sizes.sizes.map(parseSize))
  const side = Math.min(sizes.max, Math.ceil(Math.sqrt(sizes.maxPixels)))
  return { width: side, height: side }
}

/** The largest that this call's pictures can be. */
export function dearestSize({ sizes }: Pick<ImageTraits, 'sizes'>, request: ImageRequest): PictureSize {
  const [first] = request.images ?? []
  if (request.operation === 'upscale' && first) {
    const times = request.scale ?? 2
    return { width: first.width * times, height: first.height * times }
  }
  if (request.operation === 'remove-background' && first) return { width: first.width, height: first.height }
  if (request.operation === 'outpaint' && first && request.extend) {
    const { top, bottom, left, right } = request.extend
    return { width: first.width + left + right, height: first.height + top + bottom }
  }
  return request.size ?? largestOf(sizes)
}

/** Whether a picture may be counted as it says that it is: no larger than it could have been asked to be. */
export const isPlausible = (size: PictureSize, most: PictureSize): boolean => area(size) > 0 && area(size) <= area(most)
