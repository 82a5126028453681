import { inflateSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import type { SandboxDrawing } from './drawing.ts'
import { asPicture, pixelsOf } from './operations/canvas.ts'
import { toPng } from './png.ts'
import { createRandom } from './random.ts'
import { createTestDrawing, sizeOf } from './testing.ts'

let draw: SandboxDrawing
beforeAll(async () => {
  draw = await createTestDrawing()
})

test.each([
  [1, 1],
  [3, 2],
  [64, 48],
])('%d by %d pixels are the same after they were packed and read by another program', async (width, height) => {
  const dice = createRandom(width)
  const rgba = Uint8Array.from({ length: width * height * 4 }, (_, at) => (at % 4 === 3 ? 255 : dice.whole(0, 255)))
  const png = await toPng({ width, height, rgba })
  expect(sizeOf(png)).toEqual({ width, height })
  const size = { width, height }
  expect((await pixelsOf(asPicture(png, size), size, draw)).rgba).toEqual(rgba)
})

test('what is transparent stays so', async () => {
  const size = { width: 2, height: 1 }
  const png = await toPng({ ...size, rgba: Uint8Array.of(10, 20, 30, 0, 200, 100, 50, 128) })
  const { rgba } = await pixelsOf(asPicture(png, size), size, draw)
  expect(rgba[3]).toBe(0)
  expect(rgba[7]).toBe(128)
  expect(Math.abs(rgba[4]! - 200)).toBeLessThanOrEqual(1)
})

test('every piece of it carries its length, its name and its sum', async () => {
  const png = Buffer.from(await toPng({ width: 1, height: 1, rgba: Uint8Array.of(1, 2, 3, 4) }))
  expect(png.toString('latin1', 12, 16)).toBe('IHDR')
  const length = png.readUInt32BE(33)
  expect(png.toString('latin1', 37, 41)).toBe('IDAT')
  expect([...inflateSync(png.subarray(41, 41 + length))]).toEqual([2, 1, 2, 3, 4])
  expect(png.toString('hex').endsWith('49454e44ae426082')).toBe(true)
})
