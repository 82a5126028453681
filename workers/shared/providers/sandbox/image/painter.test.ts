import { beforeAll, expect, test } from 'vitest'
import type { ImageOperation } from '#shared/contracts/model'
import type { DirectImageModel, ImageRequest, InputPicture } from '../../spec/image-model.ts'
import { createPainter } from './painter.ts'
import { compose } from './compose.ts'
import { svgOf } from './svg.ts'
import type { Pixels, SandboxDrawing } from './drawing.ts'
import { asPicture, pixelsOf } from './operations/canvas.ts'
import { subjects } from './read-prompt.ts'
import { createTestDrawing, sizeOf } from './testing.ts'

const size = { width: 200, height: 160 }

let draw: SandboxDrawing
let painter: DirectImageModel
let photo: InputPicture

const make = async (request: Partial<ImageRequest>): Promise<Uint8Array> => {
  const asked: ImageRequest = { operation: 'generate', prompt: '', count: 1, ...request }
  const { images } = await painter.generate(asked, { signal: new AbortController().signal, idempotencyKey: 'key' })
  return images[0]!.bytes
}

const pixels = (png: Uint8Array): Promise<Pixels> => pixelsOf(asPicture(png, sizeOf(png)), sizeOf(png), draw)

const alphaAt = ({ rgba, width }: Pixels, x: number, y: number): number => rgba[(y * width + x) * 4 + 3]!

beforeAll(async () => {
  draw = await createTestDrawing()
  painter = createPainter({ draw })
  photo = asPicture(await make({ prompt: 'بحر عند الغروب', size, seed: 1 }), size)
})

test('the same words and seed give the same bytes; another seed gives another picture', async () => {
  const asked = { prompt: 'جبال في الفجر', size, seed: 4 }
  const once = await make(asked)
  expect(await make(asked)).toEqual(once)
  expect(await make({ ...asked, seed: 5 })).not.toEqual(once)
  expect(sizeOf(once)).toEqual(size)
})

test('without a seed the words decide, and each of several pictures is one of its own that can be had again', async () => {
  const request: ImageRequest = { operation: 'generate', prompt: 'a garden', count: 3, size }
  const options = { signal: new AbortController().signal, idempotencyKey: 'key' }
  const { images, usage } = await painter.generate(request, options)
  expect(new Set(images.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).size).toBe(3)
  expect(await make({ prompt: 'a garden', size, seed: images[2]!.seed! })).toEqual(images[2]!.bytes)
  expect(usage).toBeNull()
})

test.each(subjects)('%s is drawn without what makes an engine slow', async (prompt) => {
  const svg = await compose({ width: 1_024, height: 1_024, prompt, seed: 1 }, draw)
  expect(svg.length).toBeLessThan(320_000)
  expect(/<(filter|mask|pattern|fe[A-Z])/.exec(svg)).toBeNull()
})

test('hours, colours, styles and what is not wanted are seen', async () => {
  const asked = { size, seed: 9 }
  const plain = await make({ ...asked, prompt: 'a mountain' })
  for (const prompt of [
    'a mountain at night',
    'a mountain in green',
    'a mountain, ink drawing',
    'a mountain, pixel art',
  ])
    expect(await make({ ...asked, prompt })).not.toEqual(plain)
  expect(await make({ ...asked, prompt: 'a mountain', negativePrompt: 'birds' })).not.toEqual(plain)
  expect(await make({ ...asked, prompt: 'a mountain', quality: 'fine' })).not.toEqual(plain)
})

test('without a backdrop there is nothing around the subject', async () => {
  const drawn = await pixels(await make({ prompt: 'a cat', size, background: 'transparent' }))
  expect(alphaAt(drawn, 0, 0)).toBe(0)
  expect(alphaAt(drawn, size.width - 1, size.height - 1)).toBe(0)
  expect(alphaAt(drawn, size.width / 2, size.height / 2)).toBe(255)
})

/** Transparent, so free to change, inside of a circle. */
const ring = (inside: string): string =>
  svgOf(size, `<path fill-rule="evenodd" d="M0 0H${size.width}V${size.height}H0Z${inside}" fill="#000000"/>`)

test('a mask is respected pixel by pixel', async () => {
  const mask = asPicture(await draw.toPng(ring('M60 40h80v60h-80Z')), size)
  const [before, after] = [
    await pixels(photo.bytes),
    await pixels(await make({ operation: 'edit', prompt: 'flowers', images: [photo], mask })),
  ]
  let changed = 0
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const from = (y * size.width + x) * 4
      const same = [0, 1, 2, 3].every((channel) => before.rgba[from + channel] === after.rgba[from + channel])
      const inside = x >= 60 && x < 140 && y >= 40 && y < 100
      if (!inside && !same) throw new Error(`(${x}, ${y}) has changed, which the mask forbids`)
      if (inside && !same) changed++
    }
  expect(changed).toBeGreaterThan(80 * 60 * 0.9)
})

test('where a mask covers everything nothing changes', async () => {
  const mask = asPicture(await draw.toPng(svgOf(size, `<rect width="200" height="160" fill="#000000"/>`)), size)
  const edited = await make({ operation: 'edit', prompt: 'flowers', images: [photo], mask })
  expect((await pixels(edited)).rgba).toEqual((await pixels(photo.bytes)).rgba)
})

