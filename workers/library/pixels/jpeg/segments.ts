import { damaged } from '../picture-error.ts'
import { u16be } from '../read-bytes.ts'

export interface Segment {
  marker: number
  /** After its length. */
  body: Uint8Array
  /** With its marker and its length, and after the header of a scan with all of its data. */
  whole: Uint8Array
}

const MAX_SEGMENTS = 5_000
const END = 0xd9
const SCAN = 0xda

/** Behind what is entropy coded: the next marker that is no restart. In there, a byte of ones is followed by a zero. */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next === undefined) break
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  throw damaged()
}

/** From the first to the end of the picture. Throws where that does not come. */
export function* eachSegment(bytes: Uint8Array): Generator<Segment> {
  let at = 2
  for (let count = 0; count < MAX_SEGMENTS; count += 1) {
    if (bytes[at] !== 0xff) throw damaged()
    // Any number of them may fill the space before a marker.
    while (bytes[at + 1] === 0xff) at += 1
    const marker = bytes[at + 1] ?? 0
    if (marker === END) return
    // Another picture's beginning, a restart without a scan, or nothing.
    if (marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8)) throw damaged()
    const length = u16be(bytes, at + 2)
    const bodyEnd = at + 2 + length
    if (length < 2 || bodyEnd > bytes.length) throw damaged()
    const end = marker === SCAN ? endOfScan(bytes, bodyEnd) : bodyEnd
    yield { marker, body: bytes.subarray(at + 4, bodyEnd), whole: bytes.subarray(at, end) }
    at = end
  }
  throw damaged()
}
