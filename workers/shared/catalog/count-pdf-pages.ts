// How many pages a PDF has, or may have: every vendor bills by them. No parser is small enough to run before a call, so
// what marks a page is counted, also inside of the compressed objects in which newer files keep it.
import { inflateSync } from 'node:zlib'

const PAGE = /\/Type\s*\/Page(?![A-Za-z])/g
const PAGE_COUNT = /\/Count\s+(\d{1,6})/g
const COMPRESSED_OBJECTS = /\/Type\s*\/ObjStm/
const ENCRYPTED = /\/Encrypt\b/

/** Inflated, all together: what grows beyond this was made to. */
const MAX_INFLATED_BYTES = 32 * 1_048_576
/** Where nothing can be read: a page of an ordinary file is seldom smaller. */
const BYTES_PER_PAGE = 1_500

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

const toBytes = (binary: string): Uint8Array => Uint8Array.from(binary, (letter) => letter.charCodeAt(0))

const toBinary = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes)

/** Where the bytes between `stream` and `endstream` after a dictionary are. */
function streamAfter(file: string, at: number): { begin: number; end: number } | null {
  const keyword = file.indexOf('stream', at)
  if (keyword < 0) return null
  const begin = keyword + 'stream'.length + (file[keyword + 6] === '\r' ? 2 : 1)
  const end = file.indexOf('endstream', begin)
  return end < 0 ? null : { begin, end }
}

/** Null where something of it cannot be read. */
function countCompressed(file: string): number | null {
  // Each search begins where the last stream ended, so that no file is read twice.
  const objects = new RegExp(COMPRESSED_OBJECTS, 'g')
  let left = MAX_INFLATED_BYTES
  let pages = 0
  for (let found = objects.exec(file); found; found = objects.exec(file)) {
    const stream = streamAfter(file, found.index)
    if (stream === null || left <= 0) return null
    objects.lastIndex = stream.end
    try {
      const inflated = inflateSync(toBytes(file.slice(stream.begin, stream.end)), { maxOutputLength: left })
      left -= inflated.length
      pages += countOf(toBinary(inflated), PAGE)
    } catch {
      return null
    }
  }
  return pages
}

/** At least one. `data` is base64. */
export function countPdfPages(data: string): number {
  let file: string
  try {
    file = atob(data)
  } catch {
    return Math.max(1, Math.ceil((data.length * 3) / 4 / BYTES_PER_PAGE))
  }
  const said = Math.max(0, ...[...file.matchAll(PAGE_COUNT)].map(([, count]) => Number(count)))
  const compressed = ENCRYPTED.test(file) ? null : countCompressed(file)
  const counted = countOf(file, PAGE) + (compressed ?? 0)
  const unreadable = compressed === null || counted === 0
  return Math.max(1, said, counted, unreadable ? Math.ceil(file.length / BYTES_PER_PAGE) : 0)
}