test('without a mask the whole picture follows the prompt, more or less as it is asked to', async () => {
  const asked = { operation: 'edit' as const, prompt: 'snow at night', images: [photo], seed: 1 }
  const low = await make(asked)
  expect(sizeOf(low)).toEqual(size)
  expect(await make({ ...asked, inputFidelity: 'high' })).not.toEqual(low)
  expect(await make({ ...asked, images: [photo, photo] })).not.toEqual(low)
})

test('a variation with words has other shapes and the colours of the picture; without words it is the picture, seen anew', async () => {
  const asked = { operation: 'variation' as const, images: [photo], seed: 3 }
  const [worded, wordless] = [await make({ ...asked, prompt: 'mountains' }), await make(asked)]
  for (const png of [worded, wordless]) expect(sizeOf(png)).toEqual(size)
  expect(worded).not.toEqual(wordless)
  expect(wordless).not.toEqual(photo.bytes)
  expect(await make({ ...asked, seed: 4 })).not.toEqual(wordless)
})

test('a wider picture holds every pixel of the first where it was, and something all around it', async () => {
  const extend = { top: 20, bottom: 10, left: 30, right: 40 }
  const grown = await pixels(await make({ operation: 'outpaint', images: [photo], extend }))
  expect([grown.width, grown.height]).toEqual([270, 190])
  const before = await pixels(photo.bytes)
  for (let y = 0; y < size.height; y++) {
    const from = ((y + 20) * grown.width + 30) * 4
    const row = grown.rgba.subarray(from, from + size.width * 4)
    expect(Buffer.compare(row, before.rgba.subarray(y * size.width * 4, (y + 1) * size.width * 4))).toBe(0)
  }
  for (let from = 3; from < grown.rgba.length; from += 4) if (grown.rgba[from] !== 255) throw new Error('a hole')
})

test.each([2, 4] as const)('what is made %d times as large is that large', async (scale) => {
  const png = await make({ operation: 'upscale', images: [photo], scale })
  expect(sizeOf(png)).toEqual({ width: size.width * scale, height: size.height * scale })
})

test('a background that reaches the border is gone, and what stands on it is not', async () => {
  const svg = svgOf(
    size,
    `<rect width="200" height="160" fill="#8fc6e6"/><circle cx="100" cy="80" r="50" fill="#c8362f"/><circle cx="100" cy="80" r="20" fill="#8fc6e6"/>`,
  )
  const picture = asPicture(await draw.toPng(svg), size)
  const cut = await pixels(await make({ operation: 'remove-background', images: [picture] }))
  expect([alphaAt(cut, 2, 2), alphaAt(cut, 198, 158), alphaAt(cut, 100, 20)]).toEqual([0, 0, 0])
  expect([alphaAt(cut, 100, 50), alphaAt(cut, 100, 80)]).toEqual([255, 255])
})

test('pictures that are not final come before it, as large, and each finer than the last', async () => {
  const partials: { index: number; bytes: Uint8Array; mediaType: string }[] = []
  const request: ImageRequest = { operation: 'generate', prompt: 'space', count: 1, size, partialImages: 3 }
  const { images } = await painter.generate(request, {
    signal: new AbortController().signal,
    idempotencyKey: 'key',
    onPartial: (picture) => void partials.push(picture),
  })
  expect(partials.map(({ index, mediaType }) => [index, mediaType])).toEqual(Array(3).fill([0, 'image/png']))
  const final = await pixels(images[0]!.bytes)
  const errors = await Promise.all(
    partials.map(async ({ bytes }) => {
      expect(sizeOf(bytes)).toEqual(size)
      const { rgba } = await pixels(bytes)
      return rgba.reduce((sum, value, at) => sum + Math.abs(value - final.rgba[at]!), 0)
    }),
  )
  expect(errors).toEqual(errors.toSorted((left, right) => right - left))
  expect(errors.at(-1)).toBeGreaterThan(0)
})

test('nobody who has left is painted for', async () => {
  const stop = new AbortController()
  stop.abort(new Error('left'))
  const asked: ImageRequest = { operation: 'generate', prompt: 'x', count: 1, size }
  await expect(painter.generate(asked, { signal: stop.signal, idempotencyKey: 'key' })).rejects.toThrow('left')
})

test.each<ImageOperation>(['edit', 'variation', 'outpaint', 'upscale', 'remove-background'])(
  '%s needs a picture, and one that can be read',
  async (operation) => {
    await expect(make({ operation, prompt: 'x' })).rejects.toMatchObject({ code: 'invalid_request' })
    const webp: InputPicture = { ...photo, mediaType: 'image/webp' }
    await expect(make({ operation, prompt: 'x', images: [webp] })).rejects.toMatchObject({ code: 'image_unsupported' })
  },
)

test('what would not fit into memory is refused', async () => {
  const vast: InputPicture = { ...photo, width: 2_000, height: 2_000 }
  await expect(make({ operation: 'upscale', images: [vast], scale: 4 })).rejects.toMatchObject({
    code: 'image_too_large',
  })
})
