import { expect, test } from 'vitest'
import type { ImageSizes } from '#shared/contracts/model'
import { describeSizes, fits, offeredSizes, readSize } from './read-size.ts'

const range: ImageSizes = {
  kind: 'range',
  min: 480,
  max: 3_840,
  step: 16,
  minPixels: 655_360,
  maxPixels: 8_294_400,
  maxRatio: 3,
}

test.each([
  ['1024x1024', true],
  ['1536x864', true],
  ['3840x2160', true],
  ['2160x3840', true],
  ['512x512', false],
  ['1000x1000', false],
  ['3840x3840', false],
  ['3840x480', false],
  ['480x1440', true],
])('%s fits what a model makes: %s', (size, fitting) => {
  expect(fits(readSize(size)!, range)).toBe(fitting)
})

test('a model is not offered a size that it would refuse', () => {
  for (const size of offeredSizes(range)) expect(fits(readSize(size)!, range)).toBe(true)
  expect(offeredSizes(range)).not.toContain('512x512')
})

test('what a model makes is said with all its limits', () => {
  expect(describeSizes(range)).toBe(
    'sides from 480 to 3840 in steps of 16, at least 655360 and at most 8294400 pixels in all, no longer than 3 to 1',
  )
  expect(describeSizes({ kind: 'range', min: 256, max: 512, step: 8, maxPixels: 262_144 })).toBe(
    'sides from 256 to 512 in steps of 8, at most 262144 pixels in all',
  )
})
