import { expect, test } from 'vitest'
import { inLocale, localePaths, localized } from './paths.ts'

test('there is a page for every language file', () => {
  expect(localePaths()).toEqual(expect.arrayContaining([{ params: { locale: 'en' } }, { params: { locale: 'ar' } }]))
})

test('changing the language keeps the page', () => {
  expect(inLocale('/en/docs/api', 'ar')).toBe('/ar/docs/api')
  expect(inLocale('/en/', 'ar')).toBe('/ar/')
  expect(inLocale('/somewhere', 'ar')).toBe('/ar/')
})

test('a path is prefixed with its language', () => {
  expect(localized('ar', '/chat')).toBe('/ar/chat')
  expect(localized('en', 'chat')).toBe('/en/chat')
})
