import { Problem } from '#shared/http/problems'
import type { ImageRequest, InputPicture } from '../../../spec/image-model.ts'
import { svgOf, type Size } from '../svg.ts'
import type { SandboxDrawing } from '../drawing.ts'
import { imageMarkup } from './canvas.ts'

/** All of it is in memory at once, several times. */
export const MOST_PIXELS = 9_437_184

export function requireDrawable({ width, height }: Size, param: string): void {
  if (width * height <= MOST_PIXELS) return
  throw new Problem(
    'image_too_large',
    `The sandbox draws at most ${MOST_PIXELS} pixels, and this has ${width * height}.`,
    {
      param,
      facts: { pixels: width * height, max_pixels: MOST_PIXELS },
    },
  )
}

/** Larger, and no sharper: a sandbox invents no detail. */
export function upscale({
  request,
  picture,
  draw,
}: {
  request: ImageRequest
  picture: InputPicture
  draw: SandboxDrawing
}): Promise<Uint8Array> {
  const scale = request.scale ?? 2
  const size: Size = { width: picture.width * scale, height: picture.height * scale }
  requireDrawable(size, 'scale')
  return draw.toPng(svgOf(size, imageMarkup(picture, { ...size, smooth: true })))
}
