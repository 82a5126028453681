// The chunks of a PNG. Only what makes the picture is looked into; texts, profiles and whatever else is passed over
// without being inflated.
import { crc32 } from 'node:zlib'
import { orientationOf } from '../exif.ts'
import { animated, damaged } from '../picture-error.ts'
import type { PictureHeader } from '../picture-header.ts'
import { asciiAt, u32be } from '../read-bytes.ts'

export interface PngFile extends PictureHeader {
  format: 'png'
  bitDepth: number
  colourType: number
  interlaced: boolean
  palette: Uint8Array | null
  transparency: Uint8Array | null
  data: Uint8Array[]
}

const SIGNATURE_BYTES = 8
const FRAME_BYTES = 12
const MAX_CHUNKS = 20_000

const depthsOf: Record<number, readonly number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

/** Those whose sum is checked, because what is in them goes on. */
const kept = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'acTL', 'IEND'])

function readHeader(body: Uint8Array): PngFile {
  if (body.length !== 13) throw damaged()
  const [bitDepth = 0, colourType = 0, compression, filter, interlace = 0] = body.subarray(8)
  if (!depthsOf[colourType]?.includes(bitDepth) || compression !== 0 || filter !== 0 || interlace > 1) throw damaged()
  return {
    format: 'png',
    width: u32be(body, 0),
    height: u32be(body, 4),
    orientation: 1,
    bitDepth,
    colourType,
    interlaced: interlace === 1,
    palette: null,
    transparency: null,
    data: [],
  }
}

function take(file: PngFile, type: string, body: Uint8Array): void {
  if (type === 'IDAT') file.data.push(body)
  if (type === 'PLTE') {
    if (file.palette || body.length === 0 || body.length % 3 !== 0 || body.length > 768) throw damaged()
    file.palette = body
  }
  if (type === 'tRNS' && file.data.length === 0) file.transparency = body
  if (type === 'eXIf') file.orientation = orientationOf(body)
  // One frame is a still, whatever it calls itself.
  if (type === 'acTL' && u32be(body, 0) > 1) throw animated({ width: file.width, height: file.height })
}

export function readPng(bytes: Uint8Array): PngFile {
  let file: PngFile | null = null
  let at = SIGNATURE_BYTES
  for (let count = 0; count < MAX_CHUNKS; count += 1) {
    const length = u32be(bytes, at)
    const type = asciiAt(bytes, at + 4, 4)
    const end = at + FRAME_BYTES + length
    if (end > bytes.length) throw damaged()
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (kept.has(type) && crc32(bytes.subarray(at + 4, at + 8 + length)) !== u32be(bytes, end - 4)) throw damaged()
    // It comes first, and once.
    if ((type === 'IHDR') !== (file === null)) throw damaged()
    file ??= readHeader(body)
    if (type === 'IEND') {
      if (file.data.length === 0 || (file.colourType === 3 && !file.palette)) throw damaged()
      return file
    }
    take(file, type, body)
    at = end
  }
  throw damaged()
}
