import { rgbaToThumbHash } from 'thumbhash'
import { expect, test } from 'vitest'
import { placeholderOf } from './thumbhash.ts'

const green = rgbaToThumbHash(
  4,
  2,
  new Uint8Array(4 * 2 * 4).map((_, index) => (index % 4 === 1 || index % 4 === 3 ? 255 : 0)),
)

test('a placeholder is a small picture that needs no request', () => {
  expect(placeholderOf(btoa(String.fromCharCode(...green)))).toMatch(/^data:image\/png;base64,/)
})

test('a picture without a placeholder, or with a broken one, has none', () => {
  expect(placeholderOf(null)).toBeNull()
  expect(placeholderOf('')).toBeNull()
  expect(placeholderOf('not base64 at all!')).toBeNull()
  expect(placeholderOf('AA==')).toBeNull()
})
