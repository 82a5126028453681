import { pixelLimitOf } from './limits.ts'
import type { PictureFormat } from './picture-header.ts'
import { hasAlpha, type Raster } from './raster.ts'

/** A WebP that is too large to be made here becomes what can be: refusing what was paid for helps nobody. */
export function formatFor(wanted: PictureFormat, raster: Raster): PictureFormat {
  if (wanted !== 'webp' || raster.width * raster.height <= pixelLimitOf('encode-webp')) return wanted
  return hasAlpha(raster) ? 'png' : 'jpeg'
}
