// The chunks of a WebP, of which two at most make the picture.
import { orientationOf } from '../exif.ts'
import { animated, damaged } from '../picture-error.ts'
import type { PictureHeader } from '../picture-header.ts'
import { startsWith, u16le, u32le } from '../read-bytes.ts'
import { ALPHA_FLAG, ANIMATION_FLAG, extendedHeader, readWebpChunks, type WebpChunk, writeWebp } from './chunks.ts'

export interface WebpFile extends PictureHeader {
  format: 'webp'
  lossless: boolean
  alpha: boolean
  bare(): Uint8Array
}

interface Stream {
  width: number
  height: number
  alpha: boolean
}

const u24le = (bytes: Uint8Array, at: number) => u16le(bytes, at) | ((bytes[at + 2] ?? 0) << 16)

function readLossy(body: Uint8Array): Stream {
  // A key frame that begins as one must.
  if (((body[0] ?? 1) & 1) !== 0 || body[3] !== 0x9d || body[4] !== 0x01 || body[5] !== 0x2a) throw damaged()
  return { width: u16le(body, 6) & 0x3fff, height: u16le(body, 8) & 0x3fff, alpha: false }
}

function readLossless(body: Uint8Array): Stream {
  if (body[0] !== 0x2f) throw damaged()
  const bits = u32le(body, 1)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, alpha: ((bits >>> 28) & 1) === 1 }
}

function orientationIn(chunks: readonly WebpChunk[]): number {
  const body = chunks.find(({ type }) => type === 'EXIF')?.body
  if (!body) return 1
  return orientationOf(startsWith(body, 'Exif\0\0') ? body.subarray(6) : body)
}

export function readWebp(bytes: Uint8Array): WebpFile {
  const chunks = readWebpChunks(bytes)
  const extended = chunks[0]?.type === 'VP8X' ? chunks[0].body : null
  const canvas = extended && { width: u24le(extended, 4) + 1, height: u24le(extended, 7) + 1 }
  const moves = extended && (u32le(extended, 0) & ANIMATION_FLAG) !== 0
  if (moves || chunks.some(({ type }) => type === 'ANIM' || type === 'ANMF')) throw animated(canvas ?? {})
  const pictures = chunks.filter(({ type }) => type === 'VP8 ' || type === 'VP8L')
  const [picture] = pictures
  if (!picture || pictures.length > 1) throw damaged()
  const lossless = picture.type === 'VP8L'
  const stream = lossless ? readLossless(picture.body) : readLossy(picture.body)
  const { width, height } = stream
  if (canvas && (canvas.width !== width || canvas.height !== height)) throw damaged()
  const alphas = lossless || !extended ? [] : chunks.filter(({ type }) => type === 'ALPH')
  if (alphas.length > 1) throw damaged()
  return {
    format: 'webp',
    width,
    height,
    lossless,
    alpha: stream.alpha || alphas.length > 0,
    orientation: orientationIn(chunks),
    bare: () =>
      writeWebp(
        alphas.length > 0 ? [extendedHeader({ flags: ALPHA_FLAG, width, height }), ...alphas, picture] : [picture],
      ),
  }
}
