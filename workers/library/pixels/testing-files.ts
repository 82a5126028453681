// Files made byte by byte, for tests: good ones, and those that nobody means well with.
import { deflateSync } from 'node:zlib'
import { PNG_SIGNATURE, pngChunk } from './png/chunk.ts'
import { concat } from './read-bytes.ts'
import type { Raster } from './raster.ts'
import { readWebpChunks, writeWebp, type WebpChunk } from './webp/chunks.ts'

const encoder = new TextEncoder()
export const bytesOf = (text: string): Uint8Array => encoder.encode(text)
export const latinBytes = (...codes: number[]): Uint8Array => Uint8Array.from(codes)

/** Soft colours with a little noise, the same every time. */
export function drawPicture(width: number, height: number, { alpha = false } = {}): Raster {
  const data = new Uint8ClampedArray(width * height * 4)
  let seed = 7
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 4) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
      const noise = (seed >> 16) & 7
      data[at] = 128 + 100 * Math.sin(x / 37 + y / 53) + noise
      data[at + 1] = 128 + 100 * Math.cos(x / 61) + noise
      data[at + 2] = (x + y) >> 2
      data[at + 3] = alpha ? (x * 255) / width : 255
    }
  }
  return { data, width, height }
}

export interface PngParts {
  width: number
  height: number
  bitDepth?: number
  colourType?: number
  interlace?: number
  /** Before they are deflated, with the filter's byte before each row. */
  rows?: Uint8Array
  idat?: Uint8Array[]
  before?: Uint8Array[]
  after?: Uint8Array[]
}

export function pngHeader({ width, height, bitDepth = 8, colourType = 2, interlace = 0 }: PngParts): Uint8Array {
  const body = new Uint8Array(13)
  const view = new DataView(body.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  body.set([bitDepth, colourType, 0, 0, interlace], 8)
  return pngChunk('IHDR', body)
}

export const buildPng = (parts: PngParts): Uint8Array =>
  concat([
    PNG_SIGNATURE,
    pngHeader(parts),
    ...(parts.before ?? []),
    ...(parts.idat ?? [deflateSync(parts.rows ?? new Uint8Array())]).map((data) => pngChunk('IDAT', data)),
    ...(parts.after ?? []),
    pngChunk('IEND', new Uint8Array()),
  ])

/** Of one colour, and small: for what is wrong elsewhere. */
export const plainPng = (more: Omit<PngParts, 'width' | 'height' | 'rows'> = {}): Uint8Array =>
  buildPng({ width: 4, height: 4, rows: new Uint8Array(4 * 13).map((_, at) => (at % 13 ? 120 : 0)), ...more })

export const segment = (marker: number, body: Uint8Array): Uint8Array =>
  concat([latinBytes(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255), body])

/** After the two bytes that a JPEG begins with. */
export const intoJpeg = (jpeg: Uint8Array, ...segments: Uint8Array[]): Uint8Array =>
  concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])

export const intoPng = (png: Uint8Array, ...chunks: Uint8Array[]): Uint8Array =>
  concat([png.subarray(0, 33), ...chunks, png.subarray(33)])

export const intoWebp = (webp: Uint8Array, ...chunks: WebpChunk[]): Uint8Array =>
  writeWebp([...readWebpChunks(webp), ...chunks])

/** EXIF with nothing but which way is up, and where it was taken. */
export function exif(orientation: number, { little = true } = {}): Uint8Array {
  const body = new Uint8Array(64)
  const view = new DataView(body.buffer)
  body.set(little ? [0x49, 0x49] : [0x4d, 0x4d])
  view.setUint16(2, 42, little)
  view.setUint32(4, 8, little)
  view.setUint16(8, 1, little)
  view.setUint16(10, 0x0112, little)
  view.setUint16(12, 3, little)
  view.setUint32(14, 1, little)
  view.setUint16(18, orientation, little)
  body.set(encoder.encode('GPS 24.7136 N 46.6753 E'), 26)
  return body
}

export const exifSegment = (orientation: number): Uint8Array =>
  segment(0xe1, concat([bytesOf('Exif\0\0'), exif(orientation)]))

/** Where those bytes are in these, or −1. */
export const find = (bytes: Uint8Array, text: string): number =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(text, 0, 'latin1')
