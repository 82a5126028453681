import type { InputPicture } from '../../../spec/image-model.ts'
import type { Pixels, SandboxDrawing } from '../drawing.ts'
import { toPng } from '../png.ts'
import { pixelsOf } from './canvas.ts'

/** From one pixel to the next, and from where the flood came in: a sky may fade, an edge may not be crossed. */
const STEP = 14
const FAR = 96

const differs = (rgba: Uint8Array, one: number, other: number): number =>
  Math.max(
    Math.abs(rgba[one]! - rgba[other]!),
    Math.abs(rgba[one + 1]! - rgba[other + 1]!),
    Math.abs(rgba[one + 2]! - rgba[other + 2]!),
  )

/** What can be reached from the border through pixels that are much alike. 1: background. */
function flood({ width, height, rgba }: Pixels): Uint8Array {
  const isBackground = new Uint8Array(width * height)
  const source = new Int32Array(width * height)
  const queue = new Int32Array(width * height)
  let [head, end] = [0, 0]
  const enter = (pixel: number, from: number) => {
    if (isBackground[pixel]) return
    isBackground[pixel] = 1
    source[pixel] = from
    queue[end++] = pixel
  }
  for (let x = 0; x < width; x++) [x, (height - 1) * width + x].forEach((pixel) => enter(pixel, pixel))
  for (let y = 0; y < height; y++) [y * width, y * width + width - 1].forEach((pixel) => enter(pixel, pixel))
  while (head < end) {
    const pixel = queue[head++]!
    const x = pixel % width
    const next = [x > 0 ? pixel - 1 : -1, x < width - 1 ? pixel + 1 : -1, pixel - width, pixel + width]
    for (const other of next)
      if (
        other >= 0 &&
        other < isBackground.length &&
        !isBackground[other] &&
        differs(rgba, pixel * 4, other * 4) <= STEP &&
        differs(rgba, source[pixel]! * 4, other * 4) <= FAR
      )
        enter(other, source[pixel]!)
  }
  return isBackground
}

/** Edges are half there, so that they are not frayed. */
function cutOut(pixels: Pixels, isBackground: Uint8Array): Pixels {
  const { width, height } = pixels
  const rgba = pixels.rgba.slice()
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x
      if (isBackground[pixel]) {
        rgba[pixel * 4 + 3] = 0
        continue
      }
      const touches =
        (x > 0 && isBackground[pixel - 1]) ||
        (x < width - 1 && isBackground[pixel + 1]) ||
        (y > 0 && isBackground[pixel - width]) ||
        (y < height - 1 && isBackground[pixel + width])
      if (touches) rgba[pixel * 4 + 3] = Math.round(rgba[pixel * 4 + 3]! * 0.55)
    }
  return { width, height, rgba }
}

export async function removeBackground({
  picture,
  draw,
}: {
  picture: InputPicture
  draw: SandboxDrawing
}): Promise<Uint8Array> {
  const pixels = await pixelsOf(picture, picture, draw)
  return toPng(cutOut(pixels, flood(pixels)))
}
