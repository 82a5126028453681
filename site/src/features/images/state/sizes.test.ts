import { expect, test } from 'vitest'
import { choosableSizes, fitToRange, sizeFault, sizeUnder } from './sizes.ts'
import { imageModel } from './testing.ts'

const range = { kind: 'range' as const, sizes: ['1024x1024'], min: 256, max: 2048, step: 64, max_pixels: 2_000_000 }

test('the sizes of a list can be chosen, each as its sides', () => {
  expect(choosableSizes(imageModel())).toContainEqual({ width: 1536, height: 1024 })
})

test('a typed size is told why it will not do', () => {
  expect(sizeFault(range, { width: 128, height: 512 })).toBe('small')
  expect(sizeFault(range, { width: 4096, height: 512 })).toBe('large')
  expect(sizeFault(range, { width: 1000, height: 512 })).toBe('step')
  expect(sizeFault(range, { width: 2048, height: 2048 })).toBe('pixels')
  expect(sizeFault(range, { width: 1024, height: 1024 })).toBeNull()
})

test('what was asked for is brought within the range, and then will do', () => {
  for (const wanted of [
    { width: 100, height: 5_000 },
    { width: 2048, height: 2048 },
    { width: 1000, height: 1001 },
  ])
    expect(sizeFault(range, fitToRange(range, wanted))).toBeNull()
})

test('another model keeps the shape that was chosen', () => {
  const other = imageModel({ sizes: { ...imageModel().sizes, sizes: ['512x512', '512x768'] } })
  expect(sizeUnder(other, '1024x1536')).toBe('512x768')
  expect(sizeUnder(imageModel(), '1024x1536')).toBe('1024x1536')
})

test('a model that cannot choose the size itself is told its first', () => {
  expect(sizeUnder(imageModel({ auto_size: false }), 'auto')).toBe('1024x1024')
  expect(sizeUnder(imageModel(), 'auto')).toBe('auto')
})
