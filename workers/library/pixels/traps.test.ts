// What nobody means well with. Each is refused by name before a decoder sees it, or comes out as its pixels alone.
import { deflateSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { createCodecs } from './codecs.ts'
import { MAX_PIXELS, pixelLimitOf } from './limits.ts'
import { pngChunk } from './png/chunk.ts'
import { encodePng } from './png/encode-png.ts'
import { concat } from './read-bytes.ts'
import { readPixelModules, testPixels } from './testing.ts'
import {
  buildPng,
  bytesOf,
  drawPicture,
  find,
  intoJpeg,
  intoPng,
  intoWebp,
  latinBytes,
  plainPng,
  segment,
} from './testing-files.ts'
import { ANIMATION_FLAG, extendedHeader, readWebpChunks, writeWebp } from './webp/chunks.ts'

vi.setConfig({ testTimeout: 30_000 })

const codecs = createCodecs(readPixelModules())
const pixels = testPixels()
const picture = drawPicture(64, 48)
const png = encodePng(picture, { alpha: false })
const jpeg = await codecs.encodeJpeg(picture, 90)
const webp = await codecs.encodeWebp(picture, { quality: 90 })
const files = { png, jpeg, webp }

/** Milliseconds take it; a machine with other work is given more. */
const SLOWEST_MS = 4_000

const clean = (bytes: Uint8Array) => pixels.clean({ bytes })
const u32 = (value: number) => latinBytes(value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255)

async function fault(bytes: Uint8Array): Promise<unknown> {
  const started = performance.now()
  const result = await clean(bytes)
  // However large it claims to be, saying no takes no time.
  expect(performance.now() - started).toBeLessThan(SLOWEST_MS)
  return result.ok ? 'none' : result.fault
}

test.each([
  ['gif', bytesOf('GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;')],
  ['svg', bytesOf('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['svg', bytesOf('\n  <svg onload="alert(1)"/>')],
  ['html', bytesOf('<!doctype html><script>alert(1)</script>')],
  ['pdf', bytesOf('%PDF-1.7')],
  ['zip', bytesOf('PK\x03\x04')],
  ['bmp', bytesOf('BM\0\0\0\0')],
  ['tiff', bytesOf('II*\0\0\0\0\0')],
  ['avif', bytesOf('\0\0\0\x20ftypavif\0\0\0\0')],
  ['heic', bytesOf('\0\0\0\x20ftypheic\0\0\0\0')],
  ['video', bytesOf('\0\0\0\x20ftypisom\0\0\0\0')],
  ['unknown', bytesOf('photo.png')],
  ['unknown', new Uint8Array()],
])('a file that is %s is not taken, whatever it is called, and it is said what it is', async (format, bytes) => {
  expect(await clean(bytes)).toEqual({ ok: false, fault: 'image_unsupported', facts: { format } })
})

test('a picture after something else is not a picture', async () => {
  for (const bytes of Object.values(files)) {
    expect(await fault(concat([bytesOf('<?php system($_GET[0]); ?>'), bytes]))).toBe('image_unsupported')
  }
})

test('what moves is refused as such: GIF, APNG and WebP', async () => {
  const frame = bytesOf(',\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0')
  const gif = concat([bytesOf('GIF89a\x05\0\x04\0\0\0\0!\xf9'.slice(0, -2)), frame, frame, bytesOf(';')])
  expect(await clean(gif)).toEqual({
    ok: false,
    fault: 'image_animated',
    facts: { format: 'gif', width: 5, height: 4 },
  })
  expect(await fault(intoPng(png, pngChunk('acTL', concat([u32(3), u32(0)]))))).toBe('image_animated')
  const chunks = readWebpChunks(webp)
  const header = extendedHeader({ flags: ANIMATION_FLAG, width: 64, height: 48 })
  expect(await fault(writeWebp([header, ...chunks]))).toBe('image_animated')
  expect(await fault(intoWebp(webp, { type: 'ANMF', body: new Uint8Array(24) }))).toBe('image_animated')
  expect((await clean(intoPng(png, pngChunk('acTL', concat([u32(1), u32(0)]))))).ok).toBe(true)
})

const payloads = {
  ZIP: 'PK\x03\x04\x14\0archive.jar PK\x05\x06',
  HTML: '<html><script>alert(document.cookie)</script></html>',
  PHP: '<?php __HALT_COMPILER(); ?>',
  PDF: '%PDF-1.7 1 0 obj << /JS (app.alert(1)) >>',
  JavaScript: '*/=1;alert(1)/*',
}

test.each(Object.entries(payloads))(
  'a picture with %s behind it or inside it comes out with neither',
  async (_name, text) => {
    const body = bytesOf(text)
    const polyglots: [string, Uint8Array][] = [
      ['behind a PNG', concat([png, body])],
      ['in a PNG’s text', intoPng(png, pngChunk('tEXt', body))],
      ['in a PNG’s unknown chunk', intoPng(png, pngChunk('phAr', body))],
      ['behind a JPEG', concat([jpeg, body])],
      ['in a JPEG’s comment', intoJpeg(jpeg, segment(0xfe, body))],
      ['in a JPEG’s application data', intoJpeg(jpeg, segment(0xef, body))],
      ['behind a WebP', concat([webp, body])],
      ['in a WebP’s unknown chunk', intoWebp(webp, { type: 'JUNK', body })],
    ]
    for (const [where, bytes] of polyglots) {
      const result = await clean(bytes)
      expect([where, result.ok]).toEqual([where, true])
      if (result.ok) expect([where, find(result.bytes, text.slice(0, 12))]).toEqual([where, -1])
    }
  },
)

test('what is hidden in the very data of a PNG is gone too: its bytes are made anew', async () => {
  // Stored, not compressed: the rows of pixels read as a script in the file.
  const script = bytesOf('<?php system($_GET["c"]); ?>   ')
  const rows = concat([latinBytes(0), script.subarray(0, 30)])
  const hidden = buildPng({ width: 10, height: 1, colourType: 2, idat: [deflateSync(rows, { level: 0 })] })
  expect(find(hidden, '<?php')).toBeGreaterThan(0)
  const result = await clean(hidden)
  expect(result.ok && find(result.bytes, '<?php')).toBe(-1)
})

test('a header that promises more than is taken is believed, and refused', async () => {
  expect(
    await clean(buildPng({ width: 60_000, height: 60_000, idat: [deflateSync(new Uint8Array(100))] })),
  ).toMatchObject({
    fault: 'image_too_large',
    facts: { width: 60_000, height: 60_000, maxSide: 16_384 },
  })
  expect(await clean(buildPng({ width: 5_000, height: 4_000, idat: [new Uint8Array(9)] }))).toMatchObject({
    fault: 'image_too_large',
    facts: { maxPixels: MAX_PIXELS },
  })
  expect(await fault(buildPng({ width: 2 ** 31, height: 2 ** 31, idat: [new Uint8Array(9)] }))).toBe('image_too_large')
  expect(await fault(buildPng({ width: 0, height: 8, idat: [new Uint8Array(9)] }))).toBe('image_damaged')
  const wide = jpeg.slice()
  const frame = find(jpeg, '\xff\xc0') + 5
  wide.set([0xff, 0xff, 0xff, 0xff], frame)
  expect(await fault(wide)).toBe('image_too_large')
  const canvas = extendedHeader({ flags: 0, width: 16_000_000, height: 16_000_000 })
  expect(await fault(writeWebp([canvas, ...readWebpChunks(webp)]))).toBe('image_damaged')
})

test('how many pixels are taken depends on how much memory their format needs: a photo of 13 megapixels fits', async () => {
  const at = find(jpeg, '\xff\xc0')
  const claim = (marker: number, width: number, height: number) => {
    const bytes = jpeg.slice()
    bytes.set([0xff, marker, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255], at)
    return bytes
  }
  expect(await clean(claim(0xc0, 5_000, 3_000))).toMatchObject({ facts: { maxPixels: pixelLimitOf('decode-jpeg') } })
  expect(await clean(claim(0xc2, 3_000, 3_000))).toMatchObject({
    facts: { maxPixels: pixelLimitOf('decode-progressive-jpeg') },
  })
  expect(pixelLimitOf('decode-jpeg')).toBeGreaterThan(4_160 * 3_120)
  expect(pixelLimitOf('decode-png')).toBe(4_096 * 4_096)
})

test('more bytes, or more pixels, than the caller takes are refused with what would have been taken', async () => {
  expect(await pixels.clean({ bytes: png, maxBytes: 100 })).toEqual({
    ok: false,
    fault: 'image_too_large',
    facts: { maxBytes: 100 },
  })
  expect(await pixels.clean({ bytes: png, maxPixels: 3_000 })).toEqual({
    ok: false,
    fault: 'image_too_large',
    facts: { width: 64, height: 48, maxPixels: 3_000 },
  })
})

test.each(['png', 'jpeg', 'webp'] as const)('a %s that is cut off anywhere is damaged', async (format) => {
  const bytes = files[format]
  for (let length = 8; length < bytes.length - 1; length += Math.ceil(bytes.length / 40)) {
    expect(['image_damaged', 'image_unsupported']).toContain(await fault(bytes.subarray(0, length)))
  }
})

test('a JPEG that was cut off and given an end of its own is damaged all the same', async () => {
  const cut = concat([jpeg.subarray(0, jpeg.length - 600), latinBytes(0xff, 0xd9)])
  expect(await fault(cut)).toBe('image_damaged')
})

test('bombs in what is not the picture are never opened', async () => {
  const bomb = deflateSync(new Uint8Array(50_000_000))
  const texts = ['iCCP', 'zTXt', 'iTXt'].map((type) => pngChunk(type, concat([bytesOf('name\0\0'), bomb])))
  const before = process.memoryUsage().arrayBuffers
  expect(await fault(intoPng(png, ...texts))).toBe('none')
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40_000_000)
  const profiles = Array.from({ length: 100 }, () => segment(0xe2, new Uint8Array(65_000)))
  expect(await fault(intoJpeg(jpeg, ...profiles))).toBe('none')
})

test('thousands of chunks are read, more of them than any program writes are not', async () => {
  const chunk = pngChunk('tEXt', bytesOf('a'))
  const many = (count: number) => intoPng(png, concat(Array.from({ length: count }, () => chunk)))
  expect(await fault(many(5_000))).toBe('none')
  expect(await fault(many(20_500))).toBe('image_damaged')
  const segments = concat(Array.from({ length: 5_500 }, () => segment(0xfe, bytesOf('a'))))
  expect(await fault(intoJpeg(jpeg, segments))).toBe('image_damaged')
  const parts = Array.from({ length: 5_500 }, () => ({ type: 'JUNK', body: bytesOf('a') }))
  expect(await fault(intoWebp(webp, ...parts))).toBe('image_damaged')
})

test('a JPEG with lengths that lie, two frames, or scans without end is damaged', async () => {
  expect(await fault(intoJpeg(jpeg, latinBytes(0xff, 0xe1, 0xff, 0xff)))).toBe('image_damaged')
  expect(await fault(intoJpeg(jpeg, latinBytes(0xff, 0xe1, 0, 0)))).toBe('image_damaged')
  const frame = jpeg.slice(find(jpeg, '\xff\xc0'), find(jpeg, '\xff\xc0') + 19)
  expect(await fault(intoJpeg(jpeg, frame))).toBe('image_damaged')
  const scan = jpeg.subarray(find(jpeg, '\xff\xda'), jpeg.length - 2)
  const scans = concat([jpeg.subarray(0, -2), ...Array.from({ length: 40 }, () => scan), latinBytes(0xff, 0xd9)])
  expect(await fault(scans)).toBe('image_damaged')
  expect(await fault(intoJpeg(jpeg, latinBytes(...Array.from({ length: 1_000 }, () => [0xff, 0xd0]).flat())))).toBe(
    'image_damaged',
  )
})

test('a JPEG for printing, or of a kind that browsers do not show, is not taken', async () => {
  const at = find(jpeg, '\xff\xc0')
  const lossless = jpeg.map((byte, index) => (index === at + 1 ? 0xc3 : byte))
  expect(await clean(lossless)).toMatchObject({ fault: 'image_unsupported', facts: { format: 'jpeg-lossless' } })
  const print = segment(0xc0, latinBytes(8, 0, 48, 0, 64, 4, ...[1, 2, 3, 4].flatMap((id) => [id, 0x11, 0])))
  const cmyk = concat([jpeg.subarray(0, at), print, jpeg.subarray(at + 19)])
  expect(await clean(cmyk)).toMatchObject({ fault: 'image_unsupported', facts: { format: 'jpeg-cmyk' } })
})

test('a WebP whose sizes lie is damaged, and what lies behind its end is not read', async () => {
  const lying = (value: number) => {
    const bytes = webp.slice()
    new DataView(bytes.buffer).setUint32(4, value, true)
    return bytes
  }
  expect(await fault(lying(0xffffffff))).toBe('image_damaged')
  expect(await fault(lying(webp.length))).toBe('image_damaged')
  expect(await fault(lying(20))).toBe('image_damaged')
  const [stream] = readWebpChunks(webp)
  expect(await fault(writeWebp([stream!, stream!]))).toBe('image_damaged')
  expect(await fault(writeWebp([extendedHeader({ flags: 0, width: 10, height: 10 }), stream!]))).toBe('image_damaged')
})

test('a decoder’s fault is this picture’s alone: the next one is read as if nothing had been', async () => {
  for (const [format, bytes] of Object.entries(files)) {
    const broken = bytes.slice()
    broken.fill(0xa5, bytes.length >> 1, (bytes.length >> 1) + 200)
    await clean(broken)
    const [after, before] = await Promise.all([clean(bytes), testPixels().clean({ bytes })])
    expect([format, after.ok]).toEqual([format, true])
    expect(after).toEqual(before)
  }
})

test('one pixel is a picture', async () => {
  expect(await clean(plainPng())).toMatchObject({ ok: true, facts: { width: 4, height: 4 } })
  const one = await pixels.prepare({ bytes: encodePng(drawPicture(1, 1), { alpha: false }) })
  expect(one).toMatchObject({ ok: true, thumbnail: { width: 1, height: 1 } })
})
