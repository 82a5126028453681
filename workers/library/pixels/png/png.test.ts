import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { deflateRawSync, deflateSync } from 'node:zlib'
import referenceDecode, { init } from '@jsquash/png/decode.js'
import { beforeAll, expect, test } from 'vitest'
import { concat } from '../read-bytes.ts'
import { buildPng, drawPicture, plainPng, type PngParts } from '../testing-files.ts'
import { pngChunk } from './chunk.ts'
import { decodePng } from './decode-png.ts'
import { encodePng } from './encode-png.ts'
import { readPng } from './read-png.ts'

const { resolve } = createRequire(import.meta.url)
const copy = (bytes: Uint8Array) => bytes.slice().buffer
const decode = (bytes: Uint8Array) => decodePng(readPng(bytes))

beforeAll(async () => {
  await init(
    new (WebAssembly.Module as never as new (bytes: Uint8Array) => WebAssembly.Module)(
      readFileSync(resolve('@jsquash/png/codec/pkg/squoosh_png_bg.wasm')),
    ),
  )
})

const same = (ours: ArrayLike<number>, theirs: ArrayLike<number>) =>
  Buffer.compare(Buffer.from(ours as Uint8Array), Buffer.from(theirs as Uint8Array)) === 0

function randomRows({ width, height, bitDepth = 8, colourType = 2, interlace = 0 }: PngParts): Uint8Array {
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colourType] ?? 1
  const passes = interlace
    ? [
        [0, 0, 8, 8],
        [4, 0, 8, 8],
        [0, 4, 4, 8],
        [2, 0, 4, 4],
        [0, 2, 2, 4],
        [1, 0, 2, 2],
        [0, 1, 1, 2],
      ]
    : [[0, 0, 1, 1]]
  let seed = width * 31 + bitDepth
  const random = () => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff) >> 16
  return concat(
    passes.flatMap(([x = 0, y = 0, dx = 1, dy = 1]) => {
      const columns = Math.ceil((width - x) / dx)
      const rows = Math.ceil((height - y) / dy)
      if (columns <= 0 || rows <= 0) return []
      const bytes = Math.ceil((columns * channels * bitDepth) / 8)
      return Array.from({ length: rows }, () =>
        Uint8Array.from({ length: bytes + 1 }, (_, at) => (at === 0 ? random() % 5 : random() & 255)),
      )
    }),
  )
}

test('every kind of PNG is read as another decoder reads it: depths, colours, filters, interlaced or not', async () => {
  const kinds: [number, number[]][] = [
    [0, [1, 2, 4, 8, 16]],
    [2, [8, 16]],
    [3, [1, 2, 4, 8]],
    [4, [8, 16]],
    [6, [8, 16]],
  ]
  const palette = pngChunk(
    'PLTE',
    Uint8Array.from({ length: 768 }, (_, at) => (at * 7) & 255),
  )
  for (const [colourType, depths] of kinds) {
    for (const bitDepth of depths) {
      for (const interlace of [0, 1]) {
        for (const [width, height] of [
          [13, 11],
          [1, 1],
          [3, 9],
        ] as const) {
          const parts: PngParts = { width, height, colourType, bitDepth, interlace }
          const before = colourType === 3 ? [palette] : []
          const png = buildPng({ ...parts, rows: randomRows(parts), before })
          const theirs = await referenceDecode(copy(png))
          const ours = decode(png)
          const label = `colours ${colourType}, ${bitDepth} bits, interlace ${interlace}, ${width}×${height}`
          expect([ours.width, ours.height, label]).toEqual([theirs.width, theirs.height, label])
          // Sixteen bits are rounded by one of the two and cut by the other.
          const worst = ours.data.reduce((most, value, at) => Math.max(most, Math.abs(value - theirs.data[at]!)), 0)
          expect([worst <= (bitDepth === 16 ? 1 : 0), label]).toEqual([true, label])
        }
      }
    }
  }
})

test('a colour that stands for nothing, and a palette with half of it seen through', () => {
  const keyed = decode(
    buildPng({
      width: 2,
      height: 1,
      colourType: 2,
      rows: Uint8Array.of(0, 1, 2, 3, 4, 5, 6),
      before: [pngChunk('tRNS', Uint8Array.of(0, 1, 0, 2, 0, 3))],
    }),
  )
  expect([keyed.data[3], keyed.data[7]]).toEqual([0, 255])
  const indexed = decode(
    buildPng({
      width: 2,
      height: 1,
      colourType: 3,
      rows: Uint8Array.of(0, 0, 1),
      before: [pngChunk('PLTE', Uint8Array.of(9, 9, 9, 8, 8, 8)), pngChunk('tRNS', Uint8Array.of(40))],
    }),
  )
  expect(Array.from(indexed.data)).toEqual([9, 9, 9, 40, 8, 8, 8, 255])
})

