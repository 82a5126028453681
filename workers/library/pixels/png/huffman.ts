import { damaged } from '../picture-error.ts'

export interface HuffmanTable {
  /** By the next bits: the symbol times 16, and how many bits it takes. 0 where no code begins so. */
  entries: Uint16Array
  bits: number
}

const reverse = (code: number, length: number): number => {
  let reversed = 0
  for (let bit = 0; bit < length; bit += 1) reversed |= ((code >>> bit) & 1) << (length - 1 - bit)
  return reversed
}

/** Of each symbol's length in bits; 0 for one that does not occur. */
export function buildTable(lengths: Uint8Array): HuffmanTable {
  const counts = new Uint16Array(16)
  let bits = 1
  for (const length of lengths) {
    if (length === 0) continue
    counts[length] = (counts[length] as number) + 1
    if (length > bits) bits = length
  }
  const next = new Uint16Array(17)
  for (let length = 1, code = 0; length <= 15; length += 1) {
    code = (code + (counts[length - 1] as number)) << 1
    // More codes than so many bits can tell apart.
    if (code + (counts[length] as number) > 1 << length) throw damaged()
    next[length] = code
  }
  const entries = new Uint16Array(1 << bits)
  for (let symbol = 0; symbol < lengths.length; symbol += 1) {
    const length = lengths[symbol] as number
    if (length === 0) continue
    const code = next[length] as number
    next[length] = code + 1
    const entry = (symbol << 4) | length
    for (let at = reverse(code, length); at < entries.length; at += 1 << length) entries[at] = entry
  }
  return { entries, bits }
}
