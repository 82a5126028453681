// Made smaller, never larger: row by row, with room for a handful of rows beside the two pictures. Weighted by alpha, so
// that what is behind the transparent parts does not bleed into the rest.
import type { Raster } from './raster.ts'

interface Window {
  start: number
  weights: Float32Array
}

/** Catmull-Rom: sharp, and with only the faintest halo. */
const kernel = (distance: number): number => {
  const x = Math.abs(distance)
  if (x < 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1
  return x < 2 ? -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 : 0
}

/** Which pixels of a line make each pixel of the shorter one. */
function windowsOf(from: number, to: number): Window[] {
  const scale = from / to
  return Array.from({ length: to }, (_, index) => {
    const centre = (index + 0.5) * scale - 0.5
    const start = Math.max(0, Math.ceil(centre - 2 * scale))
    const end = Math.min(from - 1, Math.floor(centre + 2 * scale))
    const weights = Float32Array.from({ length: end - start + 1 }, (_value, i) => kernel((start + i - centre) / scale))
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return { start, weights: weights.map((weight) => weight / sum) }
  })
}

function premultiply(from: Uint8ClampedArray, at: number, to: Float32Array): void {
  for (let i = 0; i < to.length; i += 4) {
    const alpha = (from[at + i + 3] as number) / 255
    to[i] = (from[at + i] as number) * alpha
    to[i + 1] = (from[at + i + 1] as number) * alpha
    to[i + 2] = (from[at + i + 2] as number) * alpha
    to[i + 3] = alpha * 255
  }
}

function shorten(line: Float32Array, windows: readonly Window[], to: Float32Array): void {
  for (let x = 0; x < windows.length; x += 1) {
    const { start, weights } = windows[x] as Window
    let red = 0
    let green = 0
    let blue = 0
    let alpha = 0
    for (let i = 0, at = start * 4; i < weights.length; i += 1, at += 4) {
      const weight = weights[i] as number
      red += weight * (line[at] as number)
      green += weight * (line[at + 1] as number)
      blue += weight * (line[at + 2] as number)
      alpha += weight * (line[at + 3] as number)
    }
    to[x * 4] = red
    to[x * 4 + 1] = green
    to[x * 4 + 2] = blue
    to[x * 4 + 3] = alpha
  }
}

function finish(sum: Float32Array, to: Uint8ClampedArray, at: number): void {
  for (let i = 0; i < sum.length; i += 4) {
    const alpha = Math.min(255, Math.max(0, sum[i + 3] as number))
    const scale = alpha > 0 ? 255 / alpha : 0
    to[at + i] = (sum[i] as number) * scale
    to[at + i + 1] = (sum[i + 1] as number) * scale
    to[at + i + 2] = (sum[i + 2] as number) * scale
    to[at + i + 3] = alpha
  }
}

export function resize(raster: Raster, { width, height }: { width: number; height: number }): Raster {
  const across = windowsOf(raster.width, width)
  const down = windowsOf(raster.height, height)
  const line = new Float32Array(raster.width * 4)
  const short = new Float32Array(width * 4)
  const data = new Uint8ClampedArray(width * height * 4)
  // Rows under way, oldest first: each line of the picture adds to all whose window it lies in.
  const open: { row: number; sum: Float32Array }[] = []
  const free: Float32Array[] = []
  let next = 0
  for (let y = 0; y < raster.height; y += 1) {
    premultiply(raster.data, y * raster.width * 4, line)
    shorten(line, across, short)
    while (next < height && (down[next] as Window).start <= y) {
      open.push({ row: next, sum: (free.pop() ?? new Float32Array(width * 4)).fill(0) })
      next += 1
    }
    for (const { row, sum } of open) {
      const { start, weights } = down[row] as Window
      const weight = weights[y - start] ?? 0
      for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] as number) + weight * (short[i] as number)
    }
    while (open[0] && y - (down[open[0].row] as Window).start >= (down[open[0].row] as Window).weights.length - 1) {
      const { row, sum } = open.shift() as (typeof open)[number]
      finish(sum, data, row * width * 4)
      free.push(sum)
    }
  }
  return { data, width, height }
}

/** As large as it is where that is small enough. */
export function fitWithin(raster: Raster, maxSide: number): Raster {
  const scale = maxSide / Math.max(raster.width, raster.height)
  if (scale >= 1) return raster
  return resize(raster, {
    width: Math.max(1, Math.round(raster.width * scale)),
    height: Math.max(1, Math.round(raster.height * scale)),
  })
}
