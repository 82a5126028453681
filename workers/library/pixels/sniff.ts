// What bytes are, by their beginning alone: names and headers are claims.
import { countGifFrames } from './gif.ts'
import { animated, type PictureError, unsupported } from './picture-error.ts'
import type { PictureFormat } from './picture-header.ts'
import { asciiAt, startsWith, u16le } from './read-bytes.ts'

const latin = (...codes: number[]) => String.fromCharCode(...codes)

const taken: readonly (readonly [PictureFormat, string])[] = [
  ['png', latin(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ['jpeg', latin(0xff, 0xd8, 0xff)],
]

const refused: readonly (readonly [string, string])[] = [
  ['bmp', 'BM'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['ico', latin(0, 0, 1, 0)],
  ['psd', '8BPS'],
  ['jpeg-xl', latin(0xff, 0x0a)],
  ['jpeg-xl', latin(0, 0, 0, 12) + 'JXL '],
  ['jpeg-2000', latin(0, 0, 0, 12) + 'jP  '],
  ['pdf', '%PDF-'],
  ['zip', latin(0x50, 0x4b, 3, 4)],
]

/** The brands of the files that keep pictures in boxes. */
const brands: Record<string, string> = {
  avif: 'avif',
  avis: 'avif',
  heic: 'heic',
  heix: 'heic',
  hevc: 'heic',
  mif1: 'heic',
  msf1: 'heic',
}

const MARKUP_BYTES = 1_024

function nameOf(bytes: Uint8Array): string {
  const known = refused.find(([, beginning]) => startsWith(bytes, beginning))
  if (known) return known[0]
  if (startsWith(bytes, 'ftyp', 4)) return brands[asciiAt(bytes, 8, 4)] ?? 'video'
  const text = asciiAt(bytes, 0, MARKUP_BYTES).toLowerCase()
  if (text.includes('<svg')) return 'svg'
  return text.includes('<html') || text.includes('<!doctype html') || text.includes('<script') ? 'html' : 'unknown'
}

function refuseGif(bytes: Uint8Array): PictureError {
  const facts = bytes.length >= 10 ? { width: u16le(bytes, 6), height: u16le(bytes, 8) } : {}
  return countGifFrames(bytes) > 1 ? animated({ ...facts, format: 'gif' }) : unsupported('gif')
}

/** Throws for what is not taken, with what it is. */
export function sniff(bytes: Uint8Array): PictureFormat {
  const found = taken.find(([, beginning]) => startsWith(bytes, beginning))
  if (found) return found[0]
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'webp'
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) throw refuseGif(bytes)
  throw unsupported(nameOf(bytes))
}
