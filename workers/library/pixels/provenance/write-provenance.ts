// Where each format keeps an XMP packet.
import type { PictureFacts, Provenance } from '#shared/contracts/library'
import { eachSegment } from '../jpeg/segments.ts'
import { pngChunk } from '../png/chunk.ts'
import { concat } from '../read-bytes.ts'
import { ALPHA_FLAG, extendedHeader, readWebpChunks, writeWebp, XMP_FLAG } from '../webp/chunks.ts'
import { readWebp } from '../webp/read-webp.ts'
import { buildXmp } from './xmp.ts'

const encoder = new TextEncoder()

/** Its name, not compressed, in no language, with no translation. */
export const PNG_XMP = 'XML:com.adobe.xmp\0\0\0\0\0'
export const JPEG_XMP = 'http://ns.adobe.com/xap/1.0/\0'
export const WEBP_XMP = 'XMP '

const PNG_HEADER_BYTES = 33
const JFIF = 0xe0
/** Its length takes two bytes and counts itself. */
const MOST_OF_A_SEGMENT = 65_533

function intoPng(bytes: Uint8Array, provenance: Provenance): Uint8Array {
  const chunk = pngChunk('iTXt', concat([encoder.encode(PNG_XMP), buildXmp(provenance)]))
  return concat([bytes.subarray(0, PNG_HEADER_BYTES), chunk, bytes.subarray(PNG_HEADER_BYTES)])
}

function intoJpeg(bytes: Uint8Array, provenance: Provenance): Uint8Array {
  const name = encoder.encode(JPEG_XMP)
  const body = concat([name, buildXmp(provenance, MOST_OF_A_SEGMENT - name.length)])
  const length = body.length + 2
  const head = Uint8Array.of(0xff, 0xe1, length >> 8, length & 255)
  const first = eachSegment(bytes).next().value
  // JFIF's own segment must stay the first.
  const at = 2 + (first?.marker === JFIF ? first.whole.length : 0)
  return concat([bytes.subarray(0, at), head, body, bytes.subarray(at)])
}

function intoWebp(bytes: Uint8Array, provenance: Provenance): Uint8Array {
  const { alpha, width, height } = readWebp(bytes)
  const flags = XMP_FLAG | (alpha ? ALPHA_FLAG : 0)
  const pictures = readWebpChunks(bytes).filter(({ type }) => type !== 'VP8X' && type !== WEBP_XMP)
  return writeWebp([
    extendedHeader({ flags, width, height }),
    ...pictures,
    { type: WEBP_XMP, body: buildXmp(provenance) },
  ])
}

export function writeProvenance({
  bytes,
  mediaType,
  provenance,
}: {
  bytes: Uint8Array
  mediaType: PictureFacts['mediaType']
  provenance: Provenance
}): Uint8Array {
  if (mediaType === 'image/png') return intoPng(bytes, provenance)
  return mediaType === 'image/jpeg' ? intoJpeg(bytes, provenance) : intoWebp(bytes, provenance)
}
