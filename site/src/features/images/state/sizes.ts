// Which sizes can be chosen for a model, and whether one that was typed will do.
import type { ImageModelInfo } from '#shared/contracts/images'
import { nearestSize, readSize, writeSize } from './aspect.ts'
import type { Size } from './aspect.ts'

type Sizes = ImageModelInfo['sizes']

export const choosableSizes = (model: Pick<ImageModelInfo, 'sizes'>): Size[] =>
  model.sizes.sizes.flatMap((text) => readSize(text) ?? [])

export type SizeFault = 'small' | 'large' | 'step' | 'pixels'

/** Why a size in a range will not do; null where it will. */
export function sizeFault(sizes: Sizes, { width, height }: Size): SizeFault | null {
  const { min, max, step, max_pixels: maxPixels } = sizes
  if (min !== null && Math.min(width, height) < min) return 'small'
  if (max !== null && Math.max(width, height) > max) return 'large'
  if (step !== null && (width % step !== 0 || height % step !== 0)) return 'step'
  return maxPixels !== null && width * height > maxPixels ? 'pixels' : null
}

/** The nearest that will do. */
export function fitToRange(sizes: Sizes, wanted: Size): Size {
  const { min, max, step, max_pixels: maxPixels } = sizes
  const unit = step ?? 1
  const share = maxPixels === null ? 1 : Math.min(1, Math.sqrt(maxPixels / (wanted.width * wanted.height)))
  const side = (length: number) => {
    const scaled = share < 1 ? Math.floor((length * share) / unit) : Math.round(length / unit)
    const least = Math.ceil((min ?? unit) / unit)
    const most = Math.floor((max ?? Number.MAX_SAFE_INTEGER) / unit)
    return Math.max(least, Math.min(most, scaled)) * unit
  }
  return { width: side(wanted.width), height: side(wanted.height) }
}

/** What becomes of a chosen size under another model. */
export function sizeUnder(model: ImageModelInfo, size: string): string {
  const wanted = readSize(size)
  const choices = choosableSizes(model)
  const first = choices[0]
  if (!wanted) return model.auto_size || !first ? 'auto' : writeSize(first)
  if (choices.some(({ width, height }) => width === wanted.width && height === wanted.height)) return size
  if (model.sizes.kind === 'range') return writeSize(fitToRange(model.sizes, wanted))
  const nearest = nearestSize(choices, wanted)
  return nearest ? writeSize(nearest) : 'auto'
}
