import { crc32 } from 'node:zlib'

const encoder = new TextEncoder()

export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

export function pngChunk(type: string, body: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(body.length + 12)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, body.length)
  chunk.set(encoder.encode(type), 4)
  chunk.set(body, 8)
  view.setUint32(body.length + 8, crc32(chunk.subarray(4, body.length + 8)))
  return chunk
}
