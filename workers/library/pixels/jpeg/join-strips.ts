// One JPEG out of several that lie below each other: an encoder needs five times the memory of what it is given, so a
// large picture is given to it in strips. Each comes with the codes that suit it best; together they speak the
// standard's, and between two of them stands a restart.
import { concat, u16be } from '../read-bytes.ts'
import { createBitReader, createBitWriter, type BitWriter } from './bits.ts'
import { type CodesByName, readCodes, standardCodes, standardTables } from './huffman.ts'
import { type BlockCodes, type CodePair, recodeScan } from './recode-scan.ts'
import { eachSegment, type Segment } from './segments.ts'

const FRAME = 0xc0
const TABLES = 0xc4
const SCAN = 0xda
const END = 0xd9
const FIRST_RESTART = 0xd0

interface Strip {
  segments: Segment[]
  frame: Segment
  scan: Segment
  codes: CodesByName
}

function readStrip(bytes: Uint8Array): Strip {
  const segments = [...eachSegment(bytes)]
  const [frame, scan, ...more] = [FRAME, SCAN].flatMap((marker) => segments.filter((one) => one.marker === marker))
  if (!frame || !scan || more.length > 0) throw new Error('a strip is to be a single baseline scan')
  const tables = segments.filter(({ marker }) => marker === TABLES)
  return { segments, frame, scan, codes: new Map(tables.flatMap(({ body }) => [...readCodes(body)])) }
}

function unitsOf({ body }: Segment): number {
  const sampling = body[7] ?? 0x11
  const columns = Math.ceil(u16be(body, 3) / (8 * (sampling >> 4)))
  return columns * Math.ceil(u16be(body, 1) / (8 * (sampling & 15)))
}

function blocksOf({ frame, scan, codes }: Strip): BlockCodes[] {
  const pair = (name: number): CodePair => {
    const from = codes.get(name)
    const to = standardCodes().get(name)
    if (!from || !to) throw new Error('a strip uses codes that it does not bring')
    return { from, to }
  }
  return Array.from({ length: scan.body[0] ?? 0 }, (_, index) => {
    const sampling = frame.body[7 + index * 3] ?? 0x11
    const names = scan.body[2 + index * 2] ?? 0
    const block = { first: pair(names >> 4), rest: pair(0x10 | (names & 15)) }
    return Array.from({ length: (sampling >> 4) * (sampling & 15) }, () => block)
  }).flat()
}

function writeScan(strip: Strip, writer: BitWriter): void {
  const data = strip.scan.whole.subarray(4 + strip.scan.body.length)
  recodeScan({ units: unitsOf(strip.frame), blocks: blocksOf(strip), reader: createBitReader(data), writer })
}

/** What stands before the scan: as in the first strip, but for its height, its codes, and where it restarts. */
function headOf({ segments, frame, scan }: Strip, height: number): Uint8Array[] {
  const tall = frame.whole.slice()
  new DataView(tall.buffer).setUint16(5, height)
  const units = unitsOf(frame)
  const length = standardTables.length + 2
  return [
    Uint8Array.of(0xff, 0xd8),
    ...segments.filter(({ marker }) => ![FRAME, TABLES, SCAN].includes(marker)).map(({ whole }) => whole),
    tall,
    Uint8Array.of(0xff, 0xdd, 0, 4, units >> 8, units & 255),
    Uint8Array.of(0xff, TABLES, length >> 8, length & 255),
    standardTables,
    scan.whole.subarray(0, 4 + scan.body.length),
  ]
}

/** All but the last are equally tall, by whole blocks. */
export function joinStrips(files: readonly Uint8Array[], height: number): Uint8Array {
  const strips = files.map(readStrip)
  const [top] = strips
  if (!top) throw new Error('a picture is to have a strip')
  const writer = createBitWriter(files.reduce((sum, { length }) => sum + length, 0))
  for (const [index, strip] of strips.entries()) {
    writeScan(strip, writer)
    writer.mark(index === strips.length - 1 ? END : FIRST_RESTART + (index % 8))
  }
  return concat([...headOf(top, height), writer.bytes()])
}
