// A picture from anywhere, as one that holds its pixels and nothing else: no location, no camera, no profile (what is
// not sRGB is taken for it), no second file behind or inside it.
import type { CleanInput, PictureFacts } from '#shared/contracts/library'
import type { Codecs } from './codecs.ts'
import { decodePicture } from './decode.ts'
import { formatFor } from './format-for.ts'
import { MAX_LOSSLESS_WEBP_PIXELS } from './limits.ts'
import type { PictureFormat, PictureHeader } from './picture-header.ts'
import { encodePng } from './png/encode-png.ts'
import { flatten, hasAlpha, type Raster } from './raster.ts'
import { fitWithin } from './resize.ts'

export const mediaTypes = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp' } as const

const QUALITY = 90

interface Work {
  header: PictureHeader
  raster: Raster
  format: PictureFormat
  quality: number | undefined
  codecs: Codecs
}

function encode({ header, raster, format, quality, codecs }: Work, alpha: boolean): Promise<Uint8Array> | Uint8Array {
  if (format === 'png') return encodePng(raster, { alpha })
  if (format === 'jpeg') return codecs.encodeJpeg(raster, quality ?? QUALITY)
  const small = raster.width * raster.height <= MAX_LOSSLESS_WEBP_PIXELS
  return codecs.encodeWebp(raster, {
    quality: quality ?? QUALITY,
    lossless: header.lossless === true && quality === undefined && small,
  })
}

export interface CleanedPicture {
  bytes: Uint8Array
  facts: PictureFacts
  raster: Raster
}

/** Throws a `PictureError` for what is not taken. */
export async function cleanPicture({ input, codecs }: { input: CleanInput; codecs: Codecs }): Promise<CleanedPicture> {
  const { header, raster: decoded } = await decodePicture({ input, codecs })
  const fitted = input.maxSide ? fitWithin(decoded, input.maxSide) : decoded
  const format = formatFor(input.format ?? header.format, fitted)
  const alpha = format !== 'jpeg' && hasAlpha(fitted)
  const raster = format === 'jpeg' ? flatten(fitted) : fitted
  const bytes = await encode({ header, raster, format, quality: input.quality, codecs }, alpha)
  const { width, height } = raster
  return {
    bytes,
    facts: { mediaType: mediaTypes[format], width, height, bytes: bytes.length, hasAlpha: alpha },
    raster,
  }
}
