/** Bounded reading: what lies beyond the end is `undefined` in an array, and a fault here. */
import { damaged } from './picture-error.ts'

const latin = new TextDecoder('latin1')

export const asciiAt = (bytes: Uint8Array, at: number, length: number): string =>
  latin.decode(bytes.subarray(at, at + length))

export const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean => {
  if (at + text.length > bytes.length) return false
  for (let i = 0; i < text.length; i += 1) if (bytes[at + i] !== text.charCodeAt(i)) return false
  return true
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function within<T>(bytes: Uint8Array, at: number, length: number, read: (view: DataView) => T): T {
  if (at < 0 || at + length > bytes.length) throw damaged()
  return read(view(bytes))
}

export const u16be = (bytes: Uint8Array, at: number) => within(bytes, at, 2, (v) => v.getUint16(at))
export const u32be = (bytes: Uint8Array, at: number) => within(bytes, at, 4, (v) => v.getUint32(at))
export const u16le = (bytes: Uint8Array, at: number) => within(bytes, at, 2, (v) => v.getUint16(at, true))
export const u32le = (bytes: Uint8Array, at: number) => within(bytes, at, 4, (v) => v.getUint32(at, true))

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
