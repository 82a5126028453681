import { expect, test } from 'vitest'
import { nearestSize, orientationOf, readSize, shapeName, shownSize } from './aspect.ts'

const size = (text: string) => readSize(text)!

test('a size is read from the wire, and the model’s own choice is none', () => {
  expect(readSize('1024x1536')).toEqual({ width: 1024, height: 1536 })
  for (const text of ['auto', '', '10', '9x9', '1024X1024', null]) expect(readSize(text)).toBeNull()
  expect(shownSize(size('1024x1536'))).toBe('1024×1536')
})

test('shapes go by the names that people know, though their sides are multiples of something', () => {
  expect(shapeName(size('1024x1024'))).toBe('1:1')
  expect(shapeName(size('1536x1024'))).toBe('3:2')
  expect(shapeName(size('1024x1536'))).toBe('2:3')
  expect(shapeName(size('1344x768'))).toBe('16:9')
  expect(shapeName(size('768x1344'))).toBe('9:16')
  expect(shapeName(size('2000x500'))).toBe('4:1')
})

test('which way a picture lies', () => {
  expect([size('64x64'), size('65x64'), size('64x65')].map(orientationOf)).toEqual(['square', 'landscape', 'portrait'])
})

test('another model’s nearest size keeps the shape before the pixels', () => {
  const sizes = [size('512x512'), size('1536x1024'), size('1024x1536')]
  expect(nearestSize(sizes, size('832x1216'))).toEqual(size('1024x1536'))
  expect(nearestSize(sizes, size('2048x2048'))).toEqual(size('512x512'))
  expect(nearestSize([], size('512x512'))).toBeNull()
})
