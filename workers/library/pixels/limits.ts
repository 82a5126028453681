// How much of a picture is taken. Everything here is known from its header, before any decoder sees it.

const MEGABYTE = 1024 * 1024

/** As sent. */
export const MAX_PICTURE_BYTES = 25 * MEGABYTE

/**
 * 4,096 × 4,096: what the largest models give, enlarged. With its four bytes for each pixel and the files beside it this
 * is what a Worker's 128 MB hold.
 */
export const MAX_PIXELS = 4_096 * 4_096

export const MAX_SIDE = 16_384

/** Of a Worker's 128 MB, what may be pixels and codecs. The rest is code, and the files that come in and go out. */
const WORKING_BYTES = 104 * MEGABYTE

/** At the peak, with the raster itself (4), as measured in workerd; rounded up. */
const bytesPerPixel = {
  'decode-png': 4,
  'decode-jpeg': 8.4,
  // Keeps the coefficients of all scans at once.
  'decode-progressive-jpeg': 14.5,
  'decode-webp': 9.5,
  'decode-lossless-webp': 15.5,
  'encode-png': 4,
  // In strips.
  'encode-jpeg': 4,
  'encode-webp': 15.6,
} as const
export type PixelWork = keyof typeof bytesPerPixel

export const pixelLimitOf = (work: PixelWork): number =>
  Math.min(MAX_PIXELS, Math.floor(WORKING_BYTES / bytesPerPixel[work]))

/** A lossless WebP takes 42 bytes a pixel to make: larger ones lose a little instead. */
export const MAX_LOSSLESS_WEBP_PIXELS = 2_000_000
