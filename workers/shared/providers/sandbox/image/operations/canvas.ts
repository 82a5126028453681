// A picture that somebody gave, as part of a drawing.
import { toDataUrl } from '../../../kit/data-url.ts'
import type { InputPicture } from '../../../spec/image-model.ts'
import { svgOf, type Size } from '../svg.ts'
import type { Pixels, SandboxDrawing } from '../drawing.ts'
import { at } from '../sketch.ts'

export interface Placed extends Size {
  x?: number
  y?: number
  /** Each pixel as it is, or blended where it is drawn in another size. */
  smooth?: boolean
  attributes?: string
}

/** Cut to the shape of its place, never squeezed into it. */
export const imageMarkup = (picture: Pick<InputPicture, 'bytes' | 'mediaType'>, placed: Placed): string =>
  `<image href="${toDataUrl(picture)}" x="${at(placed.x ?? 0)}" y="${at(placed.y ?? 0)}" width="${at(placed.width)}" height="${at(placed.height)}" preserveAspectRatio="xMidYMid slice" image-rendering="${placed.smooth ? 'optimizeQuality' : 'optimizeSpeed'}" ${placed.attributes ?? ''}/>`

export const isAsLargeAs = (picture: Size, size: Size): boolean =>
  picture.width === size.width && picture.height === size.height

export const pixelsOf = (picture: InputPicture, size: Size, draw: SandboxDrawing): Promise<Pixels> =>
  draw.toPixels(svgOf(size, imageMarkup(picture, { ...size, smooth: !isAsLargeAs(picture, size) })))

export const asPicture = (bytes: Uint8Array, { width, height }: Size): InputPicture => ({
  bytes,
  mediaType: 'image/png',
  width,
  height,
})
