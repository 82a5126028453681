import { damaged } from '../picture-error.ts'
import { asciiAt, concat, u32le } from '../read-bytes.ts'

export interface WebpChunk {
  type: string
  body: Uint8Array
}

const MAX_CHUNKS = 5_000
const encoder = new TextEncoder()

/** As far as the file says that it goes: what lies behind is not part of it. */
export function readWebpChunks(bytes: Uint8Array): WebpChunk[] {
  const end = u32le(bytes, 4) + 8
  if (end > bytes.length || end < 20) throw damaged()
  const chunks: WebpChunk[] = []
  for (let at = 12; at + 8 <= end;) {
    const size = u32le(bytes, at + 4)
    if (at + 8 + size > end || chunks.length === MAX_CHUNKS) throw damaged()
    chunks.push({ type: asciiAt(bytes, at, 4), body: bytes.subarray(at + 8, at + 8 + size) })
    at += 8 + size + (size & 1)
  }
  return chunks
}

export function writeWebp(chunks: readonly WebpChunk[]): Uint8Array {
  const parts = chunks.flatMap(({ type, body }) => {
    const head = new Uint8Array(8)
    head.set(encoder.encode(type))
    new DataView(head.buffer).setUint32(4, body.length, true)
    return [head, body, new Uint8Array(body.length & 1)]
  })
  const size = parts.reduce((sum, part) => sum + part.length, 4)
  const head = new Uint8Array(12)
  head.set(encoder.encode('RIFF'))
  new DataView(head.buffer).setUint32(4, size, true)
  head.set(encoder.encode('WEBP'), 8)
  return concat([head, ...parts])
}

export const ALPHA_FLAG = 0x10
export const XMP_FLAG = 0x04
export const ANIMATION_FLAG = 0x02

/** The header of a file that has more than its picture. */
export function extendedHeader({ flags, width, height }: { flags: number; width: number; height: number }): WebpChunk {
  const body = new Uint8Array(10)
  const view = new DataView(body.buffer)
  view.setUint32(0, flags, true)
  view.setUint16(4, (width - 1) & 0xffff, true)
  body[6] = (width - 1) >> 16
  view.setUint16(7, (height - 1) & 0xffff, true)
  body[9] = (height - 1) >> 16
  return { type: 'VP8X', body }
}
