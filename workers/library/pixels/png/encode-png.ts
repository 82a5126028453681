// A PNG in bands: each is filtered and deflated by itself, so that there is room for the raster and little else.
import { constants, deflateRawSync } from 'node:zlib'
import { concat } from '../read-bytes.ts'
import type { Raster } from '../raster.ts'
import { PNG_SIGNATURE, pngChunk } from './chunk.ts'
import { filterRow } from './filter-row.ts'

const BAND_BYTES = 524_288
const ZLIB_HEADER = Uint8Array.of(0x78, 0x9c)
/** A last block with nothing in it: bands end on a whole byte and are never the last. */
const LAST_BLOCK = Uint8Array.of(0x03, 0x00)
const MODULUS = 65_521
/** As many bytes as can be added up before the sums leave 32 bits. */
const ADLER_RUN = 5_552

function adlerOf(bytes: Uint8Array, [low, high]: readonly [number, number]): [number, number] {
  let a = low
  let b = high
  for (let at = 0; at < bytes.length;) {
    for (const end = Math.min(at + ADLER_RUN, bytes.length); at < end; at += 1) {
      a += bytes[at] as number
      b += a
    }
    a %= MODULUS
    b %= MODULUS
  }
  return [a, b]
}

function header({ width, height }: Raster, alpha: boolean): Uint8Array {
  const body = new Uint8Array(13)
  const view = new DataView(body.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  body.set([8, alpha ? 6 : 2], 8)
  return pngChunk('IHDR', body)
}

function copyRow({ data, width }: Raster, y: number, alpha: boolean, to: Uint8Array): void {
  const from = y * width * 4
  if (alpha) return to.set(data.subarray(from, from + width * 4))
  for (let at = from, x = 0; x < to.length; at += 4, x += 3) {
    to[x] = data[at] as number
    to[x + 1] = data[at + 1] as number
    to[x + 2] = data[at + 2] as number
  }
}

export function encodePng(raster: Raster, { alpha }: { alpha: boolean }): Uint8Array {
  const step = alpha ? 4 : 3
  const rowBytes = raster.width * step
  const rowsPerBand = Math.max(1, Math.floor(BAND_BYTES / (rowBytes + 1)))
  const parts = [PNG_SIGNATURE, header(raster, alpha)]
  let current = new Uint8Array(rowBytes)
  let previous = new Uint8Array(rowBytes)
  let adler: [number, number] = [1, 0]
  for (let top = 0; top < raster.height; top += rowsPerBand) {
    const rows = Math.min(rowsPerBand, raster.height - top)
    const band = new Uint8Array(rows * (rowBytes + 1))
    for (let row = 0; row < rows; row += 1) {
      copyRow(raster, top + row, alpha, current)
      const start = row * (rowBytes + 1)
      filterRow({ current, previous, step, out: band.subarray(start, start + rowBytes + 1) })
      const free = previous
      previous = current
      current = free
    }
    adler = adlerOf(band, adler)
    const deflated = deflateRawSync(band, { finishFlush: constants.Z_SYNC_FLUSH })
    parts.push(pngChunk('IDAT', top === 0 ? concat([ZLIB_HEADER, deflated]) : deflated))
  }
  const sum = new Uint8Array(4)
  new DataView(sum.buffer).setUint32(0, ((adler[1] << 16) | adler[0]) >>> 0)
  parts.push(pngChunk('IDAT', concat([LAST_BLOCK, sum])), pngChunk('IEND', new Uint8Array()))
  return concat(parts)
}
