// The segments of a JPEG. What is not needed to draw it (EXIF, location, profiles, comments, what comes after its end)
// is left out of what the decoder is given.
import { orientationOf } from '../exif.ts'
import { damaged, unsupported } from '../picture-error.ts'
import type { PictureHeader } from '../picture-header.ts'
import { concat, startsWith, u16be } from '../read-bytes.ts'
import { eachSegment, type Segment } from './segments.ts'

export interface JpegFile extends PictureHeader {
  format: 'jpeg'
  progressive: boolean
  /** The same picture, without everything that is not drawn. */
  bare(): Uint8Array
}

const EXIF = 'Exif\0\0'
/** Usual are ten. Each is work for all of the picture, however few bytes it takes. */
const MAX_SCANS = 32

const BASELINE = 0xc0
const EXTENDED = 0xc1
const PROGRESSIVE = 0xc2
const HUFFMAN_TABLES = 0xc4
const ARITHMETIC = 0xcc
const SCAN = 0xda
const QUANTIZATION = 0xdb
const RESTARTS = 0xdd
const JFIF = 0xe0
const EXIF_SEGMENT = 0xe1
const ADOBE = 0xee

const isFrame = (marker: number) =>
  marker >= BASELINE && marker <= 0xcf && marker !== HUFFMAN_TABLES && marker !== 0xc8 && marker !== ARITHMETIC

/** JFIF's and Adobe's say which colours the numbers are; nothing else of an application's makes a difference. */
const isDrawn = ({ marker, body }: Segment) =>
  isFrame(marker) ||
  marker === HUFFMAN_TABLES ||
  marker === SCAN ||
  marker === QUANTIZATION ||
  marker === RESTARTS ||
  (marker === JFIF && startsWith(body, 'JFIF\0')) ||
  (marker === ADOBE && body.length === 12 && startsWith(body, 'Adobe'))

function readFrame({ marker, body }: Segment) {
  if (marker !== BASELINE && marker !== EXTENDED && marker !== PROGRESSIVE) throw unsupported('jpeg-lossless')
  const components = body[5]
  if (body[0] !== 8 || components === 4) throw unsupported(components === 4 ? 'jpeg-cmyk' : 'jpeg-12-bit')
  if ((components !== 1 && components !== 3) || body.length !== 6 + components * 3) throw damaged()
  return { height: u16be(body, 1), width: u16be(body, 3), progressive: marker === PROGRESSIVE }
}

export function readJpeg(bytes: Uint8Array): JpegFile {
  let frame: ReturnType<typeof readFrame> | undefined
  let orientation = 1
  let scans = 0
  const drawn: Uint8Array[] = []
  for (const segment of eachSegment(bytes)) {
    const { marker, body } = segment
    if (isFrame(marker)) {
      if (frame) throw damaged()
      frame = readFrame(segment)
    }
    if (marker === SCAN) {
      scans += 1
      if (!frame || scans > MAX_SCANS) throw damaged()
    }
    if (marker === EXIF_SEGMENT && startsWith(body, EXIF)) orientation = orientationOf(body.subarray(EXIF.length))
    if (isDrawn(segment)) drawn.push(segment.whole)
  }
  if (!frame || scans === 0) throw damaged()
  return {
    format: 'jpeg',
    ...frame,
    orientation,
    bare: () => concat([Uint8Array.of(0xff, 0xd8), ...drawn, Uint8Array.of(0xff, 0xd9)]),
  }
}
