// A PNG's rows as they come out of its compressed data, straight into the raster: there is never a second copy of it.
import { damaged } from '../picture-error.ts'
import type { Raster } from '../raster.ts'
import { inflate } from './inflate.ts'
import type { PngFile } from './read-png.ts'
import { createRowWriter } from './row-writer.ts'
import { unfilter } from './unfilter.ts'

interface Pass {
  x: number
  y: number
  dx: number
  dy: number
}

const whole: readonly Pass[] = [{ x: 0, y: 0, dx: 1, dy: 1 }]
const adam7: readonly Pass[] = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
]

const channelsOf: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Deflate makes at most so much of a byte: what promises more is lying, and no memory is given to it. */
const MOST_OF_A_BYTE = 1_032

export function decodePng(file: PngFile): Raster {
  const { width, height, bitDepth } = file
  const bitsPerPixel = bitDepth * (channelsOf[file.colourType] ?? 1)
  const passes = (file.interlaced ? adam7 : whole)
    .map((pass) => ({
      ...pass,
      columns: Math.ceil((width - pass.x) / pass.dx),
      rows: Math.ceil((height - pass.y) / pass.dy),
    }))
    .filter(({ columns, rows }) => columns > 0 && rows > 0)
    .map((pass) => ({ ...pass, rowBytes: Math.ceil((pass.columns * bitsPerPixel) / 8) }))
  const expected = passes.reduce((sum, { rows, rowBytes }) => sum + rows * (rowBytes + 1), 0)
  const compressed = file.data.reduce((sum, part) => sum + part.length, 0)
  if (expected > compressed * MOST_OF_A_BYTE) throw damaged()

  const raster: Raster = { data: new Uint8ClampedArray(width * height * 4), width, height }
  const writeRow = createRowWriter(file, raster)
  const step = Math.max(1, bitsPerPixel >> 3)
  const widest = Math.max(...passes.map(({ rowBytes }) => rowBytes))
  let current = new Uint8Array(widest + 1)
  let previous = new Uint8Array(widest + 1)
  let pass = passes.shift()
  let row = 0
  let filled = 0

  const finishRow = (done: NonNullable<typeof pass>) => {
    unfilter({ current, previous, length: done.rowBytes + 1, step })
    writeRow({ line: current, columns: done.columns, at: (done.y + row * done.dy) * width + done.x, step: done.dx })
    const free = previous
    previous = current
    current = free
    filled = 0
    row += 1
    if (row < done.rows) return
    pass = passes.shift()
    previous.fill(0)
    row = 0
  }

  inflate({
    parts: file.data,
    maxTables: 1_024 + (expected >> 10),
    emit(bytes) {
      for (let at = 0; at < bytes.length;) {
        // More than its header promised.
        if (!pass) throw damaged()
        const want = Math.min(pass.rowBytes + 1 - filled, bytes.length - at)
        current.set(bytes.subarray(at, at + want), filled)
        filled += want
        at += want
        if (filled === pass.rowBytes + 1) finishRow(pass)
      }
    },
  })
  if (pass) throw damaged()
  return raster
}
