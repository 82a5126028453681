// Turned upright: what EXIF only asks viewers to do, done to the pixels.
import type { Raster } from './raster.ts'

/** Which pixel of the picture as stored is at (x, y) of the one that stands upright. */
const sources: Record<number, (x: number, y: number, width: number, height: number) => readonly [number, number]> = {
  2: (x, y, width) => [width - 1 - x, y],
  3: (x, y, width, height) => [width - 1 - x, height - 1 - y],
  4: (x, y, _width, height) => [x, height - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _width, height) => [y, height - 1 - x],
  7: (x, y, width, height) => [width - 1 - y, height - 1 - x],
  8: (x, y, width) => [width - 1 - y, x],
}

export function orient(raster: Raster, orientation: number): Raster {
  const source = sources[orientation]
  if (!source) return raster
  const turned = orientation >= 5
  const width = turned ? raster.height : raster.width
  const height = turned ? raster.width : raster.height
  const from = new Uint32Array(raster.data.buffer, raster.data.byteOffset, raster.width * raster.height)
  const to = new Uint32Array(width * height)
  // Both steps are the same for every pixel of a row, so two looks tell all of them.
  for (let y = 0; y < height; y += 1) {
    const [x0, y0] = source(0, y, raster.width, raster.height)
    const [x1, y1] = source(1, y, raster.width, raster.height)
    const step = (y1 - y0) * raster.width + (x1 - x0)
    let at = y0 * raster.width + x0
    for (let x = 0; x < width; x += 1, at += step) to[y * width + x] = from[at] ?? 0
  }
  return { data: new Uint8ClampedArray(to.buffer), width, height }
}
