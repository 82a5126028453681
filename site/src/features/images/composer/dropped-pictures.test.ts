import { expect, test } from 'vitest'
import { hasPictures, itemIn, picturesIn, strangersIn } from './dropped-pictures.ts'

const files = (...types: string[]) =>
  types.map((type, index) => new File(['x'], `${index}`, { type })) as unknown as FileList

test('of what is dropped, pictures are taken and the rest is spoken of', () => {
  const bag = { files: files('image/png', 'text/plain', 'image/svg+xml') }
  expect(picturesIn(bag).map(({ type }) => type)).toEqual(['image/png', 'image/svg+xml'])
  expect(strangersIn(bag)).toBe(1)
})

test('text that is dragged over the page is none of its business', () => {
  expect(hasPictures({ types: ['text/plain'] })).toBe(false)
  expect(hasPictures({ types: ['Files'] })).toBe(true)
})

test('an own picture is dragged by its name, and nothing else is taken for one', () => {
  expect(itemIn({ getData: () => 'itm_12' })).toBe('itm_12')
  expect(itemIn({ getData: () => '../../x' })).toBeNull()
  expect(itemIn({ getData: () => '' })).toBeNull()
})
