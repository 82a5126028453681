// What a file says of how it was made. Never throws: files come from anywhere.
import type { PictureFacts } from '#shared/contracts/library'
import { eachSegment } from '../jpeg/segments.ts'
import { PictureError } from '../picture-error.ts'
import { asciiAt, startsWith, u32be } from '../read-bytes.ts'
import { readWebpChunks } from '../webp/chunks.ts'
import { JPEG_XMP, PNG_XMP, WEBP_XMP } from './write-provenance.ts'
import { parseXmp, type WrittenProvenance } from './xmp.ts'

const EXIF_OR_XMP = 0xe1

function inPng(bytes: Uint8Array): Uint8Array | null {
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + u32be(bytes, at)
    if (end > bytes.length) return null
    const body = bytes.subarray(at + 8, end - 4)
    if (asciiAt(bytes, at + 4, 4) === 'iTXt' && startsWith(body, PNG_XMP)) return body.subarray(PNG_XMP.length)
    at = end
  }
  return null
}

function inJpeg(bytes: Uint8Array): Uint8Array | null {
  for (const { marker, body } of eachSegment(bytes)) {
    if (marker === EXIF_OR_XMP && startsWith(body, JPEG_XMP)) return body.subarray(JPEG_XMP.length)
  }
  return null
}

const inWebp = (bytes: Uint8Array) => readWebpChunks(bytes).find(({ type }) => type === WEBP_XMP)?.body ?? null

const finders = { 'image/png': inPng, 'image/jpeg': inJpeg, 'image/webp': inWebp }

export function readProvenance({
  bytes,
  mediaType,
}: {
  bytes: Uint8Array
  mediaType: PictureFacts['mediaType']
}): WrittenProvenance | null {
  try {
    const packet = finders[mediaType](bytes)
    return packet && parseXmp(packet)
  } catch (error) {
    if (error instanceof PictureError) return null
    throw error
  }
}
