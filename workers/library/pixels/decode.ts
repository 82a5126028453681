// From bytes to pixels, when everything that can be known beforehand is in order.
import type { CleanInput } from '#shared/contracts/library'
import type { Codecs } from './codecs.ts'
import { readJpeg } from './jpeg/read-jpeg.ts'
import { MAX_PICTURE_BYTES, MAX_SIDE, pixelLimitOf, type PixelWork } from './limits.ts'
import { orient } from './orient.ts'
import { damaged, tooLarge } from './picture-error.ts'
import type { PictureHeader } from './picture-header.ts'
import { decodePng } from './png/decode-png.ts'
import { readPng } from './png/read-png.ts'
import type { Raster } from './raster.ts'
import { sniff } from './sniff.ts'
import { readWebp } from './webp/read-webp.ts'

const readers = { png: readPng, jpeg: readJpeg, webp: readWebp }

const workOf = ({ format, progressive, lossless }: PictureHeader): PixelWork => {
  if (format === 'jpeg') return progressive ? 'decode-progressive-jpeg' : 'decode-jpeg'
  if (format === 'webp') return lossless ? 'decode-lossless-webp' : 'decode-webp'
  return 'decode-png'
}

function requireSize(header: PictureHeader, mostPixels: number): void {
  const { width, height } = header
  if (width < 1 || height < 1) throw damaged()
  const maxPixels = Math.min(mostPixels, pixelLimitOf(workOf(header)))
  if (width > MAX_SIDE || height > MAX_SIDE) throw tooLarge({ width, height, maxPixels, maxSide: MAX_SIDE })
  if (width * height > maxPixels) throw tooLarge({ width, height, maxPixels })
}

export interface DecodedPicture {
  header: PictureHeader
  /** Upright. */
  raster: Raster
}

export async function decodePicture({
  input: { bytes, maxBytes = MAX_PICTURE_BYTES, maxPixels = Number.POSITIVE_INFINITY },
  codecs,
}: {
  input: Pick<CleanInput, 'bytes' | 'maxBytes' | 'maxPixels'>
  codecs: Codecs
}): Promise<DecodedPicture> {
  if (bytes.length > maxBytes) throw tooLarge({ maxBytes })
  const file = readers[sniff(bytes)](bytes)
  requireSize(file, maxPixels)
  const raster =
    file.format === 'png'
      ? decodePng(file)
      : file.format === 'jpeg'
        ? await codecs.decodeJpeg(file.bare())
        : await codecs.decodeWebp(file.bare())
  // A decoder that sees another picture than we did was shown two.
  if (raster.width !== file.width || raster.height !== file.height) throw damaged()
  return { header: file, raster: orient(raster, file.orientation) }
}
