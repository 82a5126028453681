// The sizes that pages and lists show, and a placeholder to show until they are there.
import { rgbaToThumbHash } from 'thumbhash'
import { renditionPixels, type PictureFacts } from '#shared/contracts/library'
import { toBase64 } from '#shared/lib/bytes'
import type { Codecs } from './codecs.ts'
import type { Raster } from './raster.ts'
import { fitWithin } from './resize.ts'

export interface DerivedPicture {
  bytes: Uint8Array
  mediaType: 'image/webp'
  width: number
  height: number
}

export interface Derived {
  /** Null where the original does as well: small already, in pixels and in bytes. */
  web: DerivedPicture | null
  thumbnail: DerivedPicture
  /** In base64. */
  thumbhash: string
}

/** An original of this many bytes is as quick to show as what would be made of it. */
const LIGHT_BYTES = 300_000
const HASH_PIXELS = 100

const isLight = ({ mediaType, width, height, bytes }: PictureFacts) =>
  mediaType !== 'image/png' && Math.max(width, height) <= renditionPixels.web && bytes <= LIGHT_BYTES

export async function derivePictures({
  raster,
  facts,
  codecs,
}: {
  raster: Raster
  facts: PictureFacts
  codecs: Codecs
}): Promise<Derived> {
  const toWebp = async (picture: Raster, quality: number): Promise<DerivedPicture> => ({
    bytes: await codecs.encodeWebp(picture, { quality }),
    mediaType: 'image/webp',
    width: picture.width,
    height: picture.height,
  })
  const page = fitWithin(raster, renditionPixels.web)
  const small = fitWithin(page, renditionPixels.thumbnail)
  const tiny = fitWithin(small, HASH_PIXELS)
  return {
    web: isLight(facts) ? null : await toWebp(page, 82),
    thumbnail: await toWebp(small, 78),
    thumbhash: toBase64(rgbaToThumbHash(tiny.width, tiny.height, tiny.data)),
  }
}
