// The one thing of EXIF that is part of the picture: which way is up. All the rest goes.
import { u16be, u16le, u32be, u32le } from './read-bytes.ts'

const ORIENTATION = 0x0112
const SHORT = 3
const MAX_ENTRIES = 512

/** From the TIFF structure that EXIF is; 1, upright, for whatever cannot be read. */
export function orientationOf(tiff: Uint8Array): number {
  try {
    const little = tiff[0] === 0x49 && tiff[1] === 0x49
    if (!little && !(tiff[0] === 0x4d && tiff[1] === 0x4d)) return 1
    const [u16, u32] = little ? [u16le, u32le] : [u16be, u32be]
    if (u16(tiff, 2) !== 42) return 1
    const directory = u32(tiff, 4)
    const count = Math.min(u16(tiff, directory), MAX_ENTRIES)
    for (let entry = 0; entry < count; entry += 1) {
      const at = directory + 2 + entry * 12
      if (u16(tiff, at) !== ORIENTATION) continue
      const value = u16(tiff, at + 8)
      return u16(tiff, at + 2) === SHORT && value >= 1 && value <= 8 ? value : 1
    }
  } catch {
    // Damaged EXIF is no fault of the picture.
  }
  return 1
}
