// Sizes as they are written, and as models know them.
import type { ImageSizes } from '#shared/contracts/model'

export interface Size {
  width: number
  height: number
}

/** Null for “auto”, and where nothing is said. */
export function readSize(text: string | null | undefined): Size | null {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text ?? '') ?? []
  return width && height ? { width: Number(width), height: Number(height) } : null
}

export const toSizeText = ({ width, height }: Size): string => `${width}x${height}`

export function fits(size: Size, sizes: ImageSizes): boolean {
  if (sizes.kind === 'list') return (sizes.sizes as readonly string[]).includes(toSizeText(size))
  const { min, max, step, minPixels = 0, maxPixels, maxRatio = Infinity } = sizes
  const sides = [size.width, size.height]
  const pixels = size.width * size.height
  return (
    sides.every((side) => side >= min && side <= max && side % step === 0) &&
    pixels >= minPixels &&
    pixels <= maxPixels &&
    Math.max(...sides) <= Math.min(...sides) * maxRatio
  )
}

/** What a model that must be told is told where nobody says: its first, or the largest usual square. */
export function defaultSize(sizes: ImageSizes): Size {
  if (sizes.kind === 'list') return readSize(sizes.sizes[0])!
  const { min, max, step, maxPixels } = sizes
  const side = Math.min(1024, max, Math.floor(Math.sqrt(maxPixels)))
  const square = Math.max(min, side - (side % step))
  return { width: square, height: square }
}

export function describeSizes(sizes: ImageSizes): string {
  if (sizes.kind === 'list') return sizes.sizes.join(', ')
  const { min, max, step, minPixels, maxPixels, maxRatio } = sizes
  const least = minPixels === undefined ? '' : `at least ${minPixels} and `
  const longest = maxRatio === undefined ? '' : `, no longer than ${maxRatio} to 1`
  return `sides from ${min} to ${max} in steps of ${step}, ${least}at most ${maxPixels} pixels in all${longest}`
}

/** Some that are usual, for choosing from a list. */
const usual = ['1024x1024', '1280x720', '720x1280', '1536x1024', '1024x1536', '768x1024', '1024x768', '512x512']

export const offeredSizes = (sizes: ImageSizes): string[] =>
  sizes.kind === 'list' ? [...sizes.sizes] : usual.filter((text) => fits(readSize(text)!, sizes))
