// One JPEG out of several that lie below each other: an encoder needs four times the memory of what it is given, so a
// large picture is given to it in strips. They share their tables; between two of them stands a restart.
import { concat, u16be } from '../read-bytes.ts'
import { eachSegment, type Segment } from './segments.ts'

const FRAME = 0xc0
const SCAN = 0xda

const scanDataOf = ({ whole, body }: Segment) => whole.subarray(4 + body.length)

function restartInterval({ body }: Segment): Uint8Array {
  const sampling = body[7] ?? 0x11
  const columns = Math.ceil(u16be(body, 3) / (8 * (sampling >> 4)))
  const rows = Math.ceil(u16be(body, 1) / (8 * (sampling & 15)))
  const units = columns * rows
  return Uint8Array.of(0xff, 0xdd, 0, 4, units >> 8, units & 255)
}

/** All but the last are equally tall, by whole blocks. */
export function joinStrips(strips: readonly Uint8Array[], height: number): Uint8Array {
  const parsed = strips.map((strip) => [...eachSegment(strip)])
  const [first = []] = parsed
  const parts: Uint8Array[] = [Uint8Array.of(0xff, 0xd8)]
  for (const segment of first) {
    if (segment.marker !== FRAME && segment.marker !== SCAN) parts.push(segment.whole)
    if (segment.marker === FRAME) {
      const frame = segment.whole.slice()
      new DataView(frame.buffer).setUint16(5, height)
      parts.push(frame, restartInterval(segment))
    }
    if (segment.marker === SCAN) parts.push(segment.whole.subarray(0, 4 + segment.body.length))
  }
  for (const [index, segments] of parsed.entries()) {
    const scans = segments.filter(({ marker }) => marker === SCAN)
    if (scans.length !== 1) throw new Error('a strip is to be a single scan')
    if (index > 0) parts.push(Uint8Array.of(0xff, 0xd0 + ((index - 1) % 8)))
    parts.push(scanDataOf(scans[0] as Segment))
  }
  parts.push(Uint8Array.of(0xff, 0xd9))
  return concat(parts)
}
