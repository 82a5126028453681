// Pictures that travel as base64, and pictures that are bytes already: neither is believed.
import { sniffMediaType, type SniffedMediaType } from '#shared/lib/sniff-media-type'
import { pictureProblem } from './picture-problems.ts'

/** Of one picture. */
export const MAX_PICTURE_BYTES = 32 * 1_048_576

const stills: ReadonlySet<SniffedMediaType> = new Set(['image/png', 'image/jpeg', 'image/webp'])

/** Throws a Problem unless it begins as a still picture begins. What follows is the library's to check. */
export function requirePicture<T extends Uint8Array>(bytes: T, vendor: string): T {
  const type = sniffMediaType(bytes)
  if (type !== null && stills.has(type) && bytes.byteLength <= MAX_PICTURE_BYTES) return bytes
  throw pictureProblem('provider_bad_image', vendor, `${type ?? 'no picture'}, ${bytes.byteLength} bytes`)
}

/** Throws a Problem where it is not base64 of a picture. */
export function decodePicture(base64: string, vendor: string): Uint8Array<ArrayBuffer> {
  const data = base64.replace(/^data:[^,]{0,100},/, '')
  if (data.length > (MAX_PICTURE_BYTES / 3) * 4)
    throw pictureProblem('provider_bad_image', vendor, `${data.length} characters of base64`)
  let binary: string
  try {
    binary = atob(data)
  } catch {
    throw pictureProblem('provider_bad_image', vendor, 'it is not base64')
  }
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return requirePicture(bytes, vendor)
}

/** Throws a Problem unless there are as many as were asked for. */
export function requireCount<T>(pictures: readonly T[], { count, vendor }: { count: number; vendor: string }): void {
  if (pictures.length === 0) throw pictureProblem('provider_no_image', vendor)
  if (pictures.length !== count) throw pictureProblem('provider_wrong_count', vendor, `${pictures.length} for ${count}`)
}
