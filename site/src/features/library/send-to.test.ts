import { expect, test } from 'vitest'
import { chatWith, imagesWith, itemForImages, itemsForChat, libraryWith } from './send-to.ts'

const searchOf = (address: string) => address.slice(address.indexOf('?'))

test('what is sent to the images page arrives there', () => {
  expect(itemForImages(searchOf(imagesWith('ar', 'itm_1', 'edit')))).toEqual({ way: 'edit', itemId: 'itm_1' })
  expect(itemForImages('')).toBeNull()
})

test('several pictures are sent to the chat in their order', () => {
  expect(chatWith('en', ['itm_1', 'itm_2'])).toBe('/en/chat?attach=itm_1,itm_2')
  expect(itemsForChat('?attach=itm_1,itm_2')).toEqual(['itm_1', 'itm_2'])
})

test('what is no id is not taken for one', () => {
  expect(itemForImages('?edit=../../x')).toBeNull()
  expect(itemsForChat('?attach=,<b>,itm_1')).toEqual(['itm_1'])
  expect(itemsForChat('')).toEqual([])
})

test('a picture has an address of its own in the library', () => {
  expect(libraryWith('en', 'itm_1')).toBe('/en/library?item=itm_1')
})
