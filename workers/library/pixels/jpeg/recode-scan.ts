// The same scan in other codes: not one coefficient is changed.
import type { BitReader, BitWriter } from './bits.ts'
import type { HuffmanCodes } from './huffman.ts'

export interface CodePair {
  from: HuffmanCodes
  to: HuffmanCodes
}

export interface BlockCodes {
  first: CodePair
  rest: CodePair
}

const BLOCK = 64
/** Sixteen zeros, which is no end. */
const LONG_RUN = 0xf0

export function recodeScan({
  units,
  blocks,
  reader,
  writer,
}: {
  units: number
  /** Of one unit, in order. */
  blocks: readonly BlockCodes[]
  reader: BitReader
  writer: BitWriter
}): void {
  const pass = ({ from, to }: CodePair): number => {
    const entry = from.symbols[reader.look(16)] as number
    const symbol = entry >> 5
    const length = to.lengths[symbol] as number
    if (entry === 0 || length === 0) throw new Error('a scan is not in the codes that came with it')
    reader.take(entry & 31)
    writer.put(to.codes[symbol] as number, length)
    const size = symbol & 15
    writer.put(reader.take(size), size)
    return symbol
  }
  for (let unit = 0; unit < units; unit += 1) {
    for (const { first, rest } of blocks) {
      pass(first)
      for (let at = 1; at < BLOCK; at += 1) {
        const symbol = pass(rest)
        if ((symbol & 15) === 0 && symbol !== LONG_RUN) break
        at += symbol >> 4
      }
    }
  }
}
