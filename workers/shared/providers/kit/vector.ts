// Vectors travel as numbers or, at a third of the length, as 32-bit floats in base64.
import { toBase64 } from '#shared/lib/bytes'
import type { Vector } from '../spec/embedding-model.ts'

export function toBase64Vector(vector: Vector): string {
  if (typeof vector === 'string') return vector
  const view = new DataView(new ArrayBuffer(vector.length * 4))
  vector.forEach((value, at) => view.setFloat32(at * 4, value, true))
  return toBase64(new Uint8Array(view.buffer))
}

export function toNumberVector(vector: Vector): number[] {
  if (typeof vector !== 'string') return vector
  const bytes = Uint8Array.from(atob(vector), (letter) => letter.charCodeAt(0))
  const view = new DataView(bytes.buffer)
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) => view.getFloat32(at * 4, true))
}
