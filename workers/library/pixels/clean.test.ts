import { expect, test, vi } from 'vitest'
import type { CleanInput, CleanPicture, PictureFacts } from '#shared/contracts/library'
import { createCodecs } from './codecs.ts'
import { formatFor } from './format-for.ts'
import { encodePng } from './png/encode-png.ts'
import { pngChunk } from './png/chunk.ts'
import { decodePicture } from './decode.ts'
import { readJpeg } from './jpeg/read-jpeg.ts'
import type { Raster } from './raster.ts'
import { concat } from './read-bytes.ts'
import { readPixelModules, testPixels } from './testing.ts'
import { bytesOf, drawPicture, exif, exifSegment, find, intoJpeg, intoPng, intoWebp, segment } from './testing-files.ts'

vi.setConfig({ testTimeout: 30_000 })

const codecs = createCodecs(readPixelModules())
const pixels = testPixels()
const decode = async (bytes: Uint8Array) => (await decodePicture({ input: { bytes }, codecs })).raster

type Clean = Extract<CleanPicture, { ok: true }>
async function clean(input: CleanInput): Promise<Clean> {
  const result = await pixels.clean(input)
  if (!result.ok) throw new Error(result.fault)
  return result
}

/** How far two pictures are apart, on average. */
function difference(one: Raster, other: Raster): number {
  expect([one.width, one.height]).toEqual([other.width, other.height])
  let sum = 0
  for (let at = 0; at < one.data.length; at += 1) sum += Math.abs(one.data[at]! - other.data[at]!)
  return sum / one.data.length
}

const picture = drawPicture(120, 80)
const files = {
  png: encodePng(picture, { alpha: false }),
  jpeg: await codecs.encodeJpeg(picture, 92),
  webp: await codecs.encodeWebp(picture, { quality: 92 }),
}

test.each(['png', 'jpeg', 'webp'] as const)(
  'a %s comes out as the same picture, in each of the three formats',
  async (from) => {
    for (const format of ['png', 'jpeg', 'webp'] as const) {
      const { bytes, facts } = await clean({ bytes: files[from], format })
      const mediaType: PictureFacts['mediaType'] = `image/${format}`
      expect(facts).toEqual({ mediaType, width: 120, height: 80, bytes: bytes.length, hasAlpha: false })
      expect(difference(await decode(bytes), picture)).toBeLessThan(6)
    }
    expect((await clean({ bytes: files[from] })).facts.mediaType).toBe(`image/${from}`)
  },
)

const place = 'GPS 24.7136 N 46.6753 E'
const profile = new Uint8Array(3_000).fill(65)

/** The same pictures with everything around them that a camera or a program puts there. */
const dressed = {
  png: intoPng(
    files.png,
    pngChunk('eXIf', exif(1)),
    pngChunk('iCCP', concat([bytesOf('profile\0\0'), profile])),
    pngChunk('tEXt', bytesOf('Comment\0taken at home')),
    pngChunk('gAMA', new Uint8Array(4)),
  ),
  jpeg: intoJpeg(
    files.jpeg,
    exifSegment(1),
    segment(0xe2, concat([bytesOf('ICC_PROFILE\0\x01\x01'), profile])),
    segment(0xfe, bytesOf('taken at home')),
    segment(0xed, bytesOf('Photoshop 3.0\0')),
  ),
  webp: intoWebp(files.webp, { type: 'EXIF', body: exif(1) }, { type: 'ICCP', body: profile }),
}

test.each(['png', 'jpeg', 'webp'] as const)(
  'two %ss with the same pixels are equal once they are clean, whatever else was in them',
  async (format) => {
    expect(find(dressed[format], place)).toBeGreaterThan(0)
    const [bare, rid] = await Promise.all([clean({ bytes: files[format] }), clean({ bytes: dressed[format] })])
    expect(find(rid.bytes, place)).toBe(-1)
    expect(find(rid.bytes, 'taken at home')).toBe(-1)
    expect(await pixels.contentHash(rid.bytes)).toBe(await pixels.contentHash(bare.bytes))
  },
)

