// A mask as OpenAI takes it (transparent where a picture may change) as most diffusion models take it (white where it may).
// PNG by hand: it is the only format that masks come in, and nothing else here needs a codec.
import { invalidRequest } from '#shared/http/problems'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Unpacked, a mask of this many pixels takes 64 MB. */
const MAX_PIXELS = 4_096 * 4_096
/** Colour types that have transparency of their own → samples of a pixel. */
const SAMPLES: Readonly<Record<number, number>> = { 4: 2, 6: 4 }

interface Header {
  width: number
  height: number
  samples: number
}

const broken = () =>
  invalidRequest('The mask must be a PNG of 8 bits with transparency, as large as the first picture.', 'mask')

function* chunksOf(png: Uint8Array): Generator<{ type: string; data: Uint8Array<ArrayBuffer> }> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  for (let at = SIGNATURE.length; at + 12 <= png.length;) {
    const length = view.getUint32(at)
    if (at + 12 + length > png.length) throw broken()
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8))
    yield { type, data: new Uint8Array(png.subarray(at + 8, at + 8 + length)) }
    at += 12 + length
  }
}

function readHeader(data: Uint8Array<ArrayBuffer>): Header {
  if (data.length < 13) throw broken()
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  const samples = SAMPLES[data[9]!]
  const isPlain = data[8] === 8 && data[12] === 0
  if (!samples || !isPlain || width === 0 || height === 0 || width * height > MAX_PIXELS) throw broken()
  return { width, height, samples }
}

async function through(
  parts: readonly Uint8Array<ArrayBuffer>[],
  transform: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([...parts]).stream().pipeThrough(transform as ReadableWritablePair<Uint8Array, Uint8Array>)
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

const paeth = (left: number, up: number, corner: number): number => {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** Undoes a row's filter in place: https://www.w3.org/TR/png/#9Filters */
function unfilter(filter: number, row: Uint8Array, above: Uint8Array | null, samples: number): void {
  for (let at = 0; at < row.length; at++) {
    const left = at >= samples ? row[at - samples]! : 0
    const up = above ? above[at]! : 0
    const corner = above && at >= samples ? above[at - samples]! : 0
    if (filter === 1) row[at]! += left
    else if (filter === 2) row[at]! += up
    else if (filter === 3) row[at]! += (left + up) >> 1
    else if (filter === 4) row[at]! += paeth(left, up, corner)
    else if (filter !== 0) throw broken()
  }
}

/** One grey byte for each pixel, each row after the byte of its (absent) filter. */
function toGrey(raw: Uint8Array<ArrayBuffer>, { width, height, samples }: Header): Uint8Array<ArrayBuffer> {
  const stride = width * samples
  if (raw.length < height * (stride + 1)) throw broken()
  const grey = new Uint8Array(height * (width + 1))
  let above: Uint8Array | null = null
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1)
    const row = raw.subarray(start + 1, start + 1 + stride)
    unfilter(raw[start]!, row, above, samples)
    for (let x = 0; x < width; x++) grey[y * (width + 1) + 1 + x] = 255 - row[x * samples + samples - 1]!
    above = row
  }
  return grey
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc
})

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(new TextEncoder().encode(type), 4)
  bytes.set(data, 8)
  let crc = 0xffffffff
  for (let at = 4; at < 8 + data.length; at++) crc = crcTable[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8)
  view.setUint32(8 + data.length, (crc ^ 0xffffffff) >>> 0)
  return bytes
}

async function encodeGrey(grey: Uint8Array<ArrayBuffer>, { width, height }: Header): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header[8] = 8
  const packed = await through([grey], new CompressionStream('deflate'))
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', packed),
    chunk('IEND', new Uint8Array()),
  ]
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

/** PNG in, PNG out. Throws a Problem where it is none, or has no transparency to speak of. */
export async function toWhiteMask(png: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  if (!SIGNATURE.every((byte, at) => png[at] === byte)) throw broken()
  let header: Header | null = null
  const packed: Uint8Array<ArrayBuffer>[] = []
  for (const { type, data } of chunksOf(png)) {
    if (type === 'IHDR') header = readHeader(data)
    if (type === 'IDAT') packed.push(data)
  }
  if (!header) throw broken()
  const raw = await through(packed, new DecompressionStream('deflate')).catch(() => {
    throw broken()
  })
  return encodeGrey(toGrey(raw, header), header)
}
