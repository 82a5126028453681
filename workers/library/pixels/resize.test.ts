import { expect, test } from 'vitest'
import type { Raster } from './raster.ts'
import { fitWithin, resize } from './resize.ts'

const fill = (width: number, height: number, colour: number[]): Raster => ({
  data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) => colour[at % 4]!),
  width,
  height,
})

test('a picture of one colour keeps it at every size, to its edges', () => {
  for (const [width, height] of [
    [1, 1],
    [7, 3],
    [50, 99],
    [64, 1],
  ] as const) {
    const small = resize(fill(100, 100, [10, 200, 30, 255]), { width, height })
    for (let at = 0; at < small.data.length; at += 4) {
      expect(
        Array.from(small.data.subarray(at, at + 4)).map(
          (value, channel) => Math.abs(value - [10, 200, 30, 255][channel]!) <= 1,
        ),
      ).toEqual(Array(4).fill(true))
    }
  }
})

test('what is behind a transparent part does not bleed into what is next to it', () => {
  const picture = fill(64, 8, [255, 0, 0, 255])
  for (let at = 0; at < picture.data.length; at += 4) if ((at / 4) % 64 >= 32) picture.data.set([0, 255, 0, 0], at)
  const { data } = resize(picture, { width: 16, height: 2 })
  for (let at = 0; at < data.length; at += 4)
    if (data[at + 3]! > 8) expect([data[at]! > 240, data[at + 1]! < 15]).toEqual([true, true])
})

test('a slope stays a slope, and what is left stays left', () => {
  const picture = fill(256, 32, [0, 0, 0, 255])
  for (let at = 0; at < picture.data.length; at += 4) picture.data.fill((at / 4) % 256, at, at + 3)
  const { data } = resize(picture, { width: 32, height: 4 })
  for (let x = 0; x < 32; x += 1) expect(Math.abs(data[(32 + x) * 4]! - (x * 8 + 3.5))).toBeLessThan(2)
})

test('the longest side decides, and no side vanishes', () => {
  expect(fitWithin(fill(300, 2, [0, 0, 0, 255]), 100)).toMatchObject({ width: 100, height: 1 })
  expect(fitWithin(fill(2, 300, [0, 0, 0, 255]), 100)).toMatchObject({ width: 1, height: 100 })
  const small = fill(9, 9, [0, 0, 0, 255])
  expect(fitWithin(small, 100)).toBe(small)
})
