// Deflate's other half, in pieces of bounded size: what a PNG inflates to is checked while it comes, not after it filled
// the memory.
import { damaged } from '../picture-error.ts'
import { buildTable, type HuffmanTable } from './huffman.ts'

const WINDOW = 32_768
const PIECE = 131_072
const LONGEST_COPY = 258
const END_OF_BLOCK = 256
/** Beyond the end the last code may still be looked at with as many bits as the longest has. */
const SPARE_BYTES = 4

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13]
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

const fixedLengths = Uint8Array.from({ length: 288 }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
)
let fixed: { literals: HuffmanTable; distances: HuffmanTable } | undefined
const fixedTables = () =>
  (fixed ??= { literals: buildTable(fixedLengths), distances: buildTable(new Uint8Array(30).fill(5)) })

export interface InflateInput {
  /** A zlib stream, in as many parts as it came. */
  parts: readonly Uint8Array[]
  /** Each block may bring tables of its own, and reading those costs more than the few bytes that they take. */
  maxTables: number
  /** Sees every byte once, in order, and throws where it has had enough. What it is given is overwritten afterwards. */
  emit(bytes: Uint8Array): void
}

export function inflate({ parts, maxTables, emit }: InflateInput): void {
  const out = new Uint8Array(WINDOW + PIECE)
  let written = 0
  let emitted = 0
  let part = parts[0] ?? new Uint8Array()
  let partIndex = 0
  let at = 0
  let spare = SPARE_BYTES
  let hold = 0
  let held = 0
  let tables = 0

  const nextByte = (): number => {
    while (at >= part.length) {
      const next = parts[partIndex + 1]
      if (!next) {
        spare -= 1
        if (spare < 0) throw damaged()
        return 0
      }
      partIndex += 1
      part = next
      at = 0
    }
    return part[at++] as number
  }
  const take = (bits: number): number => {
    while (held < bits) {
      hold |= nextByte() << held
      held += 8
    }
    const value = hold & ((1 << bits) - 1)
    hold >>>= bits
    held -= bits
    return value
  }
  const decode = ({ entries, bits }: HuffmanTable): number => {
    while (held < bits) {
      hold |= nextByte() << held
      held += 8
    }
    const entry = entries[hold & ((1 << bits) - 1)] as number
    const length = entry & 15
    if (length === 0) throw damaged()
    hold >>>= length
    held -= length
    return entry >>> 4
  }
  const flush = () => {
    if (written > emitted) emit(out.subarray(emitted, written))
    if (written > WINDOW) {
      out.copyWithin(0, written - WINDOW, written)
      written = WINDOW
    }
    emitted = written
  }

  const stored = () => {
    hold = 0
    held = 0
    const length = nextByte() | (nextByte() << 8)
    const check = nextByte() | (nextByte() << 8)
    if (length !== (~check & 0xffff)) throw damaged()
    for (let left = length; left > 0; left -= 1) {
      if (written === out.length) flush()
      out[written++] = nextByte()
    }
  }
  const dynamicTables = () => {
    tables += 1
    if (tables > maxTables) throw damaged()
    const literalCount = take(5) + 257
    const distanceCount = take(5) + 1
    const codeCount = take(4) + 4
    if (literalCount > 286 || distanceCount > 30) throw damaged()
    const codeLengths = new Uint8Array(19)
    for (let i = 0; i < codeCount; i += 1) codeLengths[CODE_ORDER[i] as number] = take(3)
    const codes = buildTable(codeLengths)
    const lengths = new Uint8Array(literalCount + distanceCount)
    for (let i = 0; i < lengths.length;) {
      const symbol = decode(codes)
      if (symbol < 16) {
        lengths[i++] = symbol
        continue
      }
      if (symbol === 16 && i === 0) throw damaged()
      const value = symbol === 16 ? (lengths[i - 1] as number) : 0
      const times = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7)
      if (i + times > lengths.length) throw damaged()
      lengths.fill(value, i, i + times)
      i += times
    }
    return {
      literals: buildTable(lengths.subarray(0, literalCount)),
      distances: buildTable(lengths.subarray(literalCount)),
    }
  }
  const compressed = (literals: HuffmanTable, distances: HuffmanTable) => {
    for (;;) {
      if (written > out.length - LONGEST_COPY) flush()
      const symbol = decode(literals)
      if (symbol < END_OF_BLOCK) {
        out[written++] = symbol
        continue
      }
      if (symbol === END_OF_BLOCK) return
      const base = LENGTH_BASE[symbol - 257]
      if (base === undefined) throw damaged()
      const length = base + take(LENGTH_BITS[symbol - 257] as number)
      const code = decode(distances)
      const far = DISTANCE_BASE[code]
      if (far === undefined) throw damaged()
      const distance = far + take(DISTANCE_BITS[code] as number)
      if (distance > written) throw damaged()
      for (let i = 0; i < length; i += 1, written += 1) out[written] = out[written - distance] as number
    }
  }

  const method = nextByte()
  const flags = nextByte()
  if ((method & 15) !== 8 || ((method << 8) | flags) % 31 !== 0 || flags & 0x20) throw damaged()
  for (let last = 0; !last;) {
    last = take(1)
    const kind = take(2)
    if (kind === 0) stored()
    else if (kind === 1) compressed(fixedTables().literals, fixedTables().distances)
    else if (kind === 2) {
      const { literals, distances } = dynamicTables()
      compressed(literals, distances)
    } else throw damaged()
  }
  flush()
}