test('a picture is turned upright, in all eight ways, and no longer says that it has to be', async () => {
  // Of four corners only one is bright: where it ends up tells the turn.
  const corner: Raster = { data: new Uint8ClampedArray(48 * 32 * 4).fill(255), width: 48, height: 32 }
  for (let y = 0; y < 32; y += 1)
    for (let x = 0; x < 48; x += 1) if (x >= 16 || y >= 16) corner.data.fill(0, (y * 48 + x) * 4, (y * 48 + x) * 4 + 3)
  const jpeg = await codecs.encodeJpeg(corner, 95)
  const png = encodePng(corner, { alpha: false })
  const webp = await codecs.encodeWebp(corner, { quality: 95 })
  const places = [
    '',
    'top left',
    'top right',
    'bottom right',
    'bottom left',
    'top left',
    'top right',
    'bottom right',
    'bottom left',
  ]
  for (let orientation = 1; orientation <= 8; orientation += 1) {
    const turned = orientation >= 5
    for (const bytes of [
      intoJpeg(jpeg, exifSegment(orientation)),
      intoPng(png, pngChunk('eXIf', exif(orientation, { little: false }))),
      intoWebp(webp, { type: 'EXIF', body: exif(orientation) }),
    ]) {
      const cleaned = await clean({ bytes })
      const { data, width, height } = await decode(cleaned.bytes)
      expect([width, height, cleaned.facts.width]).toEqual(turned ? [32, 48, 32] : [48, 32, 48])
      const isBright = (x: number, y: number) => data[(y * width + x) * 4]! > 128
      const found = [
        [isBright(4, 4), 'top left'],
        [isBright(width - 5, 4), 'top right'],
        [isBright(4, height - 5), 'bottom left'],
        [isBright(width - 5, height - 5), 'bottom right'],
      ].filter(([bright]) => bright)
      expect(found.map(([, name]) => name)).toEqual([places[orientation]])
    }
  }
})

test('what is seen through stays so in PNG and WebP, and lies on white in JPEG', async () => {
  const glass: Raster = { data: new Uint8ClampedArray(32 * 32 * 4), width: 32, height: 32 }
  const bytes = encodePng(glass, { alpha: true })
  for (const format of ['png', 'webp'] as const) {
    const cleaned = await clean({ bytes, format })
    expect(cleaned.facts.hasAlpha).toBe(true)
    expect((await decode(cleaned.bytes)).data[3]).toBe(0)
  }
  const flat = await clean({ bytes, format: 'jpeg' })
  expect(flat.facts.hasAlpha).toBe(false)
  expect(Array.from((await decode(flat.bytes)).data.slice(0, 4))).toEqual([255, 255, 255, 255])
})

test('an alpha channel that hides nothing is not kept', async () => {
  expect((await clean({ bytes: encodePng(picture, { alpha: true }) })).facts.hasAlpha).toBe(false)
})

test('a picture is made smaller to a longest side, and never larger', async () => {
  const smaller = await clean({ bytes: files.png, maxSide: 60 })
  expect([smaller.facts.width, smaller.facts.height]).toEqual([60, 40])
  expect((await clean({ bytes: files.png, maxSide: 600 })).facts.width).toBe(120)
})

test('quality decides how many bytes a picture takes', async () => {
  for (const format of ['jpeg', 'webp'] as const) {
    const [low, high] = await Promise.all([20, 95].map((quality) => clean({ bytes: files.png, format, quality })))
    expect(low!.bytes.length * 2).toBeLessThan(high!.bytes.length)
  }
})

test('a WebP that is too large to be made here becomes a JPEG, or a PNG where it can be seen through', () => {
  const opaque: Raster = { data: new Uint8ClampedArray(4).fill(255), width: 3_600, height: 2_000 }
  const glass: Raster = { ...opaque, data: new Uint8ClampedArray(4) }
  expect([formatFor('webp', opaque), formatFor('webp', glass)]).toEqual(['jpeg', 'png'])
  expect([formatFor('png', opaque), formatFor('jpeg', glass)]).toEqual(['png', 'jpeg'])
  expect(formatFor('webp', { ...glass, width: 3_400 })).toBe('webp')
})

test('a lossless WebP stays lossless', async () => {
  const bytes = await codecs.encodeWebp(picture, { quality: 100, lossless: true })
  expect(difference(await decode((await clean({ bytes })).bytes), picture)).toBe(0)
})

test.each([50, 95])('a large JPEG is put together of strips without a seam (quality %i)', async (quality) => {
  const large = drawPicture(1_101, 1_193)
  const jpeg = await codecs.encodeJpeg(large, quality)
  const { width, height, progressive } = readJpeg(jpeg)
  expect({ width, height, progressive }).toEqual({ width: 1_101, height: 1_193, progressive: false })
  const back = await codecs.decodeJpeg(jpeg)
  const rowsOf = ({ data }: Raster, from: number): Raster => ({
    data: data.subarray(from * 1_101 * 4, (from + 16) * 1_101 * 4),
    width: 1_101,
    height: 16,
  })
  for (let row = 0; row + 16 <= 1_193; row += 16)
    expect(difference(rowsOf(back, row), rowsOf(large, row))).toBeLessThan(4)
})

test('a provider’s picture is cleaned and has all of its sizes in half a second', async () => {
  const bytes = encodePng(drawPicture(1_024, 1_024), { alpha: false })
  await pixels.prepare({ bytes: files.png })
  const started = performance.now()
  const prepared = await pixels.prepare({ bytes })
  expect(prepared.ok).toBe(true)
  // On an idle core; a machine with other work is given more.
  expect(performance.now() - started).toBeLessThan(10_000)
})
