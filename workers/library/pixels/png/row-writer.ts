// From a line of samples, of whatever depth and colours, to pixels.
import { u16be } from '../read-bytes.ts'
import type { Raster } from '../raster.ts'
import type { PngFile } from './read-png.ts'

export interface RowToWrite {
  /** After its filter byte. */
  line: Uint8Array
  columns: number
  /** Which pixel of the raster is the first, and how far it is to the next. */
  at: number
  step: number
}

/** As it stands in the file: 16 bits are compared with 16. */
const createSampleReader = (depth: number): ((line: Uint8Array, index: number) => number) => {
  if (depth === 8) return (line, index) => line[index + 1] as number
  if (depth === 16) return (line, index) => ((line[index * 2 + 1] as number) << 8) | (line[index * 2 + 2] as number)
  const mask = (1 << depth) - 1
  return (line, index) => {
    const bit = index * depth
    return ((line[(bit >> 3) + 1] as number) >> (8 - depth - (bit & 7))) & mask
  }
}

/** The colour that stands for “nothing here”, in pictures without an alpha channel. */
const readKey = ({ transparency, colourType }: PngFile): number[] | null => {
  const count = colourType === 0 ? 1 : colourType === 2 ? 3 : 0
  if (!transparency || !count || transparency.length < count * 2) return null
  return Array.from({ length: count }, (_, channel) => u16be(transparency, channel * 2))
}

function createPaletteWriter(file: PngFile, data: Uint8ClampedArray) {
  const read = createSampleReader(file.bitDepth)
  const colours = new Uint8Array(1_024)
  for (let index = 0; index < 256; index += 1) {
    colours.set(file.palette?.subarray(index * 3, index * 3 + 3) ?? [], index * 4)
    colours[index * 4 + 3] = file.transparency?.[index] ?? 255
  }
  return ({ line, columns, at, step }: RowToWrite) => {
    for (let x = 0, to = at * 4; x < columns; x += 1, to += step * 4) {
      const from = read(line, x) * 4
      for (let channel = 0; channel < 4; channel += 1) data[to + channel] = colours[from + channel] as number
    }
  }
}

export function createRowWriter(file: PngFile, { data }: Raster): (row: RowToWrite) => void {
  if (file.colourType === 3) return createPaletteWriter(file, data)
  const read = createSampleReader(file.bitDepth)
  const scale = 255 / ((1 << file.bitDepth) - 1)
  const colours = file.colourType & 2 ? 3 : 1
  const channels = colours + (file.colourType & 4 ? 1 : 0)
  const key = readKey(file)
  return ({ line, columns, at, step }) => {
    for (let x = 0, to = at * 4, from = 0; x < columns; x += 1, to += step * 4, from += channels) {
      const red = read(line, from)
      const green = colours === 3 ? read(line, from + 1) : red
      const blue = colours === 3 ? read(line, from + 2) : red
      data[to] = red * scale
      data[to + 1] = green * scale
      data[to + 2] = blue * scale
      if (channels > colours) data[to + 3] = read(line, from + colours) * scale
      else data[to + 3] = key && red === key[0] && green === (key[1] ?? green) && blue === (key[2] ?? blue) ? 0 : 255
    }
  }
}
