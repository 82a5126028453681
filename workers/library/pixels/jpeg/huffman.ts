// The codes of a JPEG: as a file brings them, and those of its standard that fit every picture (T.81, annex K).

export interface HuffmanCodes {
  /** By the next sixteen bits: the symbol times 32, and how many bits it takes. 0 where no code begins so. */
  symbols: Uint16Array
  /** By symbol: its code, and how many bits that has. */
  codes: Uint16Array
  lengths: Uint8Array
}

export type CodesByName = Map<number, HuffmanCodes>

/** How many codes there are of each length, and their symbols in order. */
function build(counts: Uint8Array, values: Uint8Array): HuffmanCodes {
  const built = { symbols: new Uint16Array(65_536), codes: new Uint16Array(256), lengths: new Uint8Array(256) }
  let code = 0
  let index = 0
  for (let length = 1; length <= 16; length += 1) {
    for (let count = counts[length - 1] ?? 0; count > 0; count -= 1, index += 1, code += 1) {
      const symbol = values[index] ?? 0
      built.codes[symbol] = code
      built.lengths[symbol] = length
      const first = code << (16 - length)
      built.symbols.fill((symbol << 5) | length, first, first + (1 << (16 - length)))
    }
    code <<= 1
  }
  return built
}

/** A segment's tables, each by its class (0 or 16, for the first of a block and the rest) and number. */
export function readCodes(body: Uint8Array): CodesByName {
  const tables: CodesByName = new Map()
  for (let at = 0; at + 17 <= body.length;) {
    const counts = body.subarray(at + 1, at + 17)
    const total = counts.reduce((sum, count) => sum + count, 0)
    tables.set(body[at] as number, build(counts, body.subarray(at + 17, at + 17 + total)))
    at += 17 + total
  }
  return tables
}

/** From one symbol to another, in the order of the standard's tables: `34-3a` is seven of them. */
const listed = (text: string): number[] =>
  text.split(' ').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map((symbol) => Number.parseInt(symbol, 16))
    return Array.from({ length: last - first + 1 }, (_, step) => first + step)
  })

const firstSymbols = listed('0-b')

const standard: readonly [name: number, counts: number[], symbols: number[]][] = [
  [0x00, [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], firstSymbols],
  [0x01, [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], firstSymbols],
  [
    0x10,
    [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
    listed(
      '1-3 0 4 11 5 12 21 31 41 6 13 51 61 7 22 71 14 32 81 91 a1 8 23 42 b1 c1 15 52 d1 f0 24 33 62 72 82 9 a 16-1a 25-2a ' +
        '34-3a 43-4a 53-5a 63-6a 73-7a 83-8a 92-9a a2-aa b2-ba c2-ca d2-da e1-ea f1-fa',
    ),
  ],
  [
    0x11,
    [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119],
    listed(
      '0-3 11 4 5 21 31 6 12 41 51 7 61 71 13 22 32 81 8 14 42 91 a1 b1 c1 9 23 33 52 f0 15 62 72 d1 a 16 24 34 e1 25 f1 ' +
        '17-1a 26-2a 35-3a 43-4a 53-5a 63-6a 73-7a 82-8a 92-9a a2-aa b2-ba c2-ca d2-da e2-ea f2-fa',
    ),
  ],
]

/** As they stand in a segment. */
export const standardTables: Uint8Array = Uint8Array.from(
  standard.flatMap(([name, counts, symbols]) => [name, ...counts, ...symbols]),
)

let read: CodesByName | undefined
export const standardCodes = (): CodesByName => (read ??= readCodes(standardTables))
