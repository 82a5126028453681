import { expect, test } from 'vitest'
import { chooseLocale } from './choose-locale.ts'

test.each([
  ['', '', 'en'],
  ['ar', '', 'ar'],
  ['AR-eg', '', 'ar'],
  ['de, ar;q=0.4, en;q=0.3', '', 'ar'],
  ['ar', 'x=1; riwaq-locale=en; y=2', 'en'],
  ['ar', 'not-riwaq-locale=en', 'ar'],
])('a browser that prefers %j with the cookie %j reads %s', (language, cookie, expected) => {
  expect(chooseLocale(new Headers({ 'accept-language': language, cookie }))).toBe(expected)
})
