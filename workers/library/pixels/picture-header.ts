// What a picture says of itself, read by ourselves before any decoder runs.
export type PictureFormat = 'png' | 'jpeg' | 'webp'

export interface PictureHeader {
  format: PictureFormat
  width: number
  height: number
  /** As EXIF counts them, 1 to 8: how it is to be turned to stand upright. */
  orientation: number
  /** Of a JPEG: all of it comes several times, each time a little sharper. */
  progressive?: boolean
  /** Of a WebP. */
  lossless?: boolean
}
