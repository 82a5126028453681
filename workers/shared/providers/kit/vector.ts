// Vectors travel as numbers or, at a third of the length, as 32-bit floats in base64.
import type { Vector } from '../spec/embedding-model.ts'

const CHUNK = 0x8000

function toBinary(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return text
}

export function toBase64Vector(vector: Vector): string {
  if (typeof vector === 'string') return vector
  const view = new DataView(new ArrayBuffer(vector.length * 4))
  vector.forEach((value, at) => view.setFloat32(at * 4, value, true))
  return btoa(toBinary(new Uint8Array(view.buffer)))
}

export function toNumberVector(vector: Vector): number[] {
  if (typeof vector !== 'string') return vector
  const bytes = Uint8Array.from(atob(vector), (letter) => letter.charCodeAt(0))
  const view = new DataView(bytes.buffer)
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) => view.getFloat32(at * 4, true))
}