test('what is written is read again by another decoder, to the last bit', async () => {
  for (const alpha of [true, false]) {
    for (const [width, height] of [
      [1, 1],
      [257, 3],
      [320, 400],
    ] as const) {
      const picture = drawPicture(width, height, { alpha })
      const png = encodePng(picture, { alpha })
      expect(same((await referenceDecode(copy(png))).data, picture.data)).toBe(true)
      expect(same(decode(png).data, picture.data)).toBe(true)
    }
  }
})

test('all ways of deflating are understood: stored, fixed and with tables, in however many parts', () => {
  const parts = { width: 300, height: 40, colourType: 2 }
  const rows = Uint8Array.from({ length: 40 * 901 }, (_, at) => (at % 901 ? (at * at) & 63 : 0))
  const expected = decode(buildPng({ ...parts, rows })).data
  for (const options of [{ level: 0 }, { strategy: 4 }, { level: 1 }, { level: 9 }, { strategy: 2 }, { strategy: 3 }]) {
    const deflated = deflateSync(rows, options)
    const idat = Array.from({ length: Math.ceil(deflated.length / 7) }, (_, at) =>
      deflated.subarray(at * 7, at * 7 + 7),
    )
    expect(same(decode(buildPng({ ...parts, idat })).data, expected)).toBe(true)
  }
})

const damaged = expect.objectContaining({ fault: 'image_damaged' }) as Error

test('a PNG that inflates to more than its header says is stopped there, and one that gives less is cut off', () => {
  const rows = new Uint8Array(4 * 13)
  expect(() => decode(plainPng({ idat: [deflateSync(new Uint8Array(40_000_000))] }))).toThrow(damaged)
  expect(() => decode(plainPng({ idat: [deflateSync(rows.subarray(1))] }))).toThrow(damaged)
  expect(() =>
    decode(plainPng({ idat: [deflateSync(rows.map((_, at) => (at % 13 ? at * 5 : 0))).subarray(0, 30)] })),
  ).toThrow(damaged)
  expect(() => decode(plainPng({ idat: [deflateRawSync(rows)] }))).toThrow(damaged)
})

test('no memory is given to a header that its few bytes of data could never fill', () => {
  const before = process.memoryUsage().arrayBuffers
  expect(() => decode(buildPng({ width: 4_000, height: 4_000, idat: [deflateSync(new Uint8Array(100))] }))).toThrow(
    damaged,
  )
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000)
})

test('a stream of nothing but tables is given up on long before it has worn the processor out', () => {
  // A block with tables of its own, fifteen bits long, and not one byte in it: some forty bytes for thousands of entries.
  const bits: number[] = []
  const put = (value: number, count: number) => {
    for (let bit = 0; bit < count; bit += 1) bits.push((value >> bit) & 1)
  }
  const lengths = [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]
  for (let block = 0; block < 3_000; block += 1) {
    put(0b100, 3)
    put(0, 5)
    put(0, 5)
    put(14, 4)
    for (const length of lengths) put(length, 3)
    // Symbol 18 (a run of zeros) has one bit; 1 and 0 have two each.
    put(0, 1)
    put(127, 7)
    put(0, 1)
    put(107, 7)
    put(0b01, 2)
    put(0b01, 2)
    put(0, 1)
  }
  const stream = new Uint8Array(2 + Math.ceil(bits.length / 8))
  stream.set([0x78, 0x9c])
  bits.forEach((bit, at) => (stream[2 + (at >> 3)] = stream[2 + (at >> 3)]! | (bit << (at & 7))))
  const started = performance.now()
  expect(() => decode(plainPng({ idat: [stream] }))).toThrow(damaged)
  expect(performance.now() - started).toBeLessThan(1_000)
})

test.each([
  ['no data', plainPng({ idat: [] })],
  ['a filter that does not exist', plainPng({ idat: [deflateSync(new Uint8Array(52).fill(9))] })],
  ['a palette that is missing', plainPng({ colourType: 3 })],
  ['a depth that its colours do not have', plainPng({ colourType: 2, bitDepth: 4 })],
  ['two headers', plainPng({ before: [plainPng().slice(8, 33)] })],
  ['a sum that is wrong', plainPng().map((byte, at) => (at === 45 ? byte ^ 1 : byte))],
  ['no end', plainPng().subarray(0, -12)],
])('a PNG with %s is damaged', (_what, bytes) => {
  expect(() => decode(bytes)).toThrow(damaged)
})
